package io.mcpserver.mcp.share;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a process says that wants to pass on what its client says, and what the owner answers. Both lines are JSON; what
 * follows them on the connection are messages of MCP, one a line, and the lines of {@link PassedLine}.
 *
 * @param secret as the owner's card says it
 * @param version of the program that asks
 * @param pid of the process that asks
 * @param settings its {@link SharedSettings}
 */
record Greeting(String secret, String version, long pid, Map<String, String> settings) {

    /** Bytes of a greeting, and of the answer. */
    static final int LONGEST = 16 * 1024;

    private static final String FORM = "1";
    private static final String SETTING = "setting.";

    /** Why an owner does not let a process in. */
    enum Refusal {
        /** The secret is not that of this owner; its card says another one by now. */
        SECRET,
        VERSION,
        SETTINGS,
        FULL
    }

    /** What the owner answers. */
    sealed interface Answer {

        /**
         * Come in.
         *
         * @param longestLine bytes that a message may have
         * @param differing keys in which the configurations differ
         * @param offer changes when this owner may offer other tools than another one
         */
        record Welcome(long pid, long longestLine, List<String> differing, String offer) implements Answer {}

        /** Stay out, and why. */
        record Refused(Refusal refusal, String sentence) implements Answer {}
    }

    byte[] toLine() {
        Map<String, String> texts =
                new HashMap<>(Map.of("hello", FORM, "secret", secret, "version", version, "pid", Long.toString(pid)));
        settings.forEach((key, value) -> texts.put(SETTING + key, value));
        return FlatJson.write(texts);
    }

    static Greeting read(byte[] line) throws IOException {
        Map<String, String> texts = FlatJson.read(line);
        Map<String, String> settings = new HashMap<>();
        texts.forEach((key, value) -> {
            if (key.startsWith(SETTING)) {
                settings.put(key.substring(SETTING.length()), value);
            }
        });
        if (!texts.containsKey("hello")) {
            throw new IOException("no greeting");
        }
        return new Greeting(
                texts.getOrDefault("secret", ""),
                texts.getOrDefault("version", ""),
                number(texts.getOrDefault("pid", "")),
                settings);
    }

    /** The refusal that this greeting deserves, if any; of all that is wrong, the secret is told first, and alone. */
    Optional<Answer.Refused> refusal(OwnerCard owner, Map<String, String> ownerSettings) {
        if (!knows(owner.secret())) {
            return Optional.of(new Answer.Refused(Refusal.SECRET, "The secret is not the one of this owner."));
        }
        if (!version.equals(owner.version())) {
            return Optional.of(new Answer.Refused(
                    Refusal.VERSION,
                    "it runs version %s and this is version %s: end it, that is the client that started it, and start both anew with one version"
                            .formatted(owner.version(), version)));
        }
        List<String> binding = differing(ownerSettings);
        if (!binding.isEmpty()) {
            return Optional.of(new Answer.Refused(
                    Refusal.SETTINGS,
                    "its configuration has other values of %s: give both the same, or give this one another storage.path"
                            .formatted(String.join(", ", binding))));
        }
        return Optional.empty();
    }

    /** The keys in which both must agree and do not. */
    List<String> differing(Map<String, String> ownerSettings) {
        return SharedSettings.binding(SharedSettings.differing(settings, ownerSettings));
    }

    /** In a time that does not depend on where they differ. */
    private boolean knows(String known) {
        return MessageDigest.isEqual(known.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] toLine(Answer answer) {
        return FlatJson.write(
                switch (answer) {
                    case Answer.Welcome welcome ->
                        Map.of(
                                "welcome", FORM,
                                "pid", Long.toString(welcome.pid()),
                                "longest_line", Long.toString(welcome.longestLine()),
                                "differing", String.join(",", welcome.differing()),
                                "offer", welcome.offer());
                    case Answer.Refused refused ->
                        Map.of("refused", refused.refusal().name(), "sentence", refused.sentence());
                });
    }

    static Answer readAnswer(byte[] line) throws IOException {
        Map<String, String> texts = FlatJson.read(line);
        if (texts.containsKey("refused")) {
            try {
                return new Answer.Refused(Refusal.valueOf(texts.get("refused")), texts.getOrDefault("sentence", ""));
            } catch (IllegalArgumentException e) {
                throw new IOException("refused for a reason that is not known here", e);
            }
        }
        if (!texts.containsKey("welcome")) {
            throw new IOException("neither a welcome nor a refusal");
        }
        String differing = texts.getOrDefault("differing", "");
        return new Answer.Welcome(
                number(texts.getOrDefault("pid", "")),
                number(texts.getOrDefault("longest_line", "")),
                differing.isEmpty() ? List.of() : List.of(differing.split(",")),
                texts.getOrDefault("offer", ""));
    }

    private static long number(String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException("no number where one is expected", e);
        }
    }

    /** Without the secret, so that no log can hold it. */
    @Override
    public String toString() {
        return "Greeting[version=" + version + ", pid=" + pid + "]";
    }
}
