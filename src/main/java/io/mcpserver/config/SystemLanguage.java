package io.mcpserver.config;

import java.util.Map;
import java.util.stream.Stream;

/** The language in which the environment wants the operating system to speak; see setlocale(3) and gettext(3). */
public final class SystemLanguage {

    /** A locale, or a list of languages by preference, that begins with English, or none. */
    private static final String ENGLISH = "(en([_.@:-].*)?)?";

    private SystemLanguage() {}

    public static boolean isEnglish() {
        return isEnglish(System.getenv());
    }

    static boolean isEnglish(Map<String, String> environment) {
        String locale = Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
                .map(variable -> environment.getOrDefault(variable, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("C");
        boolean plain = locale.equals("C") || locale.equals("POSIX");
        return plain
                || locale.matches("C[.].*|" + ENGLISH)
                        && environment.getOrDefault("LANGUAGE", "").matches(ENGLISH);
    }
}
