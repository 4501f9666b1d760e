package io.mcpserver.importer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of files that can be imported, told by the end of the name; any of them may be gzipped. */
enum FileKind {
    MARKDOWN(new MarkdownReader(), true, "md", "markdown"),
    TEXT(new PlainTextReader(), true, "txt", "text", "rst", "adoc"),
    HTML(new HtmlReader(), true, "html", "htm", "xhtml"),
    JSON(new JsonReader(), false, "json"),
    JSON_LINES(new JsonLinesReader(), false, "jsonl", "ndjson"),
    CSV(new CsvReader(), false, "csv");

    private static final String GZIPPED = ".gz";

    private final PartReader reader;
    private final boolean prose;
    private final List<String> endings;

    FileKind(PartReader reader, boolean prose, String... endings) {
        this.reader = reader;
        this.prose = prose;
        this.endings = List.of(endings);
    }

    static Optional<FileKind> of(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String plain = name.endsWith(GZIPPED) ? name.substring(0, name.length() - GZIPPED.length()) : name;
        String ending = plain.substring(plain.lastIndexOf('.') + 1);
        return Arrays.stream(values())
                .filter(kind -> kind.endings.contains(ending) && plain.length() > ending.length())
                .findFirst();
    }

    static boolean gzipped(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(GZIPPED);
    }

    PartReader reader() {
        return reader;
    }

    /** Whether its documents are {@code {title, text, source}}, rather than whatever the file holds. */
    boolean prose() {
        return prose;
    }
}
