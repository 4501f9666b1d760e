package io.mcpserver.importer;

/** The name of a file as the title of its text. */
final class FileName {

    private FileName() {}

    /** {@code guide} for {@code docs/guide.md.gz}. */
    static String title(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        int dot = plain.lastIndexOf('.');
        return dot > 0 ? plain.substring(0, dot) : plain;
    }
}
