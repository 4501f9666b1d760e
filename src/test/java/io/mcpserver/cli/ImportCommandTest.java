package io.mcpserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.ToolTestProfile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import sun.misc.Signal;

class ImportCommandTest {

    @TempDir
    Path folder;

    private Path docs;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        docs = Files.createDirectory(folder.resolve("my docs"));
        Files.writeString(docs.resolve("a.md"), "# A\n\nwords\n");
        Files.writeString(folder.resolve("config.yaml"), "storage: {type: duckdb}\nembedding: {model: none}\n");
    }

    @Test
    void aFolderGivesItsNameToTheCollection() {
        assertThat(run(docs.toString())).isZero();
        assertThat(out.toString()).startsWith("Imported 1 files into \"my-docs\": 1 documents saved, 0 deleted;");
        assertThat(err.toString()).contains("Importing 1 files");
        assertThat(run(docs.toString())).isZero();
        assertThat(out.toString()).contains("Imported 0 files").contains("1 files unchanged");
        assertThat(count("my-docs")).isEqualTo(1);
    }

    @Test
    void badFilesAreListedAndMakeTheExitCodeOne() throws IOException {
        Files.writeString(docs.resolve("b.json"), "{");
        assertThat(run(docs.toString(), "--collection", "notes")).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("my docs/b.json: line 1: is not JSON");
        assertThat(count("notes")).isEqualTo(1);
    }

    @Test
    void wrongUsageIsToldAndMakesTheExitCodeTwo() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(run(folder.resolve("nothing").toString(), "--collection", "x"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("There is no file or folder");
        assertThat(run(docs.resolve("a.md").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--collection is missing");
        assertThat(run(docs.toString(), "--collection", "no/slash")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("no/slash");
    }

    @Test
    void aWrongConfigurationIsToldAndMakesTheExitCodeTwo() throws IOException {
        Files.writeString(folder.resolve("config.yaml"), "storage: {type: 7}\n");
        assertThat(run(docs.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("storage.type");
    }

    @Test
    void aStoreThatAnotherProcessOwnsIsLeftAlone() {
        ServerConfig config = ToolTestProfile.config(folder.resolve("data"), "none", true);
        try (StoreService owner = new StoreService(config)) {
            owner.store().collections();
            assertThat(run(docs.toString())).isEqualTo(ExitCode.FAILURE);
        }
        assertThat(err.toString()).contains("" + ProcessHandle.current().pid()).contains("Stop that process");
    }

    @Test
    void aSignalAsksTheCommandToEnd() {
        try (StopSignal stop = StopSignal.install()) {
            assertThat(stop.stopped()).isFalse();
            // Not SIGINT, which whoever runs the tests in the background may have had ignored for good.
            Signal.raise(new Signal("TERM"));
            Awaitility.await().until(stop::stopped);
            assertThat(stop.exitCode()).isEqualTo(143);
        }
    }

    @Test
    void linesShowNowAndThenHowFarItIs() {
        StringWriter text = new StringWriter();
        try (ImportDisplay.Lines lines = new ImportDisplay.Lines(new PrintWriter(text), Duration.ZERO)) {
            lines.begun(2, 2048);
            lines.done("a.md", 1024);
        }
        assertThat(text.toString().lines().toList())
                .isEqualTo(List.of("Importing 2 files, 2 KiB", "1 of 2 files, now a.md"));
    }

    private int run(String... arguments) {
        CommandLine command = new CommandLine(new ImportCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        String[] all = java.util.stream.Stream.concat(
                        java.util.Arrays.stream(arguments),
                        java.util.stream.Stream.of(
                                "--config",
                                folder.resolve("config.yaml").toString(),
                                "--data",
                                folder.resolve("data").toString()))
                .toArray(String[]::new);
        return command.execute(all);
    }

    private long count(String collection) {
        try (StoreService stores = new StoreService(ToolTestProfile.config(folder.resolve("data"), "none", true))) {
            return stores.store().count(collection, Filter.ALL);
        }
    }
}
