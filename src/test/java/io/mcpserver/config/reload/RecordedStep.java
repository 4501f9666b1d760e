package io.mcpserver.config.reload;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A step that does what a test says, and keeps what was asked of it. */
final class RecordedStep implements ReloadStep, ReloadStep.Prepared {

    final List<String> asked = new ArrayList<>();
    List<Problem> problems = List.of();
    List<String> changes = List.of();
    List<String> quarantined = List.of();
    List<LiveConfig.Next<?>> together = List.of();
    Runnable whilePreparing = () -> {};
    Supplier<Object> whileCommitting = () -> "";

    static Problem error(String message) {
        return new Problem(Problem.Severity.ERROR, "tools/a.yaml", 3, 1, "", message, Optional.empty());
    }

    @Override
    public Prepared prepare(ServerConfig next) {
        asked.add("prepare");
        whilePreparing.run();
        return this;
    }

    @Override
    public List<Problem> problems() {
        return problems;
    }

    @Override
    public List<String> changes() {
        return changes;
    }

    @Override
    public List<String> quarantined() {
        return quarantined;
    }

    @Override
    public List<LiveConfig.Next<?>> together() {
        return together;
    }

    @Override
    public void commit() {
        asked.add("commit" + whileCommitting.get());
    }

    @Override
    public void abort() {
        asked.add("abort");
    }
}
