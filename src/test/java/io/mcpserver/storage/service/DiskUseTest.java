package io.mcpserver.storage.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskUseTest {

    @TempDir
    Path data;

    @Test
    void aFileWithSeveralNamesIsCountedOnceAndTheIndexApart() throws IOException {
        Files.write(data.resolve("documents"), new byte[1_000]);
        Files.createDirectories(data.resolve("documents.history/then"));
        Files.createLink(data.resolve("documents.history/then/documents"), data.resolve("documents"));
        Files.createDirectories(data.resolve(StoreService.INDEX_FOLDER));
        Files.write(data.resolve(StoreService.INDEX_FOLDER).resolve("a"), new byte[20]);
        DiskUse use = DiskUse.of(data);
        assertThat(use.record()).isEqualTo(1_000);
        assertThat(use.index()).isEqualTo(20);
        assertThat(DiskUse.of(data.resolve("none")).record()).isZero();
    }
}
