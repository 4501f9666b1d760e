package io.mcpserver.storage.fault;

import io.mcpserver.storage.StoreOpener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A {@link FaultVictim} that runs. */
final class FaultyProcess implements AutoCloseable {

    /** The process ended by itself. */
    static final class Ended extends Exception {
        Ended(String message) {
            super(message);
        }
    }

    private static final String END = "END";

    /** A command that takes longer hangs. */
    private static final int PATIENCE_SECONDS = 100;

    private final Process process;
    private final Writer commands;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    private FaultyProcess(Process process) {
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().start(this::listen);
    }

    static FaultyProcess start(Class<? extends StoreOpener> opener, String classpath, Path log)
            throws IOException, InterruptedException, Ended {
        FaultyProcess started = new FaultyProcess(new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + Files.createDirectories(log.resolveSibling("tmp")),
                        "-cp",
                        classpath,
                        FaultVictim.class.getName(),
                        opener.getName()))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
        started.await("READY", line -> {});
        return started;
    }

    long pid() {
        return process.pid();
    }

    /** Says a command, and waits until it was obeyed. */
    void command(String command, Consumer<String> told) throws IOException, InterruptedException, Ended {
        commands.append(command).append('\n').flush();
        await(command.split(" ")[0], told);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private void await(String answer, Consumer<String> told) throws InterruptedException, Ended {
        for (String line = next(); !line.equals(answer); line = next()) {
            told.accept(line);
        }
    }

    private String next() throws InterruptedException, Ended {
        String line = said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("The process hangs:\n" + threads());
        }
        if (line.equals(END)) {
            throw new Ended("The process ended with exit code " + process.waitFor());
        }
        return line;
    }

    private String threads() throws InterruptedException {
        try {
            Process jstack = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jstack")
                                    .toString(),
                            Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start();
            String threads = new String(jstack.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            jstack.waitFor();
            return threads;
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(said::add);
        } catch (IOException | RuntimeException e) {
            // The pipe broke with the process.
        }
        said.add(END);
    }
}
