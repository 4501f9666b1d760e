package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.Problem;
import io.mcpserver.tool.Offer;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.file.FileTest;
import io.mcpserver.tool.file.LoadedFile;
import io.mcpserver.tool.file.NoSurroundings;
import io.mcpserver.tool.file.Surroundings;
import io.mcpserver.tool.file.ToolFileFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tool files in YAML, {@code *.yaml} and {@code *.yml}; the form is that of {@code tool.schema.json}. */
public final class YamlToolFiles implements ToolFileFormat {

    private static final Comparator<Problem> BY_PLACE =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

    @Override
    public boolean takes(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    @Override
    public LoadedFile load(Path file, String shown, Surroundings surroundings) {
        List<Problem> problems = new ArrayList<>();
        return loaded(FileTree.read(file, shown, problems), problems, surroundings);
    }

    /** Reads a text as {@link #load} does a file. */
    public static LoadedFile parse(String text, String shown, Surroundings surroundings) {
        List<Problem> problems = new ArrayList<>();
        return loaded(FileTree.parse(text, shown, problems), problems, surroundings);
    }

    private static LoadedFile loaded(Optional<FileTree> tree, List<Problem> problems, Surroundings surroundings) {
        if (tree.isEmpty()) {
            return LoadedFile.broken(problems);
        }
        FileFaults faults = new FileFaults(tree.get(), problems);
        JsonNode root = tree.get().root();
        ToolFileSchema.check(root, faults);
        if (faults.errors() > 0 || !problems.isEmpty()) {
            kinds(root, faults);
            problems.sort(BY_PLACE);
            return LoadedFile.broken(problems);
        }
        List<ToolSpec> tools = tools(root, faults, new ToolReader(faults, surroundings));
        Offer offer = new Offer(
                tools, PromptReader.read(root, faults, surroundings), ResourceReader.read(root, faults, surroundings));
        List<FileTest> tests = new TestReader(faults, surroundings, other -> again(root, other)).read(root);
        problems.sort(BY_PLACE);
        return faults.errors() > 0 ? LoadedFile.broken(problems) : LoadedFile.of(offer, problems, tests);
    }

    /**
     * The tools of a text that comes with the program, and that its tests have found without faults: takes a fraction of
     * the time of {@link #parse}, since neither its form nor its schemas are checked, and its tests are not read.
     *
     * @param kinds of its tools
     * @throws IllegalStateException if it is not even YAML
     */
    public static List<ToolSpec> builtIn(String text, String shown, ToolKind... kinds) {
        List<Problem> problems = new ArrayList<>();
        FileTree tree = FileTree.parse(text, shown, problems)
                .orElseThrow(() -> new IllegalStateException(shown + " cannot be read: " + problems));
        Map<String, ToolKind> byName = new HashMap<>();
        for (ToolKind kind : kinds) {
            byName.put(kind.name(), kind);
        }
        FileFaults none = FileFaults.ofKnownGood(tree.root());
        return tools(tree.root(), none, new ToolReader(none, new NoSurroundings(), byName)).stream()
                .map(ToolSpec::asBuiltIn)
                .toList();
    }

    /** The tools of a file without faults, for other surroundings. */
    private static List<ToolSpec> again(JsonNode root, Surroundings other) {
        FileFaults none = FileFaults.ofKnownGood(root);
        return tools(root, none, new ToolReader(none, other)).stream()
                .map(ToolSpec::asDiscovered)
                .toList();
    }

    private static List<ToolSpec> tools(JsonNode root, FileFaults faults, ToolReader reader) {
        List<ToolSpec> tools = new ArrayList<>();
        unique(root.path("tools"), "/tools", "name", faults);
        for (int i = 0; i < root.path("tools").size(); i++) {
            reader.read((ObjectNode) root.path("tools").get(i), "/tools/" + i).ifPresent(tools::add);
        }
        return tools;
    }

    /** Says also of a file whose form is wrong which tools have no kind or two, so that all is told at once. */
    private static void kinds(JsonNode root, FileFaults faults) {
        for (int i = 0; i < root.path("tools").size(); i++) {
            if (root.path("tools").get(i) instanceof ObjectNode definition) {
                ToolReader.kind(definition, "/tools/" + i, faults, Kinds.all());
            }
        }
    }

    /** Tells of those that have the same name. */
    static void unique(JsonNode list, String pointer, String key, FileFaults faults) {
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            String name = list.get(i).path(key).asText();
            Integer first = seen.putIfAbsent(name, i);
            if (first != null) {
                String at = pointer + "/" + i + "/" + key;
                faults.error(
                        at,
                        "\"" + Shown.plain(name) + "\" stands already in line "
                                + faults.line(pointer + "/" + first + "/" + key));
            }
        }
    }
}
