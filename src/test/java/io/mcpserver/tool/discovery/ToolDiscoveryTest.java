package io.mcpserver.tool.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.config.MountedVolume;
import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.declarative.TestSurroundings;
import io.mcpserver.tool.discovery.DiscoveryReport.Outcome;
import io.mcpserver.tool.discovery.FileState.State;
import io.mcpserver.tool.file.LoadedFile;
import io.mcpserver.tool.file.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ToolDiscoveryTest extends DiscoveryFixture {

    @Test
    void filesAreOfferedInOneSwap() throws IOException {
        write("a.txt", "one: 1\ntwo: 2");
        write("b.txt", "three: 3");
        write("README.md", "no tool");

        DiscoveryReport report = discovery.look();

        assertThat(shelf.answers()).isEqualTo(Map.of("one", "1", "two", "2", "three", "3"));
        assertThat(shelf.swaps).isOne();
        assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(report.generation()).isOne();
        assertThat(report.files(State.LIVE))
                .extracting(FileState::tools)
                .containsExactly(List.of("one", "two"), List.of("three"));
    }

    @Test
    void onlyWhatChangedIsReadAgain() throws IOException {
        write("a.txt", "one: 1");
        write("b.txt", "two: 2");
        discovery.look();

        write("b.txt", "two: 22");
        DiscoveryReport report = discovery.look();

        assertThat(shelf.answers()).isEqualTo(Map.of("one", "1", "two", "22"));
        assertThat(format.loads).isEqualTo(Map.of("a.txt", 1, "b.txt", 2));
        assertThat(report.generation()).isEqualTo(2);
    }

    @Test
    void nothingIsDoneWhereContentsAreTheSame() throws IOException {
        Path file = write("a.txt", "one: 1");
        write("b.txt", "broken");
        discovery.look();

        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
        replace("b.txt", "broken");
        DiscoveryReport report = discovery.look();

        assertThat(report.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(report.generation()).isOne();
        assertThat(format.loads).isEqualTo(Map.of("a.txt", 1, "b.txt", 1));
        assertThat(shelf.swaps).isOne();
    }

    @Test
    void anEditThatKeepsSizeAndTimeIsFoundWhileTheFileIsYoung() throws IOException {
        Path file = write("a.txt", "one: 1");
        discovery.look();
        FileTime time = Files.getLastModifiedTime(file);

        Files.writeString(file, "one: 2");
        Files.setLastModifiedTime(file, time);
        discovery.look();

        assertThat(shelf.answers()).isEqualTo(Map.of("one", "2"));
    }

    @Test
    void aBrokenFileKeepsItsLastGoodVersionWhileOthersGoLive() throws IOException {
        write("a.txt", "one: 1");
        write("b.txt", "two: 2");
        discovery.look();

        write("a.txt", "one: 11\nbroken");
        write("b.txt", "two: 22");
        DiscoveryReport report = discovery.look();

        assertThat(shelf.answers()).isEqualTo(Map.of("one", "1", "two", "22"));
        assertThat(report.outcome()).isEqualTo(Outcome.QUARANTINED);
        FileState broken = report.files(State.QUARANTINED).getFirst();
        assertThat(broken.file()).endsWith("a.txt");
        assertThat(broken.tools()).containsExactly("one");
        assertThat(broken.problems()).extracting(Problem::line).containsExactly(2);

        write("a.txt", "one: 111");
        assertThat(discovery.look().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(shelf.answers()).isEqualTo(Map.of("one", "111", "two", "22"));
    }

    @Test
    void aFileThatWasBrokenFromTheStartOffersNothing() throws IOException {
        write("a.txt", "broken");

        DiscoveryReport report = discovery.look();

        assertThat(report.files(State.QUARANTINED)).hasSize(1);
        assertThat(shelf.swaps).isZero();
        assertThat(discovery.last()).isSameAs(report);
    }

    @Test
    void aFileThatIsRemovedTakesItsToolsAlong() throws IOException {
        Path file = write("a.txt", "one: 1");
        write("b.txt", "two: 2");
        discovery.look();

        Files.delete(file);
        DiscoveryReport report = discovery.look();

        assertThat(shelf.answers()).isEqualTo(Map.of("two", "2"));
        assertThat(report.files(State.REMOVED)).extracting(FileState::file).allMatch(name -> name.endsWith("a.txt"));
        assertThat(discovery.look().outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void aNameThatTwoFilesDefineStaysWithTheOneThatHasIt() throws IOException {
        write("b.txt", "one: b");
        discovery.look();

        write("a.txt", "other: a\none: a");
        DiscoveryReport report = discovery.look();

        assertThat(shelf.answers()).isEqualTo(Map.of("one", "b"));
        FileState loser = report.files(State.QUARANTINED).getFirst();
        assertThat(loser.file()).endsWith("a.txt");
        assertThat(loser.problems().getFirst().message()).contains("\"one\"", "b.txt");
        FileState keeper = report.files(State.LIVE).getFirst();
        assertThat(keeper.problems().getFirst().message()).contains("\"one\"", "a.txt");

        Files.delete(tools.resolve("b.txt"));
        assertThat(discovery.look().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(shelf.answers()).isEqualTo(Map.of("one", "a", "other", "a"));
        assertThat(format.loads).containsEntry("a.txt", 1);
    }

    @Test
    void ofTwoNewFilesWithANameTheFirstIsOffered() throws IOException {
        write("b.txt", "one: b\ntwo: b");
        write("a.txt", "one: a\ntwo: a");

        DiscoveryReport report = discovery.look();

        assertThat(shelf.answers()).isEqualTo(Map.of("one", "a", "two", "a"));
        assertThat(report.files()).allMatch(file -> file.problems().size() == 2);
    }

    @Test
    void aToolMayMoveFromOneFileToAnother() throws IOException {
        write("a.txt", "one: a\ntwo: a");
        write("b.txt", "three: b");
        discovery.look();

        write("a.txt", "one: a");
        write("b.txt", "three: b\ntwo: b");

        assertThat(discovery.look().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(shelf.answers()).isEqualTo(Map.of("one", "a", "two", "b", "three", "b"));
    }

    @Test
    void aVersionWhoseNameIsTakenLeavesTheEarlierOneInForce() throws IOException {
        write("a.txt", "one: a\ntwo: a");
        write("b.txt", "three: b\nfour: b");
        discovery.look();

        write("b.txt", "three: bb\none: bb\ntwo: bb");
        discovery.look();

        assertThat(shelf.answers()).isEqualTo(Map.of("one", "a", "two", "a", "three", "b", "four", "b"));
    }

    @Test
    void aNameOfTheProgramIsRefused() throws IOException {
        write("a.txt", "own: a");
        write("b.txt", "two: b");

        DiscoveryReport report = discovery.look();

        assertThat(shelf.answers()).isEqualTo(Map.of("two", "b"));
        assertThat(report.files(State.QUARANTINED)
                        .getFirst()
                        .problems()
                        .getFirst()
                        .message())
                .isEqualTo("the tool \"own\" belongs to the program itself; take another name");
    }

    @Test
    void aSwapThatIsRefusedChangesNothingAndIsTriedAgain() throws IOException {
        write("a.txt", "one: 1");
        discovery.look();

        write("b.txt", "unexpected: b");
        assertThat(discovery.look().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(shelf.answers()).isEqualTo(Map.of("one", "1"));
        assertThat(format.closed).containsExactly("unexpected: b");
        assertThat(discovery.last().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(discovery.last().files(State.LIVE)).hasSize(1);
        assertThat(DiscoveryJson.summary(discovery.last()).toString()).contains("failed", "on purpose");

        write("b.txt", "two: b");
        assertThat(discovery.look().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(shelf.answers()).isEqualTo(Map.of("one", "1", "two", "b"));
        assertThat(discovery.last().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void aVersionThatNeverServedIsGivenBackWhenAnotherTakesItsPlace() throws IOException {
        write("a.txt", "one: a");
        write("b.txt", "one: b");
        discovery.look();

        write("b.txt", "one: bb");

        assertThat(discovery.look().outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(format.closed).containsExactly("one: b");
    }

    @Test
    void whyAFileIsQuarantinedIsAWord() throws IOException {
        write("a.txt", "one: a");
        write("b.txt", "one: b");
        write("c.txt", "broken");
        Files.createSymbolicLink(tools.resolve("d.txt"), Files.writeString(temporary.resolve("outside.txt"), "two: 2"));

        DiscoveryReport report = discovery.look();

        assertThat(report.files(State.QUARANTINED))
                .extracting(file -> file.reason().orElseThrow())
                .containsExactly(Reason.NAME, Reason.FAULT, Reason.UNREADABLE);
        assertThat(report.files(State.LIVE).getFirst().reason()).isEmpty();
        assertThat(report.again()).isFalse();
    }

    @Test
    void testsInsideAFilePassBeforeItGoesLive() throws IOException {
        testsFirst = true;
        write("a.txt", "one: 1\ntest one: 1");
        discovery.look();

        write("a.txt", "one: 2\ntest one: 1");
        DiscoveryReport report = discovery.look();

        assertThat(shelf.answers()).isEqualTo(Map.of("one", "1"));
        Problem failure = report.files(State.QUARANTINED).getFirst().problems().getFirst();
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.message()).isEqualTo("the test \"answer\" of one failed: expected 1, but it was 2");
        assertThat(discovery.look().outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(format.trials)
                .as("tests run on tools of their own, which may not write")
                .containsExactly(false, true, false, true);
        assertThat(format.closed)
                .as("the two that were tried, and the one that failed")
                .containsExactly("one: 1", "one: 2", "one: 2");
    }

    @Test
    void testsAreLeftAloneUnlessTheyAreAskedFor() throws IOException {
        write("a.txt", "one: 2\ntest one: 1");

        discovery.look();

        assertThat(shelf.answers()).isEqualTo(Map.of("one", "2"));
    }

    @Test
    void whatTheConfigurationNoLongerAllowsIsNotKept() throws IOException {
        write("a.txt", "one: 1");
        write("b.txt", "two: 2");
        discovery.look();

        format.forbidden = "a.txt";
        assertThat(discovery.look().outcome()).isEqualTo(Outcome.UNCHANGED);
        discovery.prepare(config(), true).commit();

        assertThat(shelf.answers()).isEqualTo(Map.of("two", "2"));
    }

    @Test
    void whatIsMadeReadyIsReadOnceAndInForceWhenItIsCommitted() throws IOException {
        write("a.txt", "one: 1");
        write("b.txt", "broken");

        PreparedTools prepared = discovery.prepare(config(), false);
        assertThat(shelf.swaps).isZero();
        assertThat(discovery.last().generation()).isZero();
        assertThat(prepared.files()).extracting(FileState::state).containsExactly(State.LIVE, State.QUARANTINED);

        assertThat(prepared.commit().outcome()).isEqualTo(Outcome.QUARANTINED);
        assertThat(shelf.answers()).isEqualTo(Map.of("one", "1"));
        assertThat(format.loads).isEqualTo(Map.of("a.txt", 1, "b.txt", 1));
        assertThat(discovery.look().outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void whatIsMadeReadyAndThrownAwayIsGivenBack() throws IOException {
        write("a.txt", "one: 1");
        discovery.look();
        write("a.txt", "one: 2");

        discovery.prepare(config(), false).abort();

        assertThat(format.closed).containsExactly("one: 2");
        assertThat(shelf.answers()).isEqualTo(Map.of("one", "1"));
    }

    @Test
    void whatCannotBeOfferedIsNotMadeReadyAndStopsNoOtherLook() throws IOException {
        write("a.txt", "unexpected: 1");

        assertThatThrownBy(() -> discovery.prepare(config(), false)).hasMessage("on purpose");

        assertThat(format.closed).containsExactly("unexpected: 1");
        write("a.txt", "one: 1");
        assertThat(CompletableFuture.supplyAsync(discovery::look).join().outcome())
                .isEqualTo(Outcome.APPLIED);
    }

    @Test
    void aLookWaitsUntilWhatIsMadeReadyIsInForce() throws Exception {
        write("a.txt", "one: 1");
        PreparedTools prepared = discovery.prepare(config(), false);
        CompletableFuture<DiscoveryReport> look = new CompletableFuture<>();
        Thread other = Thread.ofPlatform().start(() -> look.complete(discovery.look()));
        Awaitility.await().until(() -> other.getState() == Thread.State.WAITING);
        assertThat(look).isNotDone();

        prepared.commit();

        assertThat(look.join().outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(shelf.swaps).isOne();
    }

    @Test
    void toolsSeeTheComingConfigurationUntilItIsInForceAndThenWhatIs() throws IOException {
        List<Surroundings> given = new ArrayList<>();
        ServerConfig inForce = config();
        try (ToolDiscovery other = new ToolDiscovery(
                () -> inForce,
                List.of(new TextFiles() {
                    @Override
                    public LoadedFile load(Path file, String shown, Surroundings surroundings) {
                        given.add(surroundings);
                        return super.load(file, shown, surroundings);
                    }
                }),
                folder -> TestSurroundings.in(folder).config(inForce),
                shelf)) {
            write("a.txt", "one: 1");
            testsFirst = true;
            ServerConfig next = config();

            PreparedTools prepared = other.prepare(next, false);
            assertThat(given.getFirst().config()).isSameAs(next);

            prepared.abort();
            assertThat(given.getFirst().config()).isSameAs(inForce);
        }
    }

    @Test
    void switchedOffItOffersNothing() throws IOException {
        write("a.txt", "one: 1");
        discovery.look();

        discovers = false;
        discovery.look();

        assertThat(shelf.answers()).isEmpty();
    }

    @Test
    void aFolderThatIsNotThereMayComeAndGo() throws IOException {
        Files.delete(tools);
        assertThat(discovery.look().outcome()).isEqualTo(Outcome.UNCHANGED);

        Files.createDirectory(tools);
        write("a.txt", "one: 1");
        discovery.look();

        assertThat(shelf.answers()).isEqualTo(Map.of("one", "1"));
    }

    @Test
    void theSwapOfAMountedVolumeIsOneSwapOfTools() throws IOException {
        MountedVolume volume = new MountedVolume(tools);
        volume.swap(Map.of("a.txt", "one: 1", "b.txt", "two: 1"));
        discovery.look();

        volume.swap(Map.of("a.txt", "one: 2", "c.txt", "three: 2"));
        discovery.look();

        assertThat(shelf.answers()).isEqualTo(Map.of("one", "2", "three", "2"));
        assertThat(shelf.swaps).isEqualTo(2);
    }

    @Test
    void aLinkOutOfTheFolderIsNotFollowed() throws IOException {
        Path outside = Files.writeString(temporary.resolve("outside.txt"), "one: 1");
        Files.createSymbolicLink(tools.resolve("a.txt"), outside);

        DiscoveryReport report = discovery.look();

        assertThat(report.files(State.QUARANTINED)
                        .getFirst()
                        .problems()
                        .getFirst()
                        .message())
                .contains("outside of its folder");
        assertThat(format.loads).isEmpty();
    }

    @Test
    void filesOfFoldersInsideAndHiddenOnesAreNoTools() throws IOException {
        Files.createDirectory(tools.resolve("sub.txt"));
        Files.writeString(tools.resolve("sub.txt").resolve("a.txt"), "one: 1");
        write(".hidden.txt", "two: 2");

        assertThat(discovery.look().files()).isEmpty();
    }

    @Test
    void moreFilesThanTheLimitAreNotRead() throws IOException {
        for (int i = 0; i <= ToolDirectories.MOST_FILES; i++) {
            write("%04d.txt".formatted(i), "tool_" + i + ": x");
        }

        DiscoveryReport report = discovery.look();

        assertThat(report.files(State.LIVE)).hasSize(ToolDirectories.MOST_FILES);
        assertThat(report.problems().getFirst().message()).contains("too many files");
    }

    @Test
    void whatAReplacedFileHeldIsGivenBackAtTheLatestAtTheEnd() throws IOException {
        write("a.txt", "one: 1");
        discovery.look();

        discovery.close();
        discovery.close();

        assertThat(format.closed).containsExactly("one: 1");
        assertThat(discovery.look().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(format.loads).isEqualTo(Map.of("a.txt", 1));
    }

    @Test
    void looksAtTheSameTimeGoOneAfterAnother() throws IOException {
        List<DiscoveryReport> reports = new ArrayList<>();
        discovery.onLook(reports::add);
        List<CompletableFuture<DiscoveryReport>> looks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            write("a.txt", "one: " + i);
            looks.add(CompletableFuture.supplyAsync(discovery::look));
        }
        looks.forEach(CompletableFuture::join);
        discovery.look();

        assertThat(shelf.answers()).isEqualTo(Map.of("one", "19"));
        assertThat(reports).extracting(DiscoveryReport::generation).isSorted();
        assertThat(reports).hasSize(21);
    }

    private void replace(String name, String text) throws IOException {
        Path next = Files.writeString(tools.resolve(".next"), text);
        Files.move(next, tools.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
