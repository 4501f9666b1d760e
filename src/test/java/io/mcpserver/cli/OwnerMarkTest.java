package io.mcpserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerMarkTest {

    @TempDir
    Path directory;

    @Test
    void itIsThereAsLongAsTheOwnerAndTakesThoseOfDeadOnesAway() throws Exception {
        Path marks = Files.createDirectories(directory.resolve(".cache/mcp-server/owners"));
        Files.createFile(marks.resolve("999999999999"));
        Path mine = marks.resolve(Long.toString(ProcessHandle.current().pid()));

        try (OwnerMark mark = OwnerMark.leave(Map.of("HOME", directory.toString()))) {
            assertThat(marks).isDirectoryContaining(mine::equals);
            assertThat(marks.toFile().list()).hasSize(1);
            assertThat(mark).isNotNull();
        }
        assertThat(marks).isEmptyDirectory();
    }

    @Test
    void theFolderForCachesIsWhereTheUserHasIt() {
        Map<String, String> environment = Map.of("HOME", "/nowhere", "XDG_CACHE_HOME", directory.toString());
        try (OwnerMark mark = OwnerMark.leave(environment)) {
            assertThat(directory.resolve("mcp-server/owners").toFile().list()).hasSize(1);
            assertThat(mark).isNotNull();
        }
    }

    @Test
    void whereItCannotBeLeftNothingFails() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        for (Map<String, String> environment :
                List.of(Map.<String, String>of(), Map.of("HOME", "relative"), Map.of("HOME", file.toString()))) {
            OwnerMark.leave(environment).close();
        }
        assertThat(directory.toFile().list()).containsExactly("file");
    }
}
