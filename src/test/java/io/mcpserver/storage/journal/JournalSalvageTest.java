package io.mcpserver.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.storage.StoreSalvage.Found;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is found in a journal that is damaged. */
class JournalSalvageTest extends JournalFixture {

    private static final List<String> IDS = List.of("a", "b", "c", "d");

    /** Where the frames begin, and the end. */
    private final List<Integer> bounds = new ArrayList<>();

    private Path fill(String name, JournalLimits limits) throws IOException {
        Path path = Files.createDirectory(folder.resolve(name));
        try (Journal journal = open(path, limits, 0, FileChannel::open)) {
            for (String id : IDS) {
                bounds.add((int) Files.size(files(path).getLast()));
                append(journal, id);
            }
        }
        bounds.add((int) Files.size(files(path).getLast()));
        return path;
    }

    private static List<String> found(JournalSalvage salvage) {
        return salvage.documents().keySet().stream().map(DocumentKey::id).toList();
    }

    @Test
    void aBitThatWasFlippedCostsItsFrameOnlyAndTheFrameIsNamed() throws IOException {
        Path path = fill("flipped", LARGE);
        Path file = files(path).getFirst();
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at += 3) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Files.write(file, damaged);
            JournalSalvage salvage = JournalSalvage.read(path);
            int place = at;
            List<String> expected = new ArrayList<>(IDS);
            for (int frame = 0; frame < IDS.size(); frame++) {
                if (place >= bounds.get(frame) && place < bounds.get(frame + 1)) {
                    expected.remove(IDS.get(frame));
                    assertThat(salvage.lost(0))
                            .as("byte %s", at)
                            .singleElement()
                            .extracting(one -> ((Found.Lost) one).where())
                            .asString()
                            .startsWith("record " + (frame + 1) + " of the journal ");
                    assertThat(salvage.lost(frame + 1)).isEmpty();
                    assertThat(salvage.faults(frame + 1)).hasSize(1);
                }
            }
            assertThat(found(salvage)).as("byte %s", at).isEqualTo(expected);
            assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
        }
    }

    @Test
    void whatIsLeftOfABrokenRecordCanBeReadByPeople() throws IOException {
        Path path = fill("rest", LARGE);
        Path file = files(path).getFirst();
        byte[] damaged = Files.readAllBytes(file);
        damaged[bounds.get(1) + Frame.HEADER] ^= 1;
        Files.write(file, damaged);
        assertThat(JournalSalvage.read(path).lost(0))
                .singleElement()
                .extracting(one -> ((Found.Lost) one).rest())
                .asString()
                .contains("{\"text\":\"text of b\"}");
    }

    @Test
    void anEndThatWasTornIsNoDamage() throws IOException {
        Path path = fill("torn", LARGE);
        Path file = files(path).getFirst();
        byte[] whole = Files.readAllBytes(file);
        for (int length :
                new int[] {bounds.get(3), bounds.get(3) + 7, bounds.get(3) + Frame.HEADER, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            JournalSalvage salvage = JournalSalvage.read(path);
            assertThat(found(salvage)).as("cut to %s", length).isEqualTo(IDS.subList(0, 3));
            assertThat(salvage.isWhole()).isTrue();
        }
    }

    @Test
    void aFileThatIsGoneOrEmptyIsNamedAndThoseBesideItAreRead() throws IOException {
        Path path = fill("files", new JournalLimits(100, 1_000, 100));
        assertThat(files(path)).hasSizeGreaterThan(2);
        Path second = files(path).get(1);
        Files.write(second, new byte[0]);
        assertThat(found(JournalSalvage.read(path))).contains("a", "d").doesNotContain("b");
        assertThat(JournalSalvage.read(path).lost(0)).hasSize(1);
        Files.delete(second);
        JournalSalvage salvage = JournalSalvage.read(path);
        assertThat(found(salvage)).contains("a", "d").doesNotContain("b");
        assertThat(salvage.lost(0)).singleElement().satisfies(one -> assertThat(((Found.Lost) one).why())
                .contains("no file has them"));
        assertThat(JournalSalvage.read(folder.resolve("none")).documents()).isEmpty();
    }
}
