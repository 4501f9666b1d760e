package io.mcpserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedPathsTest {

    @TempDir
    Path temporary;

    private Path folder;
    private WatchedPaths paths;

    @BeforeEach
    void watch() throws IOException {
        folder = temporary.toRealPath();
        paths = new WatchedPaths(List.of(folder));
    }

    @Test
    void whatEditorsKeepInHiddenFilesIsNoChange() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "one");
        WatchedPaths.State before = paths.state();
        paths.folders();

        Path draft = Files.writeString(folder.resolve(".a.yaml.swp"), "draft");

        assertThat(paths.state()).isEqualTo(before);
        assertThat(paths.touchedBy(Set.of(draft))).isFalse();
        assertThat(paths.touchedBy(Set.of(folder.resolve("a.yaml")))).isTrue();
    }

    @Test
    void anotherFileInThePlaceOfOneIsAChangeThoughItLooksTheSame() throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), "one");
        WatchedPaths.State before = paths.state();

        Path other = Files.writeString(folder.resolve(".other"), "two");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(paths.state()).isNotEqualTo(before);
    }

    @Test
    void whatIsNotThereYetIsAwaitedInTheNearestFolderThatIs() {
        WatchedPaths later = new WatchedPaths(List.of(folder.resolve("not/yet/tools")));

        assertThat(later.folders()).containsExactly(folder);
    }
}
