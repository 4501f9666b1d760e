package io.mcpserver.cli;

import io.mcpserver.data.transfer.Steps;
import java.io.Console;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a command is: a bar on a terminal, nothing elsewhere. Closing: idempotent. */
final class StepDisplay implements Steps, AutoCloseable {

    private final String task;
    private final boolean shown;
    private ProgressBar bar;

    private StepDisplay(String task, boolean shown) {
        this.task = task;
        this.shown = shown;
    }

    /** @param task such as {@code Exporting} */
    static StepDisplay of(String task) {
        Console console = System.console();
        return new StepDisplay(task, console != null && console.isTerminal());
    }

    @Override
    public void at(long done, long total) {
        if (!shown) {
            return;
        }
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total > 0 ? total : -1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err))
                    .build();
        }
        bar.stepTo(done);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
