package io.mcpserver.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {

    @TempDir
    Path folder;

    @Test
    void appearsWhenItIsCompleteAndNotBefore() throws IOException {
        Path target = folder.resolve("a.txt");
        try (NewFile file = NewFile.begin(target)) {
            file.out().write("all of it".getBytes(StandardCharsets.UTF_8));
            assertThat(target).doesNotExist();
            file.publish();
            assertThat(target).hasContent("all of it");
        }
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void leavesNothingWhenItIsGivenUp() throws IOException {
        try (NewFile file = NewFile.begin(folder.resolve("a.txt"))) {
            file.out().write(1);
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void isNeverWrittenOverAnother() throws IOException {
        Path target = Files.writeString(folder.resolve("a.txt"), "mine");
        assertThatThrownBy(() -> NewFile.begin(target)).hasMessageContaining("is there already");
        Path late = folder.resolve("b.txt");
        try (NewFile file = NewFile.begin(late)) {
            file.out().write(1);
            Files.writeString(late, "came meanwhile");
            assertThatThrownBy(file::publish).hasMessageContaining("is there already");
        }
        assertThat(late).hasContent("came meanwhile");
        assertThat(target).hasContent("mine");
        assertThat(names()).containsExactly("a.txt", "b.txt");
    }

    @Test
    void isWrittenByOneAtATimeAndOverWhatAKilledOneLeft() throws IOException {
        Path target = folder.resolve("a.txt");
        Files.writeString(folder.resolve(".a.txt.part"), "half of something longer");
        try (NewFile file = NewFile.begin(target)) {
            assertThatThrownBy(() -> NewFile.begin(target)).hasMessageContaining("another process");
            file.out().write("new".getBytes(StandardCharsets.UTF_8));
            file.publish();
        }
        assertThat(target).hasContent("new");
        assertThat(names()).containsExactly("a.txt");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
