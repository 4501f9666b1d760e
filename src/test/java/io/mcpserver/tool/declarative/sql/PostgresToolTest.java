package io.mcpserver.tool.declarative.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.LiveKey;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.declarative.KindFixture;
import io.mcpserver.tool.declarative.TestConfig;
import io.mcpserver.tool.declarative.TestSurroundings;
import io.mcpserver.tool.source.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sql} tools on a real PostgreSQL. */
@Tag("side-by-side")
@Tag("system")
class PostgresToolTest {

    private static final AtomicInteger TESTS = new AtomicInteger();

    private static PostgresServer server;

    private final String application = "test-" + TESTS.incrementAndGet();

    @TempDir
    Path folder;

    private TestSurroundings surroundings;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
        server.execute(
                "create table orders (id int primary key, customer text, total numeric(10,2), day date, tags text[],"
                        + " key uuid, more jsonb)",
                "create sequence counter",
                "create function sneaks_in() returns int language plpgsql as $$ begin"
                        + " perform set_config('transaction_read_only', 'off', false);"
                        + " insert into orders (id) values (99); return 1; end $$");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void fill() throws Exception {
        server.execute("truncate orders", """
                insert into orders values
                (1, 'Ann', 12.50, '2024-01-02', '{a,b}', '00000000-0000-0000-0000-000000000001', '{"vip": true}'),
                (2, 'Bob', 7, '2024-03-04', '{}', '00000000-0000-0000-0000-000000000002', '{"n": [1, null]}')""");
        Files.writeString(folder.resolve("password"), PostgresServer.PASSWORD + "\n");
        surroundings = TestSurroundings.in(folder);
        configure("");
    }

