package io.mcpserver.storage;

import java.nio.file.Path;

/** How a store under test is opened, also in another process: implementations have a constructor without arguments. */
@FunctionalInterface
public interface StoreOpener {

    DocumentStore open(Path directory);
}
