package io.mcpserver.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A commit that the engine made but did not acknowledge. */
class GroupCommitTest {

    @TempDir
    Path directory;

    private final List<Change> heard = new ArrayList<>();
    private DuckDbFiles files;
    private DuckDbSession session;
    private GroupCommit commit;

    @BeforeEach
    void open() throws SQLException {
        files = new DuckDbFiles(directory);
        session = new DuckDbSession(files, 96L << 20, 1);
        commit = new GroupCommit(session, heard::addAll);
    }

    @AfterEach
    void close() {
        session.close();
    }

    /** A write after which the transaction is committed and the connection lost, so that its commit fails. */
    private <T> DuckDbTicket<T> unacknowledged(Write<T> write, Runnable then) {
        return new DuckDbTicket<>(new Write<T>() {
            @Override
            public T in(WriteTransaction transaction) throws SQLException {
                T result = write.in(transaction);
                transaction.write();
                transaction.connection().commit();
                transaction.connection().close();
                then.run();
                return result;
            }

            @Override
            public boolean alone() {
                return true;
            }
        });
    }

    private static Write<?> configure() {
        return new Writes.Configure("notes", new CollectionSettings(Optional.empty(), List.of("title")));
    }

    private static Writes.DeleteSelected deletion() {
        return new Writes.DeleteSelected("notes", io.mcpserver.storage.Filter.ALL);
    }

    private void save(String id) {
        DuckDbTicket<?> ticket = new DuckDbTicket<>(
                Writes.Save.of("notes", List.of(new DocumentToSave(id, JsonNodeFactory.instance.objectNode()))));
        commit.write(List.of(ticket));
        ticket.await();
    }

    @Test
    void settingsOfWhichNobodyKnowsWhetherTheyWereSavedAreNotReportedAsLost() {
        DuckDbTicket<?> ticket = unacknowledged(configure(), () -> {});

        commit.write(List.of(ticket));

        StoreException answer = catchThrowableOfType(StoreException.class, ticket::await);
        assertThat(answer.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @Test
    void aCommitThatIsFoundAfterwardsIsAcknowledged() {
        save("a");
        DuckDbTicket<Long> ticket = unacknowledged(deletion(), () -> {});

        commit.write(List.of(ticket));

        assertThat(ticket.await()).isEqualTo(1);
        assertThat(commit.sequence()).isEqualTo(2);
        assertThat(heard).extracting(Change::sequence).containsExactly(1L, 2L);
    }

    @Test
    void aCommitThatComesToLightLaterIsHeardBeforeTheNextOne() throws IOException {
        save("a");
        Path aside = directory.resolve("aside");
        DuckDbTicket<Long> ticket = unacknowledged(deletion(), () -> {
            try {
                Files.move(files.database(), aside);
                Files.createDirectory(files.database());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        commit.write(List.of(ticket));

        assertThat(catchThrowableOfType(StoreException.class, ticket::await).code())
                .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        Files.delete(files.database());
        Files.move(aside, files.database());
        save("b");
        assertThat(heard).extracting(Change::sequence).containsExactly(1L, 2L, 3L);
        assertThat(heard).extracting(Change::id).containsExactly("a", "a", "b");
        assertThat(commit.sequence()).isEqualTo(3);
    }
}
