package io.mcpserver.config.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.ConfigLoader;
import io.mcpserver.config.ConfigRequest;
import io.mcpserver.config.ConfigSchema;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RacingReloadsTest {

    private static final int ROUNDS = 200;

    @TempDir
    Path folder;

    @Test
    void whoeverReloadsAtOnceOneWholeConfigurationIsInForceAndTheGenerationGrows() throws Exception {
        write(0);
        ConfigRequest request = new ConfigRequest(Optional.empty(), List.of(), Map.of(), folder, folder);
        LoadedConfig atStart = new ConfigLoader(ConfigSchema.load()).load(request);
        LiveConfig live = new LiveConfig(atStart.valid().orElseThrow());
        Reloader reloader = new Reloader(live, request, atStart, false, List.of());
        ConcurrentLinkedQueue<Reload> ended = new ConcurrentLinkedQueue<>();
        reloader.onEnd(ended::add);
        AtomicBoolean over = new AtomicBoolean();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> broken = threads.submit(() -> brokenOnes(live, over));
            for (int round = 1; round <= ROUNDS; round++) {
                atOnce(threads, reloader, round);
            }
            over.set(true);
            assertThat(broken.get()).isZero();
        }

        assertThat(live.now().transport().allowedHosts()).containsExactly(host(ROUNDS));
        assertThat(ended).hasSize(3 * ROUNDS).noneMatch(reload -> reload.outcome() == ReloadOutcome.REFUSED);
        assertThat(ended.stream().map(Reload::generation)).isSorted();
        assertThat(ended.stream().filter(reload -> reload.outcome() == ReloadOutcome.APPLIED))
                .extracting(Reload::generation)
                .containsExactlyElementsOf(IntStream.rangeClosed(2, ROUNDS + 1)
                        .mapToObj(Long::valueOf)
                        .toList());
    }

    /** Three reloads and the change of the file itself; then the file is in force. */
    private void atOnce(ExecutorService threads, Reloader reloader, int round) throws Exception {
        CyclicBarrier together = new CyclicBarrier(3);
        List<Future<?>> running = new ArrayList<>();
        for (ReloadTrigger trigger : List.of(ReloadTrigger.SIGNAL, ReloadTrigger.HTTP, ReloadTrigger.FILE)) {
            running.add(threads.submit(() -> {
                together.await();
                if (trigger == ReloadTrigger.FILE) {
                    write(round);
                }
                return reloader.reload(trigger);
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
    }

    /** Looks at what is in force, again and again; how often that was no whole configuration, or an older one. */
    private static int brokenOnes(LiveConfig live, AtomicBoolean over) {
        int broken = 0;
        long generation = 0;
        while (!over.get()) {
            long next = live.generation();
            ServerConfig now = live.now();
            long seconds = now.performance().requestTimeout().toSeconds();
            boolean whole = now.transport().allowedHosts().equals(List.of(host((int) seconds - 1)));
            broken += whole && next >= generation ? 0 : 1;
            generation = next;
            Thread.onSpinWait();
        }
        return broken;
    }

    private void write(int number) throws IOException {
        Path next = Files.writeString(
                folder.resolve("next.yaml"),
                "transport: {allowed_hosts: [%s]}\nperformance: {request_timeout: %d}\n"
                        .formatted(host(number), number + 1));
        Files.move(next, folder.resolve("config.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String host(int number) {
        return "h" + number + ".example";
    }
}
