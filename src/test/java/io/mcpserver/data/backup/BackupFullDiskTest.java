package io.mcpserver.data.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpserver.data.DataLine;
import io.mcpserver.data.desk.DataDesk;
import io.mcpserver.data.desk.DeskLine;
import io.mcpserver.data.file.NewFile;
import io.mcpserver.data.transfer.Export;
import io.mcpserver.data.transfer.Steps;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.SmallDisk;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.index.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup or an export that the disk has no room for leaves nothing, and works when there is room; mounting needs root. */
@Tag("system")
class BackupFullDiskTest {

    @TempDir
    Path mount;

    @TempDir
    Path data;

    @Test
    void aFullDiskIsToldLeavesNoFileAndTheNextTryWorks() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(mount, 16);
                Shelf shelf = Shelf.open(data, Shelf.NO_MODEL)) {
            for (int i = 0; i < 40; i++) {
                shelf.save("n" + i, SmallDisk.letters(i));
            }
            DataLine line = new DeskLine(
                    new DataDesk(Shelf.config("duckdb", data, Shelf.NO_MODEL).storage(), shelf.service()), "here");
            Path backup = mount.resolve("backup.tar.gz");
            for (long free : new long[] {0, 8_192, 300_000, 1_000_000}) {
                disk.fillUpTo(free);
                StoreException refusal = catchThrowableOfType(
                        StoreException.class,
                        () -> Backup.make(line, backup, Optional.empty(), Steps.NONE, () -> false));
                assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(ErrorCode.DISK_FULL);
                assertThat(refusal).hasMessageContaining("backup.tar.gz");
                IOException full = catchThrowableOfType(IOException.class, () -> export(line));
                assertThat(full).hasMessageContaining("No space left");
                assertThat(files()).containsExactly("hog");
                disk.empty();
            }
            assertThat(Backup.make(line, backup, Optional.empty(), Steps.NONE, () -> false))
                    .isPresent();
            assertThat(export(line).documents()).isEqualTo(40);
            assertThat(files()).containsExactly("backup.tar.gz", "export.jsonl");
        }
    }

    private Export export(DataLine line) throws IOException {
        try (NewFile file = NewFile.begin(mount.resolve("export.jsonl"))) {
            Export export = Export.run(line, List.of(), file.out(), Steps.NONE, () -> false);
            file.publish();
            return export;
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(mount)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
