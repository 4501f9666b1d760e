package io.mcpserver.data.transfer;

import io.mcpserver.data.DataLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What an export wrote.
 *
 * @param settings lines that are settings of collections
 * @param bytes before any compression
 * @param stopped whether it was stopped before its end
 */
public record Export(long documents, long settings, long bytes, boolean stopped) {

    /** Writes collections as they are now, one line a document; all of them where none is named. */
    public static Export run(
            DataLine line, Collection<String> collections, OutputStream out, Steps steps, BooleanSupplier stopped)
            throws IOException {
        try (StoreReading reading = StoreReading.begin(line, collections, false)) {
            long lines = 0;
            long bytes = 0;
            Optional<String> page = reading.next();
            while (page.isPresent() && !stopped.getAsBoolean()) {
                byte[] text = page.get().getBytes(StandardCharsets.UTF_8);
                out.write(text);
                bytes += text.length;
                lines += page.get().chars().filter(letter -> letter == '\n').count();
                steps.at(Math.max(0, lines - reading.settings()), reading.documents());
                page = reading.next();
            }
            return new Export(lines - reading.settings(), reading.settings(), bytes, page.isPresent());
        }
    }
}
