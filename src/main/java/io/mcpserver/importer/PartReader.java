package io.mcpserver.importer;

import java.util.List;

/** Reads one kind of file. Threads: safe for any number of callers. */
interface PartReader {

    /**
     * The file's documents in their order; the same text gives the same documents.
     *
     * @param path the file's path as it is recorded in documents
     * @throws BadFileException if any part of the file cannot be read; nothing of it is imported then
     */
    List<Part> read(String path, String text) throws BadFileException;
}
