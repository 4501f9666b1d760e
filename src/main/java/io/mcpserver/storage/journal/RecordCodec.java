package io.mcpserver.storage.journal;

import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentJson;
import io.mcpserver.storage.FieldPath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The bytes of a record. A change of them is a new {@link SegmentHeader#FORMAT}. */
final class RecordCodec {

    private static final int SAVE = 1;
    private static final int DELETE = 2;
    private static final int CONFIGURE = 3;

    private RecordCodec() {}

    static byte[] encode(List<JournalEntry> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(entries.size());
            for (JournalEntry entry : entries) {
                write(out, entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static List<JournalEntry> decode(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int count = in.readInt();
            List<JournalEntry> entries = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                entries.add(read(in));
            }
            return List.copyOf(entries);
        }
    }

    private static void write(DataOutputStream out, JournalEntry entry) throws IOException {
        switch (entry) {
            case JournalEntry.Save save -> {
                out.writeByte(SAVE);
                out.writeLong(save.sequence());
                write(out, save.collection());
                Document document = save.document();
                write(out, document.id());
                out.writeLong(document.version());
                out.writeLong(FieldPath.micros(document.created()));
                out.writeLong(FieldPath.micros(document.updated()));
                write(out, save.content());
                writeVectors(out, save.vectors());
            }
            case JournalEntry.Delete delete -> {
                out.writeByte(DELETE);
                out.writeLong(delete.sequence());
                write(out, delete.collection());
                write(out, delete.id());
                out.writeLong(delete.version());
                out.writeLong(FieldPath.micros(delete.created()));
                out.writeLong(FieldPath.micros(delete.updated()));
            }
            case JournalEntry.Configure configure -> {
                out.writeByte(CONFIGURE);
                write(out, configure.collection());
                writeSettings(out, configure.settings());
            }
        }
    }

    private static JournalEntry read(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case SAVE -> readSave(in);
            case DELETE ->
                new JournalEntry.Delete(
                        in.readLong(),
                        readText(in),
                        readText(in),
                        in.readLong(),
                        FieldPath.time(in.readLong()),
                        FieldPath.time(in.readLong()));
            case CONFIGURE -> new JournalEntry.Configure(readText(in), readSettings(in));
            default -> throw new IOException("an entry of the unknown kind " + kind);
        };
    }

    private static JournalEntry.Save readSave(DataInputStream in) throws IOException {
        long sequence = in.readLong();
        String collection = readText(in);
        String id = readText(in);
        long version = in.readLong();
        long created = in.readLong();
        long updated = in.readLong();
        String content = readText(in);
        Document document =
                new Document(id, DocumentJson.read(content), version, FieldPath.time(created), FieldPath.time(updated));
        return new JournalEntry.Save(sequence, collection, document, content, readVectors(in));
    }

    private static void writeVectors(DataOutputStream out, List<float[]> vectors) throws IOException {
        out.writeInt(vectors.size());
        for (float[] vector : vectors) {
            out.writeInt(vector.length);
            ByteBuffer floats = ByteBuffer.allocate(vector.length * Float.BYTES);
            floats.asFloatBuffer().put(vector);
            out.write(floats.array());
        }
    }

    private static List<float[]> readVectors(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] vector = new float[in.readInt()];
            ByteBuffer.wrap(in.readNBytes(vector.length * Float.BYTES))
                    .asFloatBuffer()
                    .get(vector);
            vectors.add(vector);
        }
        return List.copyOf(vectors);
    }

    private static void writeSettings(DataOutputStream out, CollectionSettings settings) throws IOException {
        out.writeBoolean(settings.model().isPresent());
        if (settings.model().isPresent()) {
            write(out, settings.model().get().name());
            out.writeInt(settings.model().get().dimension());
        }
        out.writeInt(settings.textFields().size());
        for (String field : settings.textFields()) {
            write(out, field);
        }
    }

    private static CollectionSettings readSettings(DataInputStream in) throws IOException {
        Optional<CollectionSettings.Model> model = in.readBoolean()
                ? Optional.of(new CollectionSettings.Model(readText(in), in.readInt()))
                : Optional.empty();
        int count = in.readInt();
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fields.add(readText(in));
        }
        return new CollectionSettings(model, List.copyOf(fields));
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
