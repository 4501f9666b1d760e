package io.mcpserver.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcpserver.storage.service.DataFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {

    @TempDir
    Path root;

    @Test
    void whatIsGivenAwayIsTheLinkAndNotWhatItPointsAt() throws IOException {
        assumeTrue(owner(root) == 0, "only root can give files away");
        Path data = Files.createDirectories(root.resolve("data"));
        Path made = Files.createDirectories(data.resolve("made"));
        Path outside = Files.writeString(root.resolve("outside"), "of root");
        Files.writeString(made.resolve("file"), "for the server");
        Files.createSymbolicLink(made.resolve("link"), outside);
        Files.writeString(made.resolve("other"), "of somebody else");
        Files.setAttribute(made.resolve("other"), "unix:uid", 23_456);
        Files.setAttribute(data, "unix:uid", 12_345);
        Path byLink = Files.createSymbolicLink(root.resolve("by-link"), data);

        Folders.giveToOwnerOf(byLink, byLink.resolve("made"));

        assertThat(owner(made)).isEqualTo(12_345);
        assertThat(owner(made.resolve("file"))).isEqualTo(12_345);
        assertThat(owner(made.resolve("link"))).isEqualTo(12_345);
        assertThat(owner(made.resolve("other"))).isEqualTo(23_456);
        assertThat(owner(outside)).isZero();
    }

    @Test
    void theFormIsNotWrittenThroughALink() throws IOException {
        Path outside = Files.writeString(root.resolve("outside"), "of others");
        Files.createSymbolicLink(root.resolve(".store.json.part"), outside);
        DataFormat.write(root, "duckdb");
        assertThat(outside).hasContent("of others");
        assertThat(DataFormat.of(root))
                .hasValueSatisfying(form -> assertThat(form.engine()).isEqualTo("duckdb"));
    }

    private static int owner(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}
