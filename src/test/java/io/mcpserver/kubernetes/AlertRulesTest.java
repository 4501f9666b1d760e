package io.mcpserver.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus takes the alert rules and the dashboard's queries, and each alert fires when it should. */
@Tag("system")
class AlertRulesTest {

    private static final Path CASES = Path.of("src/test/resources/kubernetes/alerts-cases.yaml");

    private static final Pattern CODES = Pattern.compile("code=~?\"([^\"]+)\"");

    @TempDir
    Path folder;

    private final AlertRules alerts = AlertRules.read();

    @BeforeEach
    void write() throws IOException {
        alerts.write(folder.resolve("alerts.yaml"));
        Files.copy(CASES, folder.resolve("cases.yaml"));
    }

    @Test
    void theRulesAreWellFormed() {
        assertThat(promtool(
                        "check",
                        "rules",
                        "--lint-fatal",
                        folder.resolve("alerts.yaml").toString()))
                .contains("SUCCESS: " + alerts.rules().size() + " rules found");
    }

    @Test
    void eachAlertFiresWhenItShouldAndOnlyThen() throws IOException {
        assertThat(promtool("test", "rules", folder.resolve("cases.yaml").toString()))
                .contains("SUCCESS");
        String cases = Files.readString(CASES);
        assertThat(alerts.rules())
                .extracting(rule -> rule.getAlert())
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(cases)
                        .contains("alertname: " + name + "}")
                        .containsPattern("alertname=\"" + name + "\"|alertname: " + name + "\n +exp_alerts"));
    }

    @Test
    void eachAlertSaysHowBadItIsAndWhatToDo() {
        assertThat(alerts.rules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.getLabels().get("severity")).isIn("warning", "critical");
            assertThat(rule.getAnnotations()).containsOnlyKeys("summary", "description");
        });
    }

    @Test
    void theCodesOfFailedCallsAreThoseOfTheProgram() {
        List<String> codes = alerts.queries().stream()
                .flatMap(query -> CODES.matcher(query.text()).results())
                .flatMap(found -> Stream.of(found.group(1).split("\\|")))
                .toList();
        assertThat(codes).isNotEmpty().allSatisfy(code -> assertThat(ErrorCode.valueOf(code))
                .isNotNull());
    }

    @Test
    void theQueriesOfTheDashboardAreWellFormed() throws IOException {
        List<Query> queries = Dashboard.read().queries();
        String rules = IntStream.range(0, queries.size())
                .mapToObj(i -> "  - {record: 'query:" + i + "', expr: '"
                        + queries.get(i).text() + "'}\n")
                .collect(Collectors.joining("", "groups:\n- name: dashboard\n  rules:\n", ""));
        Path file = Files.writeString(folder.resolve("dashboard.yaml"), rules);

        assertThat(promtool("check", "rules", file.toString())).contains("SUCCESS: " + queries.size() + " rules found");
    }

    private static String promtool(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "promtool";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return SystemProgram.run(command).orFail();
    }
}
