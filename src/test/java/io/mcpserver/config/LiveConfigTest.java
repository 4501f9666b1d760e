package io.mcpserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveConfigTest {

    @TempDir
    Path folder;

    private LiveConfig live;
    private ServerConfig other;

    @BeforeEach
    void twoConfigurations() {
        live = new LiveConfig(ConfigLoaderTest.load(folder).valid().orElseThrow());
        other = ConfigLoaderTest.load(folder).valid().orElseThrow();
    }

    @Test
    void whatIsDerivedIsMadeOnceForEachConfiguration() {
        List<ServerConfig> made = new ArrayList<>();
        Supplier<Integer> derived = live.derived(config -> {
            made.add(config);
            return made.size();
        });

        assertThat(derived.get()).isEqualTo(derived.get()).isEqualTo(1);
        assertThat(live.replace(other)).isEqualTo(2);
        assertThat(derived.get()).isEqualTo(derived.get()).isEqualTo(2);
        assertThat(made.getLast()).isSameAs(other);
    }

    @Test
    void everyListenerIsToldThoughOneFails() {
        List<ServerConfig> told = new ArrayList<>();
        live.onChange((before, after) -> {
            throw new IllegalStateException("first");
        });
        live.onChange((before, after) -> told.add(after));

        assertThatThrownBy(() -> live.replace(other)).hasMessage("first");

        assertThat(told).containsExactly(other);
        assertThat(live.now()).isSameAs(other);
        assertThat(live.generation()).isEqualTo(2);
    }

    @Test
    void everyListenerIsToldThoughAClassOfOneIsMissing() {
        List<ServerConfig> told = new ArrayList<>();
        live.onChange((before, after) -> {
            throw new NoClassDefFoundError("gone");
        });
        live.onChange((before, after) -> {
            throw new StackOverflowError();
        });
        live.onChange((before, after) -> told.add(after));

        assertThatThrownBy(() -> live.replace(other))
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(NoClassDefFoundError.class);

        assertThat(told).containsExactly(other);
    }

    @Test
    void aCompanionIsReplacedByItselfOrInOneMomentWithTheConfiguration() {
        LiveConfig.Companion<String> tools = live.companion("a");
        LiveConfig.Companion<String> alone = LiveConfig.Companion.alone("by itself");
        LiveConfig.Generation first = live.current();
        tools.replace("b");
        assertThat(live.generation()).isEqualTo(1);
        LiveConfig.Generation before = live.current();

        live.replace(other, List.of(tools.next("c")));

        assertThat(tools.in(first)).isEqualTo("a");
        assertThat(tools.in(before)).isEqualTo("b");
        assertThat(tools.now()).isEqualTo("c").isEqualTo(tools.in(live.current()));
        assertThat(live.current().config()).isSameAs(other);
        live.replace(before.config());
        assertThat(tools.now()).as("another configuration alone leaves it").isEqualTo("c");
        assertThat(alone.in(live.current())).isEqualTo("by itself");
    }
}
