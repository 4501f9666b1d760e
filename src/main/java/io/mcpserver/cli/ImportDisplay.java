package io.mcpserver.cli;

import io.mcpserver.importer.ImportProgress;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how an import goes on: a bar on a terminal, now and then a line elsewhere. Closing: idempotent. */
abstract sealed class ImportDisplay implements ImportProgress, AutoCloseable {

    static ImportDisplay of(PrintWriter err) {
        Console console = System.console();
        return console != null && console.isTerminal() ? new Bar() : new Lines(err, Duration.ofSeconds(5));
    }

    @Override
    public abstract void close();

    private static final class Bar extends ImportDisplay {

        private ProgressBar bar;

        @Override
        public void begun(int files, long bytes) {
            bar = new ProgressBarBuilder()
                    .setTaskName("Importing")
                    .setInitialMax(bytes)
                    .setUnit(" KiB", 1024)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err))
                    .build();
        }

        @Override
        public void done(String path, long bytes) {
            bar.stepBy(bytes);
            bar.setExtraMessage(path.substring(Math.max(0, path.length() - 40)));
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }

    /** Lines for logs: one at the start, then one each interval in which anything was done. */
    static final class Lines extends ImportDisplay {

        private final PrintWriter err;
        private final Duration interval;
        private int files;
        private int done;
        private long shown = System.nanoTime();

        Lines(PrintWriter err, Duration interval) {
            this.err = err;
            this.interval = interval;
        }

        @Override
        public void begun(int files, long bytes) {
            this.files = files;
            err.printf("Importing %,d files, %,d KiB%n", files, bytes / 1024);
        }

        @Override
        public void done(String path, long bytes) {
            done++;
            if (System.nanoTime() - shown >= interval.toNanos()) {
                shown = System.nanoTime();
                err.printf("%,d of %,d files, now %s%n", done, files, path);
            }
        }

        @Override
        public void close() {
            err.flush();
        }
    }
}
