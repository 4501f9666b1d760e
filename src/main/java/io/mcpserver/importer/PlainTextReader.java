package io.mcpserver.importer;

import java.util.List;
import java.util.regex.Pattern;

/** Plain text: paragraphs are divided by blank lines, and short ones stay together. */
final class PlainTextReader implements PartReader {

    private static final Pattern BLANK_LINES = Pattern.compile("\\R[ \\t\\f]*\\R");

    @Override
    public List<Part> read(String path, String text) {
        Prose prose = new Prose(path, FileName.title(path));
        BLANK_LINES.splitAsStream(text).forEach(prose::paragraph);
        return prose.parts();
    }
}
