package io.mcpserver.tool.declarative;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A text file in the folder of a tool file or below it, wherever links lead; read anew each time. */
record NearbyFile(Path folder, Path file) {

    static final int MAX_BYTES = 1_000_000;

    /** Why it cannot be read, in words that follow its name. */
    Optional<String> fault() {
        if (file.isAbsolute() && !file.startsWith(folder) || !file.normalize().startsWith(folder.normalize())) {
            return Optional.of("leads out of the folder of this file; put it beside this file");
        }
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.of("is no file in the folder of this one");
            }
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                return Optional.of("is a link that leads out of the folder of this file");
            }
            return Files.size(file) > MAX_BYTES
                    ? Optional.of("is larger than %,d bytes".formatted(MAX_BYTES))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot be read by this user");
        }
    }

    /** @throws CodedException {@code UNSUPPORTED} where it cannot be read any more */
    String text() {
        Optional<String> fault = fault();
        if (fault.isPresent()) {
            throw unreadable(fault.get());
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unreadable("is not UTF-8 text");
        } catch (IOException e) {
            throw unreadable("cannot be read by this user");
        }
    }

    private CodedException unreadable(String why) {
        return new CodedException(
                ErrorCode.UNSUPPORTED, "The file %s %s; tell the operator.".formatted(file.getFileName(), why));
    }
}