    @AfterEach
    void close() throws Exception {
        surroundings.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select id from orders where day >= ${v} | string | '2024-02-01' | [[2]]",
                "select id from orders where key = ${v} | string | '00000000-0000-0000-0000-000000000001' | [[1]]",
                "select id from orders where customer = ${v} | string | 'Ann' | [[1]]",
                "select id from orders where id = ${v} | integer | 2 | [[2]]",
                "select id from orders where total > ${v} | number | 7.01 | [[1]]",
                "select left('abc', ${v}) | integer | 2 | [['ab']]",
                "select id from orders order by id limit ${v} | integer | 1 | [[1]]",
                "select id from orders where (total > 10) = ${v} | boolean | true | [[1]]",
                "select id from orders where id = any(${v}) | array | [2, 3] | [[2]]",
                "select id from orders where total = any(${v}) | array | [12.5] | [[1]]",
                "select id from orders where customer = any(${v}) | array | ['Ann', 'o}, {'] | [[1]]",
                "select id from orders where key = any(${v}) | array | ['00000000-0000-0000-0000-000000000002'] | [[2]]",
                "select count(*) from orders where id = any(${v}) | array | [] | [[0]]",
                "select id from orders where more @> ${v} | object | {'vip': true} | [[1]]",
                "select id from orders where more ? ${v} | string | 'vip' | [[1]]",
                "select ${v} | string | 'x' | [['x']]",
                "select ${v} | integer | 12345678901 | [[12345678901]]",
                "select ${v} | integer | 123456789012345678901234567890 | [[123456789012345678901234567890]]",
                "select ${v}::jsonb | array | [1, 2] | --"
            })
    void valuesOfEachTypeAreTakenAsTheStatementNeedsThem(String statement, String type, String value, String rows) {
        KindFixture file = tool(statement, "v: {type: " + type + "}");
        if (rows.equals("--")) {
            assertThat(file.failure("t", "{'v': " + value + "}").code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        } else {
            assertThat(file.result("t", "{'v': " + value + "}").path("rows").toString())
                    .isEqualTo(rows.replace('\'', '"').replace(" ", ""));
        }
    }

    @Test
    void columnsOfEachTypeBecomeJson() {
        KindFixture file = tool("""
                select 1::int8, 1.50::numeric, 1.5::float8, 'nan'::float8, true, null, date '2024-01-02', \
                timestamp '2024-01-02 03:04:05', timestamptz '2024-01-02 03:04:05+01', 'infinity'::timestamptz, \
                time '03:04:05', interval '1 day', '\\x00ff'::bytea, array[1,null], array[['a'],['b']], '{"a": [1]}'::jsonb, \
                '00000000-0000-0000-0000-000000000001'::uuid, '10.0.0.0/8'::cidr""", "");
        assertThat(file.result("t", "{}").at("/rows/0").toString()).isEqualTo("""
                [1,1.50,1.5,"NaN",true,null,"2024-01-02","2024-01-02T03:04:05","2024-01-02T02:04:05Z","infinity",\
                "03:04:05","1 days","AP8=",[1,null],[["a"],["b"]],{"a":[1]},\
                "00000000-0000-0000-0000-000000000001","10.0.0.0/8"]""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' or '1'='1",
                "'; drop table orders; --",
                "\\'; delete from orders; --",
                "$1",
                "?",
                "${v}",
                "Ann'--",
                "{}",
                "/*",
                "' union select 1 --",
                "😀"
            })
    void whatLooksLikeAStatementStaysData(String attempt) {
        KindFixture file =
                tool("select ${v} as v, (select count(*) from orders where customer = ${v}) as n", "v: {type: string}");
        String json = "\"" + attempt.replace("\\", "\\\\").replace("'", "\\u0027") + "\"";
        assertThat(file.result("t", "{'v': " + json + "}").at("/rows/0/0").asText())
                .isEqualTo(attempt);
        assertThat(file.result("t", "{'v': " + json + "}").at("/rows/0/1").intValue())
                .isZero();
        assertThat(server.number("select count(*) from orders")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with w as (insert into orders (id) values (9) returning id) select * from w",
                "with w as (delete from orders returning id) select * from w",
                "select sneaks_in()",
                "select set_config('transaction_read_only', 'off', false), sneaks_in()",
                "select * into stolen from orders",
                "select nextval('counter')",
                "explain analyze delete from orders",
                "select * from orders for update"
            })
    void nothingIsWrittenUnlessTheToolSaysSo(String statement) {
        for (boolean writable : new boolean[] {false, true}) {
            configure("", writable, PostgresServer.PASSWORD);
            CodedException failure = tool(statement, "").failure("t", "{}");
            assertThat(failure.code()).as(failure.getMessage()).isIn(ErrorCode.UNSUPPORTED, ErrorCode.INVALID_ARGUMENT);
            assertThat(server.number("select count(*) from orders")).isEqualTo(2);
        }
    }

    @Test
    void whatTheDatabaseDoesNotRefuseIsUndone() {
        tool("select lo_create(0)", "").call("t", "{}", ToolCaller.ANYBODY);
        assertThat(server.number("select count(*) from pg_largeobject_metadata"))
                .isZero();
    }

    @Test
    void aSessionThatWasTurnedToWritingReadsAgainInTheNextCall() {
        configure("database: {pool_size: 1, max_overflow: 0}\n");
        tool("select set_config('default_transaction_read_only', 'off', false)", "")
                .call("t", "{}", ToolCaller.ANYBODY);
        assertThat(tool("with w as (delete from orders returning id) select * from w", "")
                        .failure("t", "{}")
                        .code())
                .isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void aToolWritesWhereItSaysSoAndTheSourceAllowsIt() {
        configure("", true, PostgresServer.PASSWORD);
        KindFixture file = load(
                "insert into orders (id, customer) values (${id}, 'Cyd') returning id, customer",
                "id: {type: integer}",
                "write: true");
        assertThat(file.result("t", "{'id': 3}").path("rows").toString()).isEqualTo("[[3,\"Cyd\"]]");
        assertThat(server.number("select count(*) from orders")).isEqualTo(3);
        assertThat(file.failure("t", "{'id': 3}"))
                .hasMessageContaining("duplicate key value violates unique constraint")
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void manyRowsAreCutWithoutBeingRead() {
        KindFixture file = load("select generate_series(1, 2000000000)", "", "max_rows: 5");
        assertThat(file.result("t", "{}").path("rows").toString()).isEqualTo("[[1],[2],[3],[4],[5]]");
        assertThat(file.result("t", "{}").path("truncated").booleanValue()).isTrue();
    }

    @Test
    void rowsAreCutAtTheSizeOfAResult() {
        KindFixture file = tool("select repeat('x', 10000) from generate_series(1, 1000)", "");
        assertThat(file.result("t", "{}").path("rows").size()).isBetween(2, 5);
        assertThat(file.result("t", "{}").path("note").asText()).contains("tools.max_result_bytes");
    }

    @Test
    void aRowThatIsLargerThanMemoryIsToBeIsRefused() {
        assertThat(tool("select repeat('x', 100000000)", "").failure("t", "{}").code())
                .isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void aStatementThatTakesTooLongIsStoppedInTheDatabaseToo() {
        configure("performance: {request_timeout: 1}\ndatabase: {pool_size: 1, max_overflow: 0}\n");
        assertThat(tool("select pg_sleep(600)", "").failure("t", "{}").code()).isEqualTo(ErrorCode.TIMEOUT);
        Awaitility.await().until(() -> running("pg_sleep") == 0);
        assertThat(tool("select 1", "").result("t", "{}").at("/rows/0/0").intValue())
                .isEqualTo(1);
    }

    @Test
    void noMoreConnectionsAreOpenedThanAllowedAndThoseBeyondThePoolAreClosed() throws Exception {
        configure("database: {pool_size: 2, max_overflow: 1, pool_timeout: 1}\n");
        KindFixture file = tool("select pg_sleep(4)", "");
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<ToolOutcome>> calls = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                calls.add(CompletableFuture.supplyAsync(() -> file.call("t", "{}", ToolCaller.ANYBODY), callers));
            }
            Awaitility.await().until(() -> running("pg_sleep") == 3);
            assertThat(file.failure("t", "{}"))
                    .hasMessageContaining(
                            "no connection became free in time (database.pool_size, database.pool_timeout)")
                    .extracting("code")
                    .isEqualTo(ErrorCode.STORE_UNAVAILABLE);
            assertThat(connections()).isEqualTo(3);
            calls.forEach(call -> assertThat(call.join()).isInstanceOf(ToolOutcome.Success.class));
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> connections() == 2);
    }

    @Test
    @LiveKey({"database.pool_size", "database.max_overflow", "database.pool_timeout", "database.pool_recycle"})
    void otherLimitsHoldForTheNextCall() {
        KindFixture file = tool("select pg_backend_pid(), pg_sleep(${s})", "s: {type: number, default: 0}");
        int first = file.result("t", "{}").at("/rows/0/0").intValue();
        configure("database: {pool_size: 1, max_overflow: 0, pool_timeout: 1, pool_recycle: 1}\n");
        int second = file.result("t", "{}").at("/rows/0/0").intValue();
        assertThat(second).isNotEqualTo(first);
        Awaitility.await().until(() -> file.result("t", "{}").at("/rows/0/0").intValue() != second);
        CompletableFuture<ToolOutcome> slow =
                CompletableFuture.supplyAsync(() -> file.call("t", "{'s': 4}", ToolCaller.ANYBODY));
        Awaitility.await().until(() -> running("pg_sleep") == 1);
        assertThat(file.failure("t", "{}").code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(slow.join()).isInstanceOf(ToolOutcome.Success.class);
    }

    @Test
    void aSecretThatIsMissingIsToldByItsReference() {
        configure("", false, "${file:none}");
        assertThat(tool("select 1", "").failure("t", "{}"))
                .hasMessageContaining("sources.shop.password")
                .extracting("code")
                .isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void aSourceIsNotConnectedToBeforeItIsAsked() {
        KindFixture file = tool("select 1", "");
        assertThat(connections()).isZero();
        file.result("t", "{}");
        assertThat(connections()).isEqualTo(1);
    }

    @Test
    void aConnectionIsReplacedAtItsAge() {
        configure("database: {pool_size: 1, max_overflow: 0, pool_recycle: 1}\n");
        KindFixture file = tool("select pg_backend_pid()", "");
        int first = file.result("t", "{}").at("/rows/0/0").intValue();
        Awaitility.await().until(() -> file.result("t", "{}").at("/rows/0/0").intValue() != first);
    }

    @Test
    void aDatabaseThatWentAwayAndCameBackIsUsedAgain() {
        KindFixture file = tool("select count(*) from orders", "");
        file.result("t", "{}");
        server.stop();
        try {
            assertThat(file.failure("t", "{}"))
                    .hasMessageNotContaining("127.0.0.1")
                    .extracting("code")
                    .isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        } finally {
            server.begin();
        }
        assertThat(file.result("t", "{}").at("/rows/0/0").intValue()).isEqualTo(2);
    }

    @Test
    void aLoginThatIsRefusedTellsNeitherNameNorPasswordNorAddress() {
        configure("", false, "wrong-s3cret");
        assertThat(tool("select 1", "").failure("t", "{}"))
                .hasMessageContaining("refuses the login")
                .hasMessageNotContaining("wrong-s3cret")
                .hasMessageNotContaining(PostgresServer.OWNER)
                .hasMessageNotContaining("127.0.0.1")
                .extracting("code")
                .isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    }

    @Test
    void aPasswordThatWasRotatedIsFoundWithoutAReload() throws Exception {
        configure("", false, "${file:password}");
        KindFixture file = tool("select 1", "");
        Files.writeString(folder.resolve("password"), "old");
        assertThat(file.failure("t", "{}").code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        Files.writeString(folder.resolve("password"), PostgresServer.PASSWORD);
        assertThat(file.result("t", "{}").at("/rows/0/0").intValue()).isEqualTo(1);
    }

    @Test
    void manyCallsAtOnceShareFewConnections() {
        configure("database: {pool_size: 4, max_overflow: 0}\n");
        KindFixture file = tool("select ${v} as v, pg_sleep(0.01)", "v: {type: integer}");
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String arguments = "{'v': " + i + "}";
                calls.add(CompletableFuture.supplyAsync(
                        () -> file.result("t", arguments).at("/rows/0/0").intValue(), callers));
            }
            for (int i = 0; i < 64; i++) {
                assertThat(calls.get(i).join()).isEqualTo(i);
            }
        }
        assertThat(connections()).isBetween(1L, 4L);
    }

    private long running(String words) {
        return server.number("select count(*) from pg_stat_activity where application_name = '" + application
                + "' and state = 'active' and query like '%" + words + "%'");
    }

    private long connections() {
        return server.number("select count(*) from pg_stat_activity where application_name = '" + application + "'");
    }

    private void configure(String more) {
        configure(more, false, "${file:password}");
    }

    private void configure(String more, boolean writable, String password) {
        surroundings.config(TestConfig.of(
                folder,
                more
                        + """
                sources:
                  shop: {url: "%s", username: %s, password: "%s", writable: %s}
                """.formatted(
                                        server.url() + "?ApplicationName=" + application,
                                        PostgresServer.OWNER,
                                        password,
                                        writable)));
    }

    private KindFixture tool(String statement, String inputs) {
        return load(statement, inputs, "");
    }

    private KindFixture load(String statement, String inputs, String more) {
        KindFixture file = KindFixture.load("""
                tools:
                  - name: t
                    description: A tool of a test.
                    input: {%s}
                    sql:
                      source: shop
                      statement: |-
                        %s
                      %s
                """.formatted(inputs, statement, more), surroundings);
        assertThat(file.faults()).isEmpty();
        return file;
    }
}
