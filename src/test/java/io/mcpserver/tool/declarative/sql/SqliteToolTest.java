package io.mcpserver.tool.declarative.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.declarative.KindFixture;
import io.mcpserver.tool.declarative.TestConfig;
import io.mcpserver.tool.declarative.TestSurroundings;
import io.mcpserver.tool.source.TestDrivers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sql} tools on SQLite, whose driver has native code and ways of its own; and beside another driver. */
class SqliteToolTest {

    private static final String SLOW =
            "with recursive c(n) as (select 1 union all select n + 1 from c) select count(*) from c";

    @TempDir
    Path folder;

    private TestSurroundings surroundings;
    private String url;

    @BeforeEach
    void makeDatabase() throws Exception {
        url = "jdbc:sqlite:" + folder.resolve("shop.db");
        TestDrivers.execute(
                TestDrivers.SQLITE,
                url,
                "create table orders (id integer primary key, customer text, total real, at timestamp, more blob)",
                "insert into orders values (1, 'Ann', 12.5, '2024-01-02 03:04:05', x'00ff'), (2, 'Bob', 7, null, null)");
        surroundings = TestSurroundings.in(folder);
        configure("");
    }

    @AfterEach
    void close() throws Exception {
        surroundings.close();
    }

    @Test
    void aStatementAnswersColumnsAndRows() {
        assertThat(tool("shop", "select id, customer, total, at, more from orders order by id", "")
                        .result("t", "{}")
                        .path("rows")
                        .toString())
                .isEqualTo("[[1,\"Ann\",12.5,\"2024-01-02T03:04:05\",\"AP8=\"],[2,\"Bob\",7.0,null,null]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select id from orders where customer = ${v} | string | 'Ann' | [[1]]",
                "select id from orders where total * 2 > ${v} | number | 14.5 | [[1]]",
                "select id from orders where id = ${v} | integer | 2 | [[2]]",
                "select ${v} | string | 'x'' or 1=1' | [['x'' or 1=1']]",
                "select id from orders where id in (select value from json_each(${v})) | string | '[2,3]' | [[2]]"
            })
    void valuesOfEachTypeAreBound(String statement, String type, String value, String rows) {
        String json = type.equals("string")
                ? "\"" + value.substring(1, value.length() - 1).replace("'", "\\u0027") + "\""
                : value;
        assertThat(tool("shop", statement, "v: {type: " + type + "}")
                        .result("t", "{'v': " + json + "}")
                        .path("rows")
                        .toString())
                .isEqualTo(rows.replace("['", "[\"").replace("']", "\"]"));
    }

    @Test
    void aListIsRefusedWithAWordOfWhatToDo() {
        assertThat(tool("shop", "select ${v}", "v: {type: array}").failure("t", "{'v': [1]}"))
                .hasMessageContaining("takes no lists")
                .extracting("code")
                .isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void aReadingToolCannotWriteNeitherWhereTheSourceIsWritable() throws Exception {
        for (String source : new String[] {"shop", "ledger"}) {
            assertThat(tool(source, "with w as (select 1) delete from orders", "")
                            .failure("t", "{}")
                            .code())
                    .isEqualTo(ErrorCode.UNSUPPORTED);
        }
        surroundings.close();
        assertThat(TestDrivers.number(TestDrivers.SQLITE, url, "select count(*) from orders"))
                .isEqualTo(2);
    }

    @Test
    void aToolWritesWhereItSaysSoAndTheNextOneReadsAgain() throws Exception {
        KindFixture writes =
                load("ledger", "update orders set total = total + ${by}", "by: {type: number}", "write: true");
        KindFixture reads = tool("ledger", "select sum(total) from orders", "");
        for (int i = 1; i <= 3; i++) {
            assertThat(writes.result("t", "{'by': 1}").path("updated").intValue())
                    .isEqualTo(2);
            assertThat(reads.result("t", "{}").at("/rows/0/0").doubleValue()).isEqualTo(19.5 + 2 * i);
        }
        surroundings.close();
        assertThat(TestDrivers.number(TestDrivers.SQLITE, url, "select sum(total) * 10 from orders"))
                .isEqualTo(255);
    }

    @Test
    void aFileThatIsNotThereIsNotMade() {
        assertThat(tool("gone", "select 1", "").failure("t", "{}"))
                .hasMessageContaining("The database of the source gone cannot be used")
                .hasMessageNotContaining(folder.toString())
                .extracting("code")
                .isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(folder.resolve("gone.db")).doesNotExist();
    }

    @Test
    void aStatementThatTakesTooLongIsStoppedAndTheNextOneRuns() {
        configure("performance: {request_timeout: 1}\ndatabase: {pool_size: 1, max_overflow: 0}\n");
        assertThat(tool("shop", SLOW, "").failure("t", "{}").code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(tool("shop", "select 1", "")
                        .result("t", "{}")
                        .at("/rows/0/0")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void rowsAndBytesAreCut() {
        configure("tools: {max_result_bytes: 10000}\n");
        String rows = "with recursive c(n) as (select 1 union all select n + 1 from c) select %s from c";
        assertThat(load("shop", rows.formatted("n"), "", "max_rows: 3")
                        .result("t", "{}")
                        .path("rows")
                        .toString())
                .isEqualTo("[[1],[2],[3]]");
        assertThat(tool("shop", rows.formatted("hex(zeroblob(500))"), "")
                        .result("t", "{}")
                        .path("rows"))
                .hasSizeBetween(2, 5);
        assertThat(tool("shop", "select zeroblob(1000000)", "")
                        .failure("t", "{}")
                        .code())
                .isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void aStatementThatTheDatabaseDoesNotTakeIsToldInItsWords() {
        assertThat(tool("shop", "select nope from orders", "").failure("t", "{}"))
                .hasMessageContaining("no such column: nope")
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void twoDriversServeSideBySide() {
        KindFixture sqlite = tool("shop", "select sqlite_version() is not null", "");
        KindFixture h2 = tool("other", "select h2version() is not null", "");
        for (int i = 0; i < 3; i++) {
            assertThat(sqlite.result("t", "{}").at("/rows/0/0").intValue()).isEqualTo(1);
            assertThat(h2.result("t", "{}").at("/rows/0/0").booleanValue()).isTrue();
        }
    }

    private void configure(String more) {
        surroundings.config(TestConfig.of(
                folder,
                more
                        + """
                sources:
                  shop: {url: "%1$s", driver: "%2$s"}
                  ledger: {url: "%1$s", driver: "%2$s", writable: true}
                  gone: {url: "jdbc:sqlite:%4$s/gone.db", driver: "%2$s"}
                  other: {url: "jdbc:h2:mem:", driver: "%3$s"}
                """.formatted(
                                url, TestDrivers.SQLITE.toAbsolutePath(), TestDrivers.H2.toAbsolutePath(), folder)));
    }

    private KindFixture tool(String source, String statement, String inputs) {
        KindFixture file = load(source, statement, inputs, "");
        assertThat(file.faults()).isEmpty();
        return file;
    }

    private KindFixture load(String source, String statement, String inputs, String more) {
        return KindFixture.load("""
                tools:
                  - name: t
                    description: A tool of a test.
                    input: {%s}
                    sql:
                      source: %s
                      statement: |-
                        %s
                      %s
                """.formatted(inputs, source, statement, more), surroundings);
    }
}
