package io.mcpserver.tool.declarative.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.declarative.KindFixture;
import io.mcpserver.tool.declarative.TestConfig;
import io.mcpserver.tool.declarative.TestSurroundings;
import io.mcpserver.tool.offline.OfflineTools;
import io.mcpserver.tool.source.TestDrivers;
import io.mcpserver.tool.trial.TestReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sql} tools on a database that the program knows nothing of, by a driver that lies beside it. */
class H2ToolTest {

    private static final String SLOW = "select count(*) from system_range(1, 1000000000000) where mod(x, 7) = ${v}";

    @TempDir
    static Path folder;

    private static String shop;
    private static String ledger;
    private static TestSurroundings surroundings;

    @BeforeAll
    static void makeDatabases() throws Exception {
        shop = "jdbc:h2:" + folder.resolve("shop");
        ledger = "jdbc:h2:" + folder.resolve("ledger");
        for (String url : new String[] {shop, ledger}) {
            TestDrivers.execute(
                    TestDrivers.H2,
                    url,
                    "create table orders (id int primary key, customer varchar, total decimal(10,2), \"day\" date)",
                    "insert into orders values (1, 'Ann', 12.50, '2024-01-02'), (2, 'Bob', 7, '2024-03-04')");
        }
        surroundings = TestSurroundings.in(folder);
    }

    @AfterAll
    static void close() throws Exception {
        surroundings.close();
    }

    @BeforeEach
    void configure() {
        configure("", false);
    }

