package io.mcpserver.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.Saved;
import io.mcpserver.storage.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a write through the journal, on an engine that is as small as can be. */
class JournaledWritesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JournalLimits SMALL = new JournalLimits(1_000, 2_000, 500);

    @TempDir
    Path folder;

    private final Map<DocumentKey, JournalEntry> kept = new HashMap<>();
    private final List<Change> heard = Collections.synchronizedList(new ArrayList<>());
    private ShelfEngine engine = new ShelfEngine(kept, 0);

    private JournaledWrites open(JournalLimits limits) {
        return JournaledWrites.open(folder, limits, engine, heard::addAll, "shelf");
    }

    private static DocumentToSave document(String id) {
        return new DocumentToSave(id, JsonNodeFactory.instance.objectNode().put("text", "x".repeat(100)));
    }

    private static Saved save(JournaledWrites writes, String id) {
        return writes.save("notes", List.of(document(id))).getFirst();
    }

    private boolean isVisible(String id) {
        return engine.find(new DocumentKey("notes", id)).isPresent();
    }

    @Test
    void what_is_journaled_and_cannot_be_shown_is_not_taken_for_unwritten() {
        engine.hiding = true;
        try (JournaledWrites writes = open(SMALL)) {
            assertThat(catchThrowableOfType(StoreException.class, () -> save(writes, "a"))
                            .code())
                    .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
            engine.hiding = false;
            assertThat(catchThrowableOfType(StoreException.class, () -> save(writes, "b"))
                            .code())
                    .as("a write that would have the numbers of the one before")
                    .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        }
        engine = new ShelfEngine(kept, engine.appliedNow());
        try (JournaledWrites writes = open(SMALL)) {
            assertThat(isVisible("a")).isTrue();
            assertThat(isVisible("b")).isFalse();
            assertThat(save(writes, "a").version()).isEqualTo(2);
        }
    }

    @Test
    void a_write_is_visible_and_told_when_it_is_acknowledged_although_it_is_not_applied() {
        engine.gate.drainPermits();
        try (JournaledWrites writes = open(SMALL)) {
            assertThat(save(writes, "a")).isEqualTo(new Saved("a", 1, true));
            assertThat(isVisible("a")).isTrue();
            assertThat(save(writes, "a").version()).isEqualTo(2);
            assertThat(writes.delete("notes", List.of("a", "missing", "a"))).isEqualTo(1);
            assertThat(engine.ids("notes")).isEmpty();
            assertThat(save(writes, "a")).isEqualTo(new Saved("a", 3, true));
            assertThat(kept).isEmpty();
            assertThat(heard).extracting(Change::sequence).containsExactly(1L, 2L, 3L, 4L);
            assertThat(writes.sequence()).isEqualTo(4);
            assertThat(writes.backlogBytes()).isPositive();
            engine.gate.release(1_000);
        }
        assertThat(kept).hasSize(1);
    }

    @Test
    void what_was_not_applied_is_replayed_after_a_restart_and_versions_go_on() throws Exception {
        engine.failing = true;
        try (JournaledWrites writes = open(SMALL)) {
            save(writes, "a");
            save(writes, "b");
            writes.delete("notes", List.of("b"));
        }
        assertThat(kept).isEmpty();
        engine = new ShelfEngine(kept, 0);
        try (JournaledWrites writes = open(SMALL)) {
            assertThat(engine.ids("notes")).containsExactly("a");
            assertThat(writes.sequence()).isEqualTo(3);
            assertThat(save(writes, "b")).isEqualTo(new Saved("b", 2, true));
            assertThat(writes.awaitApplied(PATIENCE)).isTrue();
            assertThat(kept.keySet()).hasSize(2);
            assertThat(writes.backlogBytes()).isZero();
        }
        engine = new ShelfEngine(kept, engine.appliedNow());
        try (JournaledWrites writes = open(SMALL)) {
            assertThat(writes.sequence()).isEqualTo(4);
            assertThat(engine.overlay.all()).isEmpty();
            assertThat(engine.ids("notes")).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void a_conflict_leaves_out_its_whole_write_and_no_other_of_its_group() {
        try (JournaledWrites writes = open(SMALL)) {
            save(writes, "a");
            DocumentToSave outdated =
                    new DocumentToSave("a", JsonNodeFactory.instance.objectNode(), OptionalLong.of(7), List.of());
            StoreException conflict = catchThrowableOfType(
                    StoreException.class, () -> writes.save("notes", List.of(document("b"), outdated)));
            assertThat(conflict.code()).isEqualTo(ErrorCode.CONFLICT);
            assertThat(isVisible("b")).isFalse();
            assertThat(save(writes, "c").version()).isEqualTo(1);
            assertThat(writes.sequence()).isEqualTo(2);
        }
    }

    @Test
    void records_that_wait_are_applied_together() throws Exception {
        engine.gate.drainPermits();
        try (JournaledWrites writes = open(JournalLimits.DEFAULT)) {
            for (int i = 0; i < 50; i++) {
                save(writes, "id" + i);
            }
            engine.gate.release(1_000);
            assertThat(writes.awaitApplied(PATIENCE)).isTrue();
            assertThat(engine.batches).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void writers_wait_while_the_backlog_is_full_and_may_withdraw() throws Exception {
        engine.gate.drainPermits();
        try (JournaledWrites writes = open(SMALL);
                ExecutorService callers = Executors.newFixedThreadPool(30)) {
            List<Future<Saved>> all = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                String id = "id" + i;
                all.add(callers.submit(() -> save(writes, id)));
            }
            while (writes.backlogBytes() < SMALL.backlog()) {
                Thread.onSpinWait();
            }
            List<ErrorCode> codes = Collections.synchronizedList(new ArrayList<>());
            Thread late = Thread.ofPlatform()
                    .start(() -> codes.add(catchThrowableOfType(StoreException.class, () -> save(writes, "late"))
                            .code()));
            while (late.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            late.interrupt();
            late.join();
            assertThat(codes).containsExactly(ErrorCode.TIMEOUT);
            engine.gate.release(1_000);
            for (Future<Saved> one : all) {
                assertThat(one.get().version()).isEqualTo(1);
            }
            assertThat(isVisible("late")).isFalse();
        }
        assertThat(kept).hasSize(30);
    }

    @Test
    void while_the_engine_fails_writes_go_on_until_the_backlog_is_full_and_then_hear_why() {
        engine.failing = true;
        try (JournaledWrites writes = open(SMALL)) {
            int taken = 0;
            StoreException refusal = null;
            while (refusal == null) {
                String id = "id" + taken;
                refusal = catchThrowableOfType(StoreException.class, () -> save(writes, id));
                taken += refusal == null ? 1 : 0;
            }
            assertThat(taken).isGreaterThan(5);
            assertThat(refusal.code()).isEqualTo(ErrorCode.DISK_FULL);
            assertThat(refusal).hasMessageContaining("The shelf is full.");
            engine.failing = false;
            // The applier tries again within a moment; until then writes are refused as before.
            while (catchThrowableOfType(StoreException.class, () -> save(writes, "after")) != null) {
                Thread.onSpinWait();
            }
        }
        assertThat(kept).containsKey(new DocumentKey("notes", "after"));
    }

    @Test
    void a_deletion_of_what_is_selected_sees_all_writes_before_it() {
        engine.gate.drainPermits();
        try (JournaledWrites writes = open(SMALL)) {
            save(writes, "a");
            save(writes, "b");
            assertThat(writes.delete("notes", () -> List.copyOf(engine.ids("notes"))))
                    .isEqualTo(2);
            assertThat(engine.ids("notes")).isEmpty();
            engine.gate.release(1_000);
        }
    }

    @Test
    void a_listener_that_throws_does_not_fail_the_write() {
        ChangeListener broken = changes -> {
            throw new IllegalStateException("on purpose");
        };
        try (JournaledWrites writes = JournaledWrites.open(folder, SMALL, engine, broken, "shelf")) {
            save(writes, "a");
            assertThat(isVisible("a")).isTrue();
        }
    }

    @Test
    void closed_writes_refuse_and_may_be_closed_again() {
        JournaledWrites writes = open(SMALL);
        writes.close();
        writes.close();
        assertThat(catchThrowableOfType(StoreException.class, () -> save(writes, "a"))
                        .code())
                .isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    }
}
