package io.mcpserver.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dashboard has the form that Grafana expects; MonitoringIT asks its queries. */
class DashboardTest {

    private static final int WIDTH = 24;
    private static final Pattern LEGEND_LABEL = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");

    private Dashboard dashboard;

    @BeforeEach
    void read() throws IOException {
        dashboard = Dashboard.read();
    }

    @Test
    void itHasWhatGrafanaReadsFirst() {
        assertThat(dashboard.json().path("uid").asText()).isEqualTo("mcp-server");
        assertThat(dashboard.json().path("title").asText()).isEqualTo("mcp-server");
        assertThat(dashboard.json().path("schemaVersion").asInt()).isBetween(36, 41);
        assertThat(dashboard.json().has("id"))
                .as("an id is given by each Grafana")
                .isFalse();
    }

    @Test
    void panelsHaveNumbersTitlesAndTypesOfTheirOwn() {
        assertThat(dashboard.panels()).hasSizeGreaterThan(20);
        assertThat(dashboard.panels())
                .extracting(panel -> panel.path("id").asInt())
                .doesNotHaveDuplicates()
                .allMatch(id -> id > 0);
        assertThat(dashboard.panels())
                .extracting(panel ->
                        panel.path("type").asText() + " " + panel.path("title").asText())
                .doesNotHaveDuplicates()
                .noneMatch(title -> title.endsWith(" "));
        assertThat(dashboard.panels())
                .extracting(panel -> panel.path("type").asText())
                .containsOnly("row", "stat", "timeseries", "heatmap");
    }

    @Test
    void panelsLieSideBySideWithinTheWidth() {
        Set<List<Integer>> taken = new HashSet<>();
        for (JsonNode panel : dashboard.panels()) {
            JsonNode place = panel.path("gridPos");
            int left = place.path("x").asInt(-1);
            int top = place.path("y").asInt(-1);
            int right = left + place.path("w").asInt();
            int bottom = top + place.path("h").asInt();
            assertThat(left).isBetween(0, right - 1);
            assertThat(right).isLessThanOrEqualTo(WIDTH);
            assertThat(top).isBetween(0, bottom - 1);
            for (int x = left; x < right; x++) {
                for (int y = top; y < bottom; y++) {
                    assertThat(taken.add(List.of(x, y)))
                            .as("%s lies on another panel", panel.path("title"))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void everyPanelAsksTheDataSourceThatIsChosen() {
        assertThat(dashboard.variables().getFirst().path("name").asText()).isEqualTo("datasource");
        assertThat(dashboard.variables().getFirst().path("type").asText()).isEqualTo("datasource");
        assertThat(dashboard.variables().getFirst().path("query").asText()).isEqualTo("prometheus");
        for (JsonNode panel : dashboard.panels()) {
            if (panel.path("type").asText().equals("row")) {
                continue;
            }
            assertThat(Stream.concat(Stream.of(panel), Dashboard.list(panel.path("targets")).stream()))
                    .as(panel.path("title").asText())
                    .hasSizeGreaterThan(1)
                    .allSatisfy(part -> {
                        assertThat(part.path("datasource").path("type").asText())
                                .isEqualTo("prometheus");
                        assertThat(part.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
                    });
            assertThat(Dashboard.list(panel.path("targets")))
                    .extracting(target -> target.path("refId").asText())
                    .doesNotHaveDuplicates()
                    .doesNotContain("");
            assertThat(panel.path("fieldConfig").path("defaults").path("unit").isTextual()
                            || panel.path("type").asText().equals("heatmap"))
                    .as("%s has a unit", panel.path("title"))
                    .isTrue();
        }
    }

    @Test
    void everyQueryKeepsToTheServersThatAreChosen() {
        assertThat(dashboard.variables())
                .extracting(variable -> variable.path("name").asText())
                .containsExactly("datasource", "job", "namespace", "instance");
        for (JsonNode panel : dashboard.panels()) {
            for (JsonNode target : panel.path("targets")) {
                String expression = target.path("expr").asText();
                long selectors = expression.chars().filter(c -> c == '{').count();
                assertThat(expression.split(
                                "job=\"\\$job\", namespace=~\"\\$namespace\", instance=~\"\\$instance\"", -1))
                        .as(expression)
                        .hasSize((int) selectors + 1)
                        .hasSizeGreaterThan(1);
            }
        }
    }

    @Test
    void legendsNameLabelsThatTheirQueriesKeep() {
        for (JsonNode panel : dashboard.panels()) {
            for (JsonNode target : panel.path("targets")) {
                Set<String> kept = new HashSet<>();
                GROUPING.matcher(target.path("expr").asText())
                        .results()
                        .flatMap(found -> Stream.of(found.group(1).split(", ")))
                        .forEach(kept::add);
                assertThat(LEGEND_LABEL
                                .matcher(target.path("legendFormat").asText())
                                .results()
                                .map((MatchResult found) -> found.group(1)))
                        .as(panel.path("title").asText())
                        .allMatch(kept::contains);
            }
        }
    }
}
