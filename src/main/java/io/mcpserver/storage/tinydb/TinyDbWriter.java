package io.mcpserver.storage.tinydb;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mcpserver.storage.Document;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes a file of TinyDB as Python's {@code json} would, in ASCII, but with a line for each document, so that people and
 * their tools can tell documents apart.
 */
final class TinyDbWriter {

    /** A document with TinyDB's id of it. */
    record Numbered(long number, Document document) {}

    private static final ObjectWriter JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build()
            .writer(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                            .withObjectEntrySpacing(Separators.Spacing.AFTER)
                            .withArrayValueSpacing(Separators.Spacing.AFTER)
                            .withObjectEmptySeparator("")
                            .withArrayEmptySeparator(""))
                    .withObjectIndenter(DefaultPrettyPrinter.NopIndenter.instance)
                    .withArrayIndenter(DefaultPrettyPrinter.NopIndenter.instance))
            .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    private final OutputStream out;

    private TinyDbWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Writes all tables.
     *
     * @param collections by name, in the order that they are written in
     * @param others tables that are no collections
     */
    static void write(OutputStream out, Map<String, List<Numbered>> collections, Map<String, JsonNode> others)
            throws IOException {
        TinyDbWriter writer = new TinyDbWriter(out);
        String before = "{";
        for (Map.Entry<String, List<Numbered>> collection : collections.entrySet()) {
            writer.text(before);
            writer.table(TinyDbTables.table(collection.getKey()), collection.getValue());
            before = ",\n";
        }
        for (Map.Entry<String, JsonNode> other : others.entrySet()) {
            writer.text(before);
            JSON.writeValue(writer.out, other.getKey());
            writer.text(": ");
            JSON.writeValue(writer.out, other.getValue());
            before = ",\n";
        }
        writer.text(collections.isEmpty() && others.isEmpty() ? "{}\n" : "}\n");
    }

    private void table(String name, List<Numbered> rows) throws IOException {
        JSON.writeValue(out, name);
        text(": {");
        String before = "\n";
        for (Numbered row : rows) {
            text(before + "\"" + row.number() + "\": ");
            JSON.writeValue(out, TinyDbRow.write(row.document()));
            before = ",\n";
        }
        text("\n}");
    }

    private void text(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
