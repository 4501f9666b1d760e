package io.mcpserver.tool.declarative.http;

import io.mcpserver.tool.file.SecretReference;

/** Reads the secrets that a request holds. */
@FunctionalInterface
interface RequestSecrets {

    /** @throws io.mcpserver.error.CodedException {@code UNSUPPORTED} where it is missing; names the reference only */
    String read(SecretReference reference);
}
