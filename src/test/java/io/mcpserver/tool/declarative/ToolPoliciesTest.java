package io.mcpserver.tool.declarative;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.tool.Icon;
import io.mcpserver.tool.ToolPolicy.Rate;
import io.mcpserver.tool.ToolSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a tool file says of its tools besides what they do. */
class ToolPoliciesTest {

    @TempDir
    Path folder;

    @Test
    void whatAFileSaysIsWhatTheGuardObeysAndClientsAreTold() {
        ToolSpec tool = load("""
                tools:
                  - name: greet
                    title: Greeting
                    description: Greets.
                    icons: [{src: "https://example.com/a.png", mime_type: image/png, sizes: [48x48, 96x96]}]
                    timeout: 7
                    rate: 3/minute
                    scope: greetings
                    groups: [care, night]
                    confirm: true
                    cache: {ttl: 60}
                    annotations: {open_world: false}
                    text: Hello
                """).tool("greet");

        assertThat(tool.title()).isEqualTo("Greeting");
        assertThat(tool.icons())
                .containsExactly(
                        new Icon("https://example.com/a.png", Optional.of("image/png"), List.of("48x48", "96x96")));
        assertThat(tool.policy().timeout()).contains(Duration.ofSeconds(7));
        assertThat(tool.policy().rate()).contains(new Rate(3, Duration.ofMinutes(1)));
        assertThat(tool.policy().scope()).contains("greetings");
        assertThat(tool.policy().groups()).isEqualTo(Set.of("care", "night"));
        assertThat(tool.policy().confirm()).isTrue();
        assertThat(tool.policy().cache().orElseThrow().ttl()).contains(Duration.ofMinutes(1));
        assertThat(tool.hints().openWorld()).isFalse();
    }

    @Test
    void whatAFileDoesNotSayIsNotDemanded() {
        ToolSpec tool = load("tools: [{name: greet, description: Greets., text: Hello}]")
                .tool("greet");

        assertThat(tool.icons()).isEmpty();
        assertThat(tool.policy().timeout()).isEmpty();
        assertThat(tool.policy().rate()).isEmpty();
        assertThat(tool.policy().scope()).isEmpty();
        assertThat(tool.policy().groups()).isEmpty();
        assertThat(tool.policy().confirm()).isFalse();
        assertThat(tool.policy().cache()).isEmpty();
    }

    private KindFixture load(String yaml) {
        KindFixture file = KindFixture.load(yaml, TestSurroundings.in(folder));
        assertThat(file.faults()).isEmpty();
        return file;
    }
}
