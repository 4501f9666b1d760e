package io.mcpserver.tool.discovery;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * A file of tools in one of the folders, as it looks from outside.
 *
 * @param path absolute
 * @param shown what problems call it
 * @param stamp changes whenever another file takes its place, and mostly when it is edited
 * @param fault why it is not even read
 */
record FoundFile(Path path, String shown, Stamp stamp, Optional<String> fault) {

    /** What is seen of a file without reading it. */
    record Stamp(long bytes, FileTime modified, Object identity) {

        static Stamp of(BasicFileAttributes attributes) {
            return new Stamp(
                    attributes.size(),
                    attributes.lastModifiedTime(),
                    Optional.ofNullable(attributes.fileKey()).orElse(""));
        }
    }
}
