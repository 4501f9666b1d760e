package io.mcpserver.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a YAML file into located values, or says why it cannot be read. */
public final class YamlFile {

    /** The largest file that is read. */
    public static final int MAX_BYTES = 1_000_000;

    private static final int DEPTH_OF_CONFIGURATION = 20;

    private YamlFile() {}

    /** The value of the one document of a configuration. */
    static Optional<Located> read(Path file, Place start, List<Problem> problems) {
        return read(file, start, DEPTH_OF_CONFIGURATION, problems);
    }

    /**
     * The value of the file's one document, empty if there is none.
     *
     * @param maxDepth of lists and mappings in each other
     * @param problems receives why the file cannot be read
     */
    public static Optional<Located> read(Path file, Place start, int maxDepth, List<Problem> problems) {
        byte[] bytes;
        if (Files.isDirectory(file)) {
            problems.add(start.error("", "is a folder; name the file in it"));
            return Optional.empty();
        }
        if (!Files.exists(file)) {
            problems.add(start.error("", "does not exist"));
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (AccessDeniedException e) {
            problems.add(start.error("", "may not be read by this user"));
            return Optional.empty();
        } catch (IOException e) {
            problems.add(start.error("", "cannot be read: " + e.getMessage()));
            return Optional.empty();
        }
        if (bytes.length > MAX_BYTES) {
            problems.add(start.error("", "is larger than " + ByteSize.format(MAX_BYTES)));
            return Optional.empty();
        }
        return decode(bytes, start, problems).flatMap(text -> parse(text, start, maxDepth, problems));
    }

    /** The value of the one document in a text, as {@link #read}. */
    public static Optional<Located> parse(String text, Place start, int maxDepth, List<Problem> problems) {
        return new YamlText(start, maxDepth, problems).parse(text);
    }

    private static Optional<String> decode(byte[] bytes, Place start, List<Problem> problems) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CharBuffer output = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(input, output, true);
        String text = output.flip().toString();
        if (result.isError()) {
            int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
            int column = text.length() - text.lastIndexOf('\n');
            problems.add(start.at(line, column).error("", "is not UTF-8 text"));
            return Optional.empty();
        }
        return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }
}
