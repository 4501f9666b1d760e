package io.mcpserver.tool.declarative;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a new tool file begins with: a tool that works, with a test. */
public final class NewToolFile {

    private static final String NAME = "NAME";

    private NewToolFile() {}

    /** The kinds for which there is something to begin with. */
    public static List<String> kinds() {
        return Kinds.all().values().stream()
                .filter(kind -> kind.getClass().getResource(resource(kind)) != null)
                .map(ToolKind::name)
                .toList();
    }

    /**
     * The text of a file.
     *
     * @param kind one of {@link #kinds}
     * @param name of the tool
     */
    public static String of(String kind, String name) {
        ToolKind known = Kinds.all().get(kind);
        try (InputStream text = known.getClass().getResourceAsStream(resource(known))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).replace(NAME, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(ToolKind kind) {
        return kind.name() + ".new.yaml";
    }
}
