package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.tool.source.TestDrivers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program asks databases by drivers that lie beside it, one of them with native code. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "The launcher is a script of sh")
class ForeignDatabaseIT {

    @TempDir
    Path folder;

    @BeforeEach
    void configure() throws Exception {
        String url = "jdbc:sqlite:" + folder.resolve("shop.db");
        TestDrivers.execute(
                TestDrivers.SQLITE, url, "create table orders (total real)", "insert into orders values (7)");
        Path drivers = Files.createDirectory(folder.resolve("drivers"));
        Files.copy(TestDrivers.SQLITE, drivers.resolve("sqlite.jar"));
        Files.copy(TestDrivers.H2, drivers.resolve("h2.jar"));
        Files.writeString(folder.resolve("config.yaml"), """
                sources:
                  shop: {url: "%s", driver: drivers/sqlite.jar}
                  sums: {url: "jdbc:h2:mem:", driver: drivers/h2.jar}
                """.formatted(url));
        Files.writeString(Files.createDirectory(folder.resolve("tools")).resolve("shop.yaml"), """
                tools:
                  - name: shop_total
                    description: What all orders amount to.
                    sql: {source: shop, statement: select sum(total) as total from orders, rows: objects}
                    tests: [{expect: {subset: {rows: [{total: 7.0}]}}}]
                  - name: shop_sum
                    description: Adds.
                    input: {a: {type: integer}}
                    sql: {source: sums, statement: "select cast(${a} as int) + 1 as s", rows: objects}
                    tests: [{given: {a: 41}, expect: {subset: {rows: [{S: 42}]}}}]
                """);
    }

    @Test
    void aServerAnswersACall() {
        RunningServer call = run("call", "shop_total", "--json");
        assertThat(call.exitCode()).as(call.stderr().text()).isZero();
        assertThat(call.stdout().text()).contains("\"total\" : 7");
        assertThat(call.stderr().text()).isEmpty();
    }

    @Test
    void theTestsOfTheFileAreRunWithoutAServer() {
        RunningServer tests = run("tools", "test");
        assertThat(tests.exitCode()).as(tests.stderr().text()).isZero();
        assertThat(tests.stdout().text()).contains("2 passed, 0 failed");
        assertThat(tests.stderr().text()).isEmpty();
    }

    private RunningServer run(String... args) {
        return ServerLaunch.in(folder).args(args).runToEnd();
    }
}
