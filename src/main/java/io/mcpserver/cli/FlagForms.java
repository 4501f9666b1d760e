package io.mcpserver.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Commands that may also be written as a flag: {@code mcp-server --memory-profile --port 8000}. */
final class FlagForms {

    private static final Map<String, String> COMMANDS = Map.of(
            "--memory-profile", "memory",
            "--profile", "profile",
            "--backup", "backup",
            "--restore", "restore",
            "--migrate", "migrate",
            "--repair-database", "repair-database");

    private FlagForms() {}

    /** The same command line with the command in front; unchanged where no such flag stands before any command. */
    static String[] toCommand(String... args) {
        for (int i = 0; i < args.length; i++) {
            String command = COMMANDS.get(args[i]);
            if (command != null && args[0].startsWith("-")) {
                List<String> words = new ArrayList<>(Arrays.asList(args));
                words.remove(i);
                words.addFirst(command);
                return words.toArray(String[]::new);
            }
        }
        return args;
    }
}
