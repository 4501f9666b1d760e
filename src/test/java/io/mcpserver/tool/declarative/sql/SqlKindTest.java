package io.mcpserver.tool.declarative.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.declarative.KindFixture;
import io.mcpserver.tool.declarative.TestConfig;
import io.mcpserver.tool.declarative.TestSurroundings;
import io.mcpserver.tool.offline.OfflineTools;
import io.mcpserver.tool.trial.TestReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sql} tools on the embedded DuckDB: what needs no other program. */
class SqlKindTest {

    private static final String SOURCES = """
            sources:
              sales: {url: "jdbc:duckdb:%1$s/sales.duckdb"}
              ledger: {url: "jdbc:duckdb:%1$s/ledger.duckdb", writable: true}
              gone: {url: "jdbc:duckdb:%1$s/gone.duckdb"}
              strange: {url: "jdbc:oracle:thin:scott/tiger@host"}
              hidden: {url: "${file:not-there}"}
            """;

    @TempDir
    Path folder;

    private TestSurroundings surroundings;

    @BeforeEach
    void makeDatabases() throws Exception {
        for (String name : new String[] {"sales", "ledger"}) {
            try (Connection connection =
                            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve(name + ".duckdb"));
                    Statement statement = connection.createStatement()) {
                statement.execute("create table orders (id int, customer varchar, total decimal(10,2), day date)");
                statement.execute(
                        "insert into orders values (1, 'Ann', 12.50, '2024-01-02'), (2, 'Bob', 7, '2024-03-04')");
            }
        }
        surroundings = TestSurroundings.in(folder).config(config(""));
    }

    @AfterEach
    void close() throws Exception {
        surroundings.close();
    }

    @Test
    void aStatementAnswersColumnsAndRows() {
        KindFixture file = tool(
                "sales", "select id, customer, total, day from orders where day >= ${since}", "since: {type: string}");
        assertThat(file.result("t", "{'since': '2024-02-01'}").toString()).isEqualTo("""
                {"columns":[{"name":"id","type":"INTEGER"},{"name":"customer","type":"VARCHAR"},\
                {"name":"total","type":"DECIMAL(10,2)"},{"name":"day","type":"DATE"}],\
                "rows":[[2,"Bob",7.00,"2024-03-04"]],"truncated":false}""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'x'' or 1=1 --' | string",
                "5 | integer",
                "12345678901 | integer",
                "1.5 | number",
                "true | boolean",
            })
    void valuesComeBackAsTheyWent(String value, String type) {
        KindFixture file = tool("memory", "select ${v} as v", "v: {type: " + type + "}");
        String json = type.equals("string") ? "\"" + value + "\"" : value;
        String arguments =
                "{'v': " + (type.equals("string") ? "\"" + value.replace("'", "\\u0027") + "\"" : value) + "}";
        assertThat(file.result("t", arguments).at("/rows/0/0").toString()).isEqualTo(json);
    }

    @Test
    void listsAndObjectsAreBoundAndRead() {
        KindFixture file = tool(
                "memory",
                "select sum(n) as s, [1, 2] as l, {'a': date '2024-01-02'} as o, ${o}::json as j"
                        + " from (select unnest(${l}) as n)",
                "l: {type: array, items: {type: integer}}, o: {type: object}");
        assertThat(file.result("t", "{'l': [1, 2, 3], 'o': {'b': [1]}}")
                        .at("/rows/0")
                        .toString())
                .isEqualTo("[6,[1,2],{\"a\":\"2024-01-02\"},{\"b\":[1]}]");
    }

    @Test
    void anInputThatWasNotGivenIsNull() {
        KindFixture file = tool("memory", "select ${v} is null as n", "v: {type: string, required: false}");
        assertThat(file.result("t", "{}").at("/rows/0/0").booleanValue()).isTrue();
    }

    @Test
    void rowsMayBeObjects() {
        KindFixture file = load(yaml("sales", "select id, customer from orders order by id", "", "rows: objects"));
        assertThat(file.result("t", "{}").toString()).isEqualTo("""
                {"rows":[{"id":1,"customer":"Ann"},{"id":2,"customer":"Bob"}],"truncated":false}""");
    }

    @Test
    void twoColumnsOfOneNameCannotBeMembersOfAnObject() {
        KindFixture file = load(yaml("memory", "select 1 as a, 2 as a", "", "rows: objects"));
        assertThat(file.failure("t", "{}")).hasMessageContaining("Two columns are called a");
    }

    @Test
    void rowsBeyondTheMostAreCutAndToldOf() {
        KindFixture file = load(yaml("memory", "select * from range(10)", "", "max_rows: 3"));
        assertThat(file.result("t", "{}").path("rows")).hasSize(3);
        assertThat(file.result("t", "{}").path("truncated").booleanValue()).isTrue();
        assertThat(file.result("t", "{}").path("note").asText()).contains("max_rows");
    }

    @Test
    void rowsAreCutWhereTheResultWouldBeTooLarge() {
        surroundings.config(config("tools: {max_result_bytes: 10000}\n"));
        KindFixture file = tool("memory", "select repeat('x', 1000) from range(100)", "");
        assertThat(file.result("t", "{}").path("rows")).hasSizeBetween(2, 5);
        assertThat(file.result("t", "{}").path("note").asText()).contains("tools.max_result_bytes (10,000)");
    }

    @Test
    void oneRowThatIsTooLargeIsRefused() {
        surroundings.config(config("tools: {max_result_bytes: 10000}\n"));
        KindFixture file = tool("memory", "select repeat('x', 100000)", "");
        assertThat(file.failure("t", "{}").code()).isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void aStatementThatNeedsTooMuchMemoryIsStopped() {
        KindFixture file = tool("memory", "select list(i) from range(2000000000) r(i)", "");
        assertThat(file.failure("t", "{}").code()).isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void aStatementThatTakesTooLongIsStoppedAndTheNextOneRuns() {
        surroundings.config(config("performance: {request_timeout: 1}\ndatabase: {pool_size: 1}\n"));
        KindFixture file =
                tool("memory", "select count(*) from range(${n}) a(i) where i % 7 = 3", "n: {type: integer}");
        assertThat(file.failure("t", "{'n': 100000000000}").code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(file.result("t", "{'n': 7}").at("/rows/0/0").intValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with w as (insert into orders values (3, 'x', 1, null) returning id) select * from w",
                "with w as (delete from orders returning id) select * from w",
                "explain analyze delete from orders",
                "select * from read_csv('/etc/passwd')",
                "select * from read_text('/etc/passwd')",
                "select * from glob('/etc/*')",
                "from '/etc/passwd'",
                "select * from sniff_csv('/etc/passwd')",
                "select getenv('HOME')",
                "select * from query('drop table orders')"
            })
    void nothingIsWrittenAndNoFileIsRead(String statement) {
        for (String source : new String[] {"sales", "ledger"}) {
            assertThat(tool(source, statement, "").failure("t", "{}").code())
                    .isIn(ErrorCode.UNSUPPORTED, ErrorCode.INVALID_ARGUMENT);
            assertThat(tool(source, "select count(*) from orders", "")
                            .result("t", "{}")
                            .at("/rows/0/0")
                            .intValue())
                    .isEqualTo(2);
        }
    }

    @Test
    void aToolWritesWhereItSaysSoAndTheSourceAllowsIt() {
        KindFixture file =
                load(yaml("ledger", "update orders set total = total + ${by}", "by: {type: number}", "write: true"));
        assertThat(file.result("t", "{'by': 1}").path("updated").intValue()).isEqualTo(2);
        assertThat(file.tool("t").hints().readOnly()).isFalse();
        assertThat(tool("ledger", "select sum(total) from orders", "")
                        .result("t", "{}")
                        .at("/rows/0/0")
                        .decimalValue())
                .isEqualByComparingTo("21.5");
    }

    @Test
    void aReadingToolSaysThatItOnlyReads() {
        assertThat(tool("sales", "select 1", "").tool("t").hints().readOnly()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nowhere | select 1 | '' | must be a name under sources: in the configuration, or memory; there are gone, hidden, ledger, memory, sales, strange",
                "strange | select 1 | '' | has an address that begins with jdbc:oracle:, for which this server has no driver",
                "sales | delete from orders | write: true | set sources.sales.writable to true",
                "sales | delete from orders | '' | say write: true",
                "sales | select '${a}' | '' | ${a} stands inside quotes",
                "sales | select ${env.HOME} | '' | cannot stand here",
                "sales | select 1; select 2 | '' | is more than one statement",
                "sales | select ${b} | '' | ${b} is no input",
                "sales | select 1 | max_rows: 100001 | 100000",
                "sales | select 1 | rows: tables | rows"
            })
    void whatCannotWorkIsToldWhenTheFileIsRead(String source, String statement, String more, String expected) {
        KindFixture file = load(yaml(source, statement, "a: {type: string}", more));
        assertThat(file.faults())
                .singleElement()
                .asString()
                .contains("tools.yaml:")
                .contains(expected);
    }

    @Test
    void aDatabaseThatIsNotThereIsAFailureWithoutItsAddress() {
        assertThat(tool("gone", "select 1", "").failure("t", "{}"))
                .hasMessageContaining("The database of the source gone cannot be used")
                .hasMessageNotContaining(folder.toString())
                .extracting("code")
                .isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    }

    @Test
    void anAddressWhoseSecretIsMissingIsAFailureThatNamesTheReference() {
        assertThat(tool("hidden", "select 1", "").failure("t", "{}")).hasMessageContaining("sources.hidden.url");
    }

    @Test
    void aStatementThatTheDatabaseDoesNotTakeIsToldInItsWords() {
        assertThat(tool("sales", "select nope from orders", "").failure("t", "{}"))
                .hasMessageContaining("nope")
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void aCallDoesNotSeeWhatAnotherLeftInItsSession() {
        KindFixture writes = load(yaml("ledger", "create temp table mine as select 1", "", "write: true"));
        writes.result("t", "{}");
        assertThat(tool("ledger", "select * from mine", "").failure("t", "{}")).hasMessageContaining("mine");
    }

    @Test
    void aSourceThatTheConfigurationDescribesOtherwiseIsOpenedAnew() throws Exception {
        KindFixture file = tool("sales", "select count(*) from orders", "");
        assertThat(file.result("t", "{}").at("/rows/0/0").intValue()).isEqualTo(2);
        Files.writeString(folder.resolve("other"), "jdbc:duckdb:");
        surroundings.config(TestConfig.of(folder, "sources: {sales: {url: \"${file:other}\"}}"));
        assertThat(file.failure("t", "{}")).hasMessageContaining("orders");
    }

    @Test
    void whatATestOfAFileWouldWriteIsUndone() throws Exception {
        String yaml = yaml("ledger", "delete from orders", "", "write: true") + """
                    tests:
                      - {name: deletes, expect: {subset: {updated: 2}}}
                """;
        Path file = Files.writeString(folder.resolve("t.yaml"), yaml);
        try (OfflineTools offline = new OfflineTools(surroundings.config())) {
            assertThat(offline.read(List.of(file)).getFirst().test())
                    .singleElement()
                    .matches(TestReport::passed);
        }
        assertThat(tool("ledger", "select count(*) from orders", "")
                        .result("t", "{}")
                        .at("/rows/0/0")
                        .intValue())
                .isEqualTo(2);
    }

    private ServerConfig config(String more) {
        return TestConfig.of(folder, more + SOURCES.formatted(folder));
    }

    private KindFixture tool(String source, String statement, String inputs) {
        KindFixture file = load(yaml(source, statement, inputs, ""));
        assertThat(file.faults()).isEmpty();
        return file;
    }

    private KindFixture load(String yaml) {
        return KindFixture.load(yaml, surroundings);
    }

    private static String yaml(String source, String statement, String inputs, String more) {
        return """
                tools:
                  - name: t
                    description: A tool of a test.
                    input: {%s}
                    sql:
                      source: %s
                      statement: |-
                        %s
                      %s
                """.formatted(inputs, source, statement, more);
    }
}