    @Test
    void aStatementAnswersColumnsAndRows() {
        assertThat(tool(
                                "select id, customer, total, \"day\" from orders where \"day\" >= ${since}",
                                "since: {type: string}")
                        .result("t", "{'since': '2024-02-01'}")
                        .toString())
                .isEqualTo("""
                {"columns":[{"name":"ID","type":"INTEGER"},{"name":"CUSTOMER","type":"CHARACTER VARYING"},\
                {"name":"TOTAL","type":"DECIMAL"},{"name":"day","type":"DATE"}],\
                "rows":[[2,"Bob",7.00,"2024-03-04"]],"truncated":false}""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select id from orders where customer = ${v} | string | 'Ann' | [[1]]",
                "select id from orders where id = ${v} | integer | 2 | [[2]]",
                "select id from orders where total > ${v} | number | 7.01 | [[1]]",
                "select id from orders where total = ${v} | number | 12.5 | [[1]]",
                "select id from orders where (total > 10) = ${v} | boolean | true | [[1]]",
                "select id from orders where array_contains(cast(${v} as int array), id) | array | [2, 3] | [[2]]",
                "select count(*) from orders where array_contains(cast(${v} as varchar array), customer) | array | [] | [[0]]",
                "select id from orders where array_contains(cast(${v} as varchar array), customer) | array | ['Ann', 'o}, {'] | [[1]]",
                "select ${v} format json | object | {'vip': true} | [[{'vip':true}]]",
                "select cast(${v} as bigint) | integer | 12345678901 | [[12345678901]]",
                "select cast(${v} as varchar) | string | 'x' | [['x']]"
            })
    void valuesOfEachTypeAreBound(String statement, String type, String value, String rows) {
        assertThat(tool(statement, "v: {type: " + type + "}")
                        .result("t", "{'v': " + value + "}")
                        .path("rows")
                        .toString())
                .isEqualTo(rows.replace('\'', '"'));
    }

    @Test
    void anInputThatWasNotGivenIsNull() {
        KindFixture file = tool(
                "select count(*) from orders where customer = ${v} or ${v} is null",
                "v: {type: string, required: false}");
        assertThat(file.result("t", "{}").at("/rows/0/0").intValue()).isEqualTo(2);
    }

    @Test
    void columnsOfEachTypeBecomeJson() {
        KindFixture file = tool("""
                select cast(1 as bigint), 1.50, cast(1.5 as double), cast('NaN' as double), true, null, date '2024-01-02', \
                timestamp '2024-01-02 03:04:00', timestamp with time zone '2024-01-02 03:04:00+01', \
                time '03:04:05', interval '1' day, x'00ff', array[1, null], array[array['a'], array['b']], \
                json '{"a": [1]}', uuid '00000000-0000-0000-0000-000000000001', cast('text' as clob), \
                cast(x'00ff' as blob), row(1, 'a'), cast(1e10 as decfloat), cast(x'aced0005740001' as java_object)""", "");
        assertThat(file.result("t", "{}").at("/rows/0").toString()).isEqualTo("""
                [1,1.50,1.5,"NaN",true,null,"2024-01-02","2024-01-02T03:04:00","2024-01-02T03:04:00+01:00",\
                "03:04:05","INTERVAL '1' DAY","AP8=",[1,null],[["a"],["b"]],{"a":[1]},\
                "00000000-0000-0000-0000-000000000001","text","AP8=","ROW (1, a)",1E+10,"rO0ABXQAAQ=="]""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' or '1'='1",
                "'; drop table orders; --",
                "\\'; delete from orders; --",
                "?1",
                "?",
                "{fn now()}",
                "${v}",
                "Ann'--",
                "/*",
                "' union select 1 --",
                "😀"
            })
    void whatLooksLikeAStatementStaysData(String attempt) {
        KindFixture file = tool(
                "select cast(${v} as varchar) as v, (select count(*) from orders where customer = ${v}) as n",
                "v: {type: string}");
        String json = "\"" + attempt.replace("\\", "\\\\").replace("'", "\\u0027") + "\"";
        assertThat(file.result("t", "{'v': " + json + "}").at("/rows/0/0").asText())
                .isEqualTo(attempt);
        assertThat(file.result("t", "{'v': " + json + "}").at("/rows/0/1").intValue())
                .isZero();
        assertThat(tool("select count(*) from orders", "")
                        .result("t", "{}")
                        .at("/rows/0/0")
                        .intValue())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from final table (delete from orders)",
                "select * from final table (insert into orders (id) values (9))",
                "with w as (select 1) select * from old table (update orders set total = 0)",
                "explain analyze delete from orders"
            })
    void whatAReadingStatementChangesIsUndone(String statement) throws Exception {
        for (boolean writable : new boolean[] {false, true}) {
            configure("", writable);
            tool(statement, "").call("t", "{}", ToolCaller.ANYBODY);
            assertThat(tool("select sum(total) from orders", "")
                            .result("t", "{}")
                            .at("/rows/0/0")
                            .decimalValue())
                    .isEqualByComparingTo("19.5");
        }
        assertThat(inTheDatabase(shop, "select sum(total) * 10 + count(*) from orders"))
                .isEqualTo(197);
    }

    @Test
    void severalStatementsAreNotRun() {
        assertThat(load("shop", "select 1; delete from orders", "", "").faults())
                .singleElement()
                .asString()
                .contains("is more than one statement");
    }

    @Test
    void aToolWritesWhereItSaysSoAndTheSourceAllowsIt() throws Exception {
        KindFixture file = load(
                "ledger",
                "update orders set total = total + ${by} where id = ${id}",
                "by: {type: number}, id: {type: integer}",
                "write: true");
        assertThat(file.result("t", "{'by': 1.25, 'id': 2}").path("updated").intValue())
                .isEqualTo(1);
        assertThat(load("ledger", "insert into orders (id) values (1)", "", "write: true")
                        .failure("t", "{}"))
                .hasMessageContaining("Unique index or primary key violation")
                .hasMessageNotContaining("insert into")
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(inTheDatabase(ledger, "select total * 100 from orders where id = 2"))
                .isEqualTo(825);
    }

    @Test
    void aTransactionEndsWithItsCall() {
        configure("database: {pool_size: 2}\n", false);
        load("ledger", "select id from orders where id = 1 for update", "", "").result("t", "{}");
        load("ledger", "update orders set total = 1 where id = 1", "", "write: true")
                .result("t", "{}");
        assertThat(load("ledger", "update orders set total = 2 where id = 1", "", "write: true")
                        .result("t", "{}")
                        .path("updated")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void whatATestOfAFileWouldWriteIsUndone() throws Exception {
        configure("", true);
        String yaml = yaml("shop", "delete from orders", "", "write: true") + """
                    tests:
                      - {name: deletes, expect: {subset: {updated: 2}}}
                """;
        Path file = Files.writeString(folder.resolve("t.yaml"), yaml);
        try (OfflineTools offline = new OfflineTools(surroundings.config())) {
            assertThat(offline.read(List.of(file)).getFirst().test())
                    .singleElement()
                    .matches(TestReport::passed);
        }
        assertThat(inTheDatabase(shop, "select count(*) from orders")).isEqualTo(2);
    }

    @Test
    void rowsBeyondTheMostAreCutAndToldOf() {
        KindFixture file = load("shop", "select x from system_range(1, 1000000000)", "", "max_rows: 5");
        assertThat(file.result("t", "{}").path("rows").toString()).isEqualTo("[[1],[2],[3],[4],[5]]");
        assertThat(file.result("t", "{}").path("note").asText()).contains("max_rows");
    }

    @Test
    void rowsAreCutWhereTheResultWouldBeTooLarge() {
        configure("tools: {max_result_bytes: 10000}\n", false);
        KindFixture file = tool("select repeat('x', 1000) from system_range(1, 100)", "");
        assertThat(file.result("t", "{}").path("rows")).hasSizeBetween(2, 5);
        assertThat(file.result("t", "{}").path("note").asText()).contains("tools.max_result_bytes (10,000)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select cast(repeat('x', 300000) as clob)",
                "select cast(repeat('00', 300000) as blob)",
                "select repeat('x', 200000)"
            })
    void aValueThatIsTooLargeIsRefused(String statement) {
        assertThat(tool(statement, "").failure("t", "{}").code()).isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void aStatementThatTakesTooLongIsStoppedAndItsConnectionIsFreeAgain() {
        configure("performance: {request_timeout: 1}\ndatabase: {pool_size: 1, max_overflow: 0}\n", false);
        assertThat(tool(SLOW, "v: {type: integer}").failure("t", "{'v': 3}").code())
                .isEqualTo(ErrorCode.TIMEOUT);
        assertThat(tool("select 1", "").result("t", "{}").at("/rows/0/0").intValue())
                .isEqualTo(1);
    }

    @Test
    void callsBeyondThePoolWaitAndAreRefused() {
        configure(
                "performance: {request_timeout: 2}\ndatabase: {pool_size: 1, max_overflow: 0, pool_timeout: 1}\n",
                false);
        KindFixture quick = tool("select session_id()", "");
        int session = quick.result("t", "{}").at("/rows/0/0").intValue();
        assertThat(quick.result("t", "{}").at("/rows/0/0").intValue()).isEqualTo(session);
        KindFixture slow = tool(SLOW, "v: {type: integer}");
        CompletableFuture<ToolOutcome> running =
                CompletableFuture.supplyAsync(() -> slow.call("t", "{'v': 3}", ToolCaller.ANYBODY));
        Awaitility.await()
                .until(() -> quick.call("t", "{}", ToolCaller.ANYBODY) instanceof ToolOutcome.Failure failure
                        && failure.failure().code() == ErrorCode.STORE_UNAVAILABLE
                        && failure.failure().getMessage().contains("no connection became free in time"));
        assertThat(running.join()).isInstanceOf(ToolOutcome.Failure.class);
    }

    @Test
    void aStatementThatTheDatabaseDoesNotTakeIsToldInItsWords() {
        assertThat(tool("select nope from orders", "").failure("t", "{}"))
                .hasMessage("The database of the source shop refused: Column \"NOPE\" not found.")
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void aLoginThatIsRefusedTellsNeitherNameNorAddress() {
        surroundings.config(TestConfig.of(folder, """
                sources: {shop: {url: "%s", driver: "%s", username: intruder, password: wrong-s3cret}}
                """.formatted(shop, TestDrivers.H2.toAbsolutePath())));
        assertThat(tool("select 1", "").failure("t", "{}"))
                .hasMessageContaining("refuses the login")
                .hasMessageNotContaining("intruder")
                .hasMessageNotContaining("s3cret")
                .hasMessageNotContaining(folder.toString())
                .extracting("code")
                .isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    }

    /** As the database itself has it, after the server has given it back. */
    private static long inTheDatabase(String url, String query) throws Exception {
        surroundings.close();
        surroundings = TestSurroundings.in(folder);
        return TestDrivers.number(TestDrivers.H2, url, query);
    }

    private void configure(String more, boolean writable) {
        surroundings.config(TestConfig.of(
                folder,
                more
                        + """
                sources:
                  shop: {url: "%s", driver: "%s", writable: %s}
                  ledger: {url: "%s", driver: "%s", writable: true}
                """.formatted(
                                        shop,
                                        TestDrivers.H2.toAbsolutePath(),
                                        writable,
                                        ledger,
                                        TestDrivers.H2.toAbsolutePath())));
    }

    private KindFixture tool(String statement, String inputs) {
        KindFixture file = load("shop", statement, inputs, "");
        assertThat(file.faults()).isEmpty();
        return file;
    }

    private KindFixture load(String source, String statement, String inputs, String more) {
        return KindFixture.load(yaml(source, statement, inputs, more), surroundings);
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
