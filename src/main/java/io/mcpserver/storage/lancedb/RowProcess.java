package io.mcpserver.storage.lancedb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.lancedb.dataset.Lance;
import io.mcpserver.storage.lancedb.dataset.LanceMemory;
import io.mcpserver.storage.lancedb.dataset.Versions;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.file.LanceFileReader;
import org.lance.fragment.DataFile;
import org.lance.index.Index;
import org.lance.util.Range;

/**
 * A process of its own that reads the files of a dataset, for one that looks through damaged files: where Lance's native
 * code meets what it does not expect, it ends the process. Takes a question a line and answers in lines of JSON; the last
 * line of an answer has {@code end} or {@code error}.
 */
final class RowProcess {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int BATCH_ROWS = 256;
    private static final int KEYS_A_LOOK = 500;
    private static final long CACHE = 96L << 20;

    private final Path path;
    private final OutputStream out;

    private RowProcess(Path path, OutputStream out) {
        this.path = path;
        this.out = out;
    }

    /** @param arguments the folder of the dataset */
    public static void main(String... arguments) throws IOException {
        // Not the streams of a command: the other end of both is the process that started this one.
        try (OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8))) {
            new RowProcess(Path.of(arguments[0]), out).run(in);
        }
    }

    private void run(BufferedReader in) throws IOException {
        try {
            Lance.load(LanceMemory.of(CACHE));
        } catch (StoreException e) {
            answer(object().put("error", e.getMessage()).put("refused", e.code().name()));
            return;
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode question = MAPPER.readTree(line);
            ObjectNode last = object();
            try {
                switch (question.path("ask").asText()) {
                    case "version" -> version(question.path("version").asLong());
                    case "keys" -> keys(question.path("version").asLong());
                    case "index" -> index(question.path("version").asLong());
                    case "size" -> size(question.path("file").asText());
                    default -> rows(question);
                }
                last.put("end", true);
            } catch (Exception e) {
                String said = String.valueOf(e.getMessage());
                last.put("error", said.lines().findFirst().orElse("").strip());
            }
            answer(last);
            out.flush();
        }
    }

    /** The form of a version, the files of its rows in the order of their age, and the folders of its indexes. */
    private void version(long version) throws IOException {
        try (Dataset dataset = new Versions(path).read(version)) {
            answer(object().put("form", Table.format(dataset)));
            for (Fragment fragment : dataset.getFragments()) {
                for (DataFile file : fragment.metadata().getFiles()) {
                    answer(object().put("file", file.getPath())
                            .put("rows", fragment.metadata().getPhysicalRows()));
                }
            }
            for (Index index : dataset.getIndexes()) {
                answer(object().put("index", index.uuid().toString()));
            }
        }
    }

    /** The keys that a version shows, each with its sequence. */
    private void keys(long version) throws IOException {
        try (Dataset dataset = new Versions(path).read(version)) {
            scan(dataset, (batch, i) -> answer(object().put("key", batch.key(i)).put("sequence", batch.sequence(i))));
        }
    }

    private interface Each {
        void row(RowBatch batch, int at) throws IOException;
    }

    private static void scan(Dataset dataset, Each each) {
        RowReader.scan(
                view(dataset),
                List.of(Columns.KEY, Columns.SEQUENCE),
                Optional.empty(),
                RowReader.SMALL_COLUMNS,
                batch -> {
                    for (int i = 0; i < batch.size(); i++) {
                        try {
                            each.row(batch, i);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }
                    return true;
                });
    }

    private static View view(Dataset dataset) {
        return View.of(new Snapshot(dataset));
    }

    /** How many keys are not found where they are. */
    private void index(long version) throws IOException {
        try (Dataset dataset = new Versions(path).read(version)) {
            Map<String, Long> places = new HashMap<>();
            scan(dataset, (batch, i) -> places.put(batch.key(i), batch.rowId(i)));
            List<String> keys = List.copyOf(places.keySet());
            long wrong = 0;
            for (int from = 0; from < keys.size(); from += KEYS_A_LOOK) {
                List<String> some = keys.subList(from, Math.min(keys.size(), from + KEYS_A_LOOK));
                Map<String, RowReader.Place> found = RowReader.places(view(dataset), some, List.of(Columns.KEY));
                wrong += some.stream()
                        .filter(key -> !found.containsKey(key) || found.get(key).rowId() != places.get(key))
                        .count();
                // So that one hears that this comes to an end.
                answer(object().put("looked", from));
                out.flush();
            }
            answer(object().put("wrong", wrong));
        }
    }

    /** How many rows a file has. */
    private void size(String name) throws Exception {
        try (LanceFileReader reader = open(name)) {
            answer(object().put("rows", reader.numRows()));
        }
    }

    private LanceFileReader open(String file) throws IOException {
        return LanceFileReader.open(
                path.resolve("data").resolve(file).toString(), Lance.shared().allocator());
    }

    /** The rows of a file in a range; all of its columns are read, also where contents are not asked for. */
    private void rows(JsonNode question) throws Exception {
        boolean contents = question.path("contents").asBoolean();
        List<String> columns = new ArrayList<>(question.path("heads").asBoolean() ? Columns.HEAD : Columns.ALL);
        columns.add(Columns.COLLECTION);
        try (LanceFileReader reader = open(question.path("file").asText())) {
            int end = Math.min((int) reader.numRows(), question.path("to").asInt());
            int at = question.path("from").asInt();
            if (at >= end) {
                return;
            }
            try (ArrowReader arrow = reader.readAll(columns, List.of(Range.of(at, end)), BATCH_ROWS)) {
                while (arrow.loadNextBatch()) {
                    RowBatch batch = new RowBatch(arrow.getVectorSchemaRoot());
                    for (int i = 0; i < batch.size(); i++) {
                        answer(row(batch, i, contents).put("row", at++));
                    }
                }
            }
        }
    }

    private static ObjectNode row(RowBatch batch, int at, boolean contents) {
        Row row = batch.row(at);
        ObjectNode json = object().put("key", row.key())
                .put("collection", batch.collection(at))
                .put("version", row.version())
                .put("sequence", row.sequence())
                .put("created", row.created())
                .put("updated", row.updated())
                .put("live", row.live())
                .put("bytes", row.bytes());
        if (contents || Keys.isSettings(row.key())) {
            json.put("content", row.content());
        }
        return json;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private void answer(ObjectNode line) throws IOException {
        out.write(MAPPER.writeValueAsBytes(line));
        out.write('\n');
    }
}
