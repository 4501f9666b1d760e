package io.mcpserver.tool.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.Problem;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.declarative.KindFixture;
import io.mcpserver.tool.declarative.TestConfig;
import io.mcpserver.tool.declarative.TestSurroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a driver is told before a tool is called, where it can be. */
class SourceCheckTest {

    @TempDir
    Path folder;

    @BeforeEach
    void makeJars() throws IOException {
        TestDrivers.tooNew(folder);
        TestDrivers.empty(folder);
        TestDrivers.absent(folder);
        Files.createDirectory(folder.resolve("nothing"));
        Files.writeString(folder.resolve("text.jar"), "hello");
        Files.copy(TestDrivers.H2, folder.resolve("h2.jar"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none.jar | does not exist: ",
                "nothing | is a folder without a .jar: ",
                "text.jar | is no jar: ",
                "empty.jar | holds no JDBC driver, which META-INF/services/java.sql.Driver would name: ",
                "absent.jar | names a driver com.example.Gone that is not in it: ",
                "later.jar | needs Java 99, and this server runs on Java "
            })
    void aDriverThatCannotBeOneIsAFaultOfTheConfigurationAndOfTheToolFile(String driver, String said) {
        String config = "sources: {shop: {url: \"jdbc:h2:mem:\", driver: " + driver + "}}";
        assertThat(problems(config))
                .singleElement()
                .asString()
                .startsWith("config.yaml: sources.shop.driver: " + said)
                .endsWith(folder.resolve(driver).toString());
        assertThat(tool(config).faults()).singleElement().asString().contains("has a driver that " + said);
    }

    @Test
    void aDriverThatDoesNotTakeTheAddressIsFoundByAskingIt() throws Exception {
        String config = "sources: {shop: {url: \"jdbc:oracle:thin:scott/tiger@host\", driver: h2.jar}}";
        assertThat(problems(config))
                .containsExactly(
                        "config.yaml: sources.shop.driver: takes no address that begins with \"jdbc:oracle:\": "
                                + folder.resolve("h2.jar"));
        try (TestSurroundings surroundings = TestSurroundings.in(folder).config(TestConfig.of(folder, config))) {
            CodedException failure = tool(surroundings).failure("t", "{}");
            assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED);
            assertThat(failure)
                    .hasMessageContaining("sources.shop.driver")
                    .hasMessageNotContaining("tiger")
                    .hasMessageNotContaining(folder.toString());
        }
    }

    @Test
    void anAddressThatNeedsADriverSaysSo() {
        assertThat(problems("sources: {shop: {url: \"jdbc:h2:mem:\"}}"))
                .singleElement()
                .asString()
                .startsWith("config.yaml: sources.shop.url: has an address that begins with jdbc:h2:, for which this"
                        + " server has no driver")
                .endsWith("takes the jar of any other, as sources.shop.driver");
    }

    @Test
    void aDriverThatIsNotNeededIsAFault() {
        String config = "sources: {shop: {url: \"jdbc:duckdb:\", driver: h2.jar}}";
        assertThat(problems(config))
                .containsExactly("config.yaml: sources.shop.driver: is not needed for jdbc:duckdb:, whose driver this"
                        + " server brings; leave it out");
    }

    @Test
    void whatIsRightIsNoFaultAndASecretThatIsNotHereNeither() {
        assertThat(problems("""
                sources:
                  shop: {url: "jdbc:h2:mem:", driver: h2.jar}
                  sales: {url: "jdbc:postgresql://localhost/sales"}
                  hidden: {url: "${file:not-there}", driver: h2.jar}
                  other: {url: "${file:not-there}"}
                """)).isEmpty();
    }

    private List<String> problems(String config) {
        return SourceCheck.problems(TestConfig.of(folder, config), "config.yaml").stream()
                .map(Problem::render)
                .toList();
    }

    private KindFixture tool(String config) {
        return tool(TestSurroundings.in(folder).config(TestConfig.of(folder, config)));
    }

    private static KindFixture tool(TestSurroundings surroundings) {
        return KindFixture.load("""
                tools:
                  - name: t
                    description: A tool of a test.
                    input: {}
                    sql: {source: shop, statement: select 1}
                """, surroundings);
    }
}
