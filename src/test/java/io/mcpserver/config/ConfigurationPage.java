package io.mcpserver.config;

import java.util.stream.Collectors;

/** Writes {@code docs/configuration.md} from the schema. */
final class ConfigurationPage {

    private final ConfigSchema schema;

    ConfigurationPage(ConfigSchema schema) {
        this.schema = schema;
    }

    String markdown(String introduction) {
        StringBuilder page = new StringBuilder(introduction);
        schema.sections().values().forEach(section -> section(section, page));
        return page.toString();
    }

    private static void section(KeySchema section, StringBuilder page) {
        page.append("\n### ")
                .append(section.path())
                .append("\n\n")
                .append(section.description())
                .append("\n\n");
        if (section.entries().isPresent()) {
            entries(section.entries().get(), section.live(), page);
            return;
        }
        page.append("| key | value | default | environment |\n|---|---|---|---|\n");
        section.fields().values().forEach(key -> page.append("| `")
                .append(key.name())
                .append("` | ")
                .append(key.description())
                .append("<br>")
                .append(values(key))
                .append(key.live() ? " **Live.**" : "")
                .append(" | ")
                .append(defaultValue(key))
                .append(" | ")
                .append(variables(key))
                .append(" |\n"));
    }

    private static void entries(KeySchema entry, boolean live, StringBuilder page) {
        page.append(live ? "**Live.**\n\n" : "");
        page.append("| key under a name of your own | value |\n|---|---|\n");
        entry.fields().values().forEach(key -> page.append("| `")
                .append(key.name())
                .append(entry.required().contains(key.name()) ? "`, required | " : "` | ")
                .append(key.description())
                .append("<br>")
                .append(values(key))
                .append(" |\n"));
    }

    private static String variables(KeySchema key) {
        return Environment.SHORT_FORMS.entrySet().stream()
                .filter(form -> form.getValue().equals(key.path()))
                .map(form -> "`" + form.getKey() + "`, ")
                .collect(Collectors.joining("", "", "`" + key.environmentVariable() + "`"));
    }

    private static String defaultValue(KeySchema key) {
        return key.defaultValue()
                .map(value -> "`" + value + "`")
                .orElse(key.defaultWords())
                .replace("`[]`", "none");
    }

    private static String values(KeySchema key) {
        return switch (key.kind()) {
            case BOOLEAN -> "`true` or `false`.";
            case INTEGER ->
                "%,d to %,d%s."
                        .formatted(
                                key.minimum(),
                                key.maximum(),
                                key.unit().map(unit -> " " + unit).orElse(""));
            case NUMBER -> "A number, %d to %d.".formatted(key.minimum(), key.maximum());
            case SIZE -> "A size, " + ByteSize.format(key.minimum()) + " to " + ByteSize.format(key.maximum()) + ".";
            case LIST ->
                key.items().orElseThrow().kind() == KeySchema.Kind.MAPPING
                        ? "A list of mappings with "
                                + key.items().get().fields().values().stream()
                                        .map(field ->
                                                "`" + field.name() + "` (" + sentencePart(field.description()) + ")")
                                        .collect(Collectors.joining(" and "))
                                + "."
                        : "A list, at most %,d.".formatted(key.maximumLength());
            case TEXT -> text(key);
            case MAPPING -> throw new IllegalStateException(key.path());
        };
    }

    private static String text(KeySchema key) {
        if (key.choices().isEmpty()) {
            String length = key.minimumLength() > 1
                    ? "%,d to %,d characters".formatted(key.minimumLength(), key.maximumLength())
                    : "at most %,d characters".formatted(key.maximumLength());
            return key.isPath() ? "A path." : "A text, " + length + ".";
        }
        return key.choices().stream().map(choice -> "`" + choice + "`").collect(Collectors.joining(", ", "", "."));
    }

    private static String sentencePart(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1, sentence.length() - 1);
    }
}
