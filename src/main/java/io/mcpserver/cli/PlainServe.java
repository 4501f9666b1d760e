package io.mcpserver.cli;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the command lines that start the server, when nothing about them is unusual, without picocli.
 *
 * <p>Clients start the program for each of their sessions and wait for it; picocli takes a
 * noticeable part of that time, because its class files are too old for the start-up cache. Whatever is not plainly right
 * here (help, another command, a wrong word) is left to picocli, which then says what is wrong.
 */
final class PlainServe {

    private PlainServe() {}

    /** The options, if this is {@code [serve] [--option VALUE | --option=VALUE]...}, each at most once. */
    static Optional<ServeOptions> read(String... args) {
        ServeOptions options = new ServeOptions();
        Set<String> seen = new HashSet<>();
        int next = args.length > 0 && args[0].equals("serve") ? 1 : 0;
        while (next < args.length) {
            String word = args[next++];
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (!seen.add(name)) {
                return Optional.empty();
            }
            boolean understood;
            if (name.equals("--debug") || name.equals("--prod")) {
                understood = equals < 0 && turnOn(options, name);
            } else if (equals >= 0) {
                understood = set(options, name, word.substring(equals + 1));
            } else {
                understood = next < args.length && set(options, name, args[next++]);
            }
            if (!understood) {
                return Optional.empty();
            }
        }
        return Optional.of(options);
    }

    private static boolean turnOn(ServeOptions options, String name) {
        options.debug |= name.equals("--debug");
        options.prod |= name.equals("--prod");
        return true;
    }

    private static boolean set(ServeOptions options, String name, String value) {
        if (value.isEmpty() || value.startsWith("-") || value.startsWith("\"")) {
            return false;
        }
        switch (name) {
            case "--transport" -> options.transport = value;
            case "--host" -> options.host = value;
            case "--port" -> options.port = value;
            case "--config" -> options.config = value;
            case "--data" -> options.data = value;
            case "--log-level" -> options.logLevel = value;
            default -> {
                return false;
            }
        }
        return true;
    }
}
