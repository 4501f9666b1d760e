package io.mcpserver.mcp.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.TestConfigs;
import io.mcpserver.mcp.share.OwnerDoor;
import io.mcpserver.mcp.share.Passage;
import io.mcpserver.mcp.share.ShareFolder;
import io.mcpserver.storage.DirectoryLock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextOwnerTest {

    @TempDir
    Path directory;

    /** Owns the data folder that it is given until its input ends. */
    static final class Server {
        public static void main(String[] arguments) throws Exception {
            try (OwnerDoor door = OwnerDoor.open(TestConfigs.of("storage.path=" + arguments[0]))) {
                System.in.read();
                door.shut();
            }
        }
    }

    @Test
    void whereNobodyOwnsTheFolderOneIsStartedAndEndsWithWhoStartedIt() throws Exception {
        try (NextOwner owners = new NextOwner(directory, this::config, server(Server.class.getName()))) {
            Passage passage = owners.next(() -> true);

            ProcessHandle started = ProcessHandle.of(passage.owner()).orElseThrow();
            assertThat(ProcessHandle.current().children()).contains(started);
            // Another process has it the same way, and starts none.
            try (NextOwner others = new NextOwner(directory, this::config, server("none"))) {
                assertThat(others.next(() -> true).owner()).isEqualTo(passage.owner());
            }

            owners.close();

            assertThat(started.isAlive()).isFalse();
        }
        new ShareFolder(directory).tryOwnership().close();
    }

    @Test
    void anOwnerThatIsKilledIsReplaced() throws Exception {
        try (NextOwner owners = new NextOwner(directory, this::config, server(Server.class.getName()))) {
            long first = owners.next(() -> true).owner();
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            ProcessHandle.of(first).map(ProcessHandle::onExit).ifPresent(CompletableFuture::join);

            assertThat(owners.next(() -> true).owner()).isNotEqualTo(first);
        }
    }

    /** Never owns the folder. */
    static final class Late {
        public static void main(String[] arguments) throws Exception {
            System.in.read();
        }
    }

    @Test
    void aServerThatCameTooLateEndsAndIsInNobodysWay() throws Exception {
        List<ProcessHandle> before = ProcessHandle.current().children().toList();
        try (NextOwner owners = new NextOwner(directory, this::config, server(Late.class.getName()))) {
            CompletableFuture<Passage> next =
                    CompletableFuture.supplyAsync(() -> next(owners, new AtomicBoolean(true)));
            ProcessHandle late = Awaitility.await()
                    .until(
                            () -> ProcessHandle.current()
                                    .children()
                                    .filter(child -> !before.contains(child))
                                    .findAny(),
                            Optional::isPresent)
                    .orElseThrow();

            try (OwnerDoor door = OwnerDoor.open(config())) {
                assertThat(next.get(20, TimeUnit.SECONDS).owner())
                        .isEqualTo(ProcessHandle.current().pid());
                late.onExit().get(20, TimeUnit.SECONDS);
                DirectoryLock.acquire(new ShareFolder(directory).next()).close();
                assertThat(door).isNotNull();
            }
        }
    }

    @Test
    void aServerThatDoesNotStartIsTriedAFewTimesAndThenGivenUp() {
        try (NextOwner owners = new NextOwner(directory, this::config, server("no.such.Class"))) {
            assertThatThrownBy(() -> owners.next(() -> true)).hasMessageContaining("No server could be started");
        }
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        try (NextOwner owners = new NextOwner(directory, this::config, new ProcessBuilder("/no/such/program"))) {
            assertThatThrownBy(() -> owners.next(() -> true)).hasMessageContaining("/no/such/program");
        }
    }

    @Test
    void nobodyStartsOneWhileAnOwnerBeginsOrEndsOrAnotherDoes() throws Exception {
        for (Path taken : new Path[] {directory.resolve("owner"), new ShareFolder(directory).next()}) {
            AtomicBoolean wanted = new AtomicBoolean(true);
            try (DirectoryLock lock = DirectoryLock.acquire(taken);
                    NextOwner owners = new NextOwner(directory, this::config, new ProcessBuilder("/no/such/program"))) {
                CompletableFuture<Passage> next = CompletableFuture.supplyAsync(() -> next(owners, wanted));
                assertThat(next).failsWithin(100, TimeUnit.MILLISECONDS);
                assertThat(directory.resolve("owner/owner.json")).doesNotExist();
                assertThat(lock).isNotNull();

                wanted.set(false);

                assertThat(next)
                        .failsWithin(20, TimeUnit.SECONDS)
                        .withThrowableThat()
                        .withMessageContaining("This process ends");
            }
        }
    }

    private static Passage next(NextOwner owners, AtomicBoolean wanted) {
        try {
            return owners.next(wanted::get);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private ServerConfig config() {
        return TestConfigs.of("storage.path=" + directory);
    }

    private ProcessBuilder server(String type) {
        return new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                type,
                directory.toString());
    }
}
