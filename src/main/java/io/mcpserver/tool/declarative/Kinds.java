package io.mcpserver.tool.declarative;

import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The kinds of tools of this build, by name. */
final class Kinds {

    private static final Map<String, ToolKind> ALL = load();

    private Kinds() {}

    static Map<String, ToolKind> all() {
        return ALL;
    }

    private static Map<String, ToolKind> load() {
        Map<String, ToolKind> kinds = new TreeMap<>();
        for (ToolKind kind : ServiceLoader.load(ToolKind.class, ToolKind.class.getClassLoader())) {
            kinds.put(kind.name(), kind);
        }
        return Collections.unmodifiableMap(kinds);
    }
}
