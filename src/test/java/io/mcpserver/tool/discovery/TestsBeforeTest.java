package io.mcpserver.tool.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.Problem;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.discovery.DiscoveryReport.Outcome;
import io.mcpserver.tool.discovery.FileState.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestsBeforeTest extends DiscoveryFixture {

    TestsBeforeTest() {
        testsFirst = true;
    }

    @Test
    void aFileThatCannotBeTriedIsRefusedAndHarmsNoOther() {
        write("a.txt", "one: 1\ntest one: 1");
        write("b.txt", "two: 2");
        format.failsOnTrial = true;

        DiscoveryReport report = discovery.look();

        assertThat(shelf.answers()).isEqualTo(Map.of("two", "2"));
        FileState refused = report.files(State.QUARANTINED).getFirst();
        assertThat(refused.problems()).extracting(Problem::message).containsExactly("cannot be tried");
        assertThat(refused.reason()).contains(Reason.TEST);
        assertThat(report.again()).as("the same content would be refused again").isFalse();
    }

    @Test
    void testsOfAnotherContentDoNotSpeakForAFile() {
        write("a.txt", "one: 1\ntest one: 2");
        format.onTrial = () -> write("a.txt", "one: 2\ntest one: 2");

        DiscoveryReport report = discovery.look();
        assertThat(shelf.answers()).as("its own test would fail").isEmpty();
        assertThat(report.again()).isTrue();

        format.onTrial = () -> {};
        assertThat(discovery.look().again()).isFalse();
        assertThat(shelf.answers()).isEqualTo(Map.of("one", "2"));
    }

    @Test
    void aFileWhoseTestsFoundNoStoreIsTriedAgain() {
        write("a.txt", "one: 1\ntest one: 1");
        age("a.txt");
        format.fault = Optional.of(ErrorCode.STORE_LOCKED);

        DiscoveryReport report = discovery.look();
        assertThat(shelf.answers()).isEmpty();
        assertThat(report.again()).isTrue();
        assertThat(report.files(State.QUARANTINED)
                        .getFirst()
                        .problems()
                        .getFirst()
                        .message())
                .startsWith("the test \"answer\" of one could not be run yet");
        assertThat(discovery.look().outcome()).isEqualTo(Outcome.UNCHANGED);

        format.fault = Optional.empty();
        assertThat(discovery.look().again()).isFalse();
        assertThat(shelf.answers()).isEqualTo(Map.of("one", "1"));
        assertThat(format.closed)
                .as("three trials, and the two readings that were refused")
                .hasSize(5);
    }

    @Test
    void aFileWhoseTestsFailedIsNotTriedAgain() {
        write("a.txt", "one: 1\ntest one: 1");
        age("a.txt");
        format.fault = Optional.of(ErrorCode.STORE_READ_ONLY);

        assertThat(discovery.look().again()).isFalse();
        format.fault = Optional.empty();
        assertThat(discovery.look().outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void aFileForWhichNoTimeWasLeftIsUnsettled() {
        write("a.txt", "one: 1\ntest one: 1");
        FileReading reading = new FileReading(
                new ToolDirectories(List.of(tools), format::takes), new ToolFormats(List.of(format)), folder -> null);
        KnownFile file =
                reading.read(Map.of(), false).files().values().iterator().next();

        KnownFile refused = new TestsBefore(config(), reading, Duration.ofSeconds(-1), true, report -> {}).run(file);

        assertThat(refused.newest()).isEmpty();
        assertThat(refused.isUnsettled()).isTrue();
        assertThat(refused.faults().getFirst().message()).contains("could not be run yet");
        assertThat(new TestsBefore(config(), reading)
                        .run(reading.read(Map.of(), false)
                                .files()
                                .get(file.found().path()))
                        .newest())
                .isPresent();
    }

    @Test
    void aFileThatFailedATestGoesLiveOnceTestsAreNotAskedFor() {
        write("a.txt", "one: 2\ntest one: 1");
        age("a.txt");
        discovery.look();
        assertThat(shelf.answers()).isEmpty();

        testsFirst = false;
        discovery.look();

        assertThat(shelf.answers()).isEqualTo(Map.of("one", "2"));
    }

    /** Old enough that it is known to be unchanged without being read. */
    private void age(String name) {
        try {
            Files.setLastModifiedTime(
                    tools.resolve(name), FileTime.from(Instant.now().minusSeconds(60)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
