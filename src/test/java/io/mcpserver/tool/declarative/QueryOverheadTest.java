package io.mcpserver.tool.declarative;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.index.Shelf;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.builtin.QueryTool;
import io.mcpserver.tool.trial.ToolTestBench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a {@code query} tool of a file takes beside the same call of {@code storage_query}, and what reading a thousand
 * files takes. Prints figures: {@code ./mvnw test -Dtest=QueryOverheadTest -Dtest.overhead=true}.
 */
@EnabledIfSystemProperty(
        named = "test.overhead",
        matches = "true",
        disabledReason = "It measures and wants a quiet machine: -Dtest.overhead=true")
class QueryOverheadTest {

    private static final int ROUNDS = 30;
    private static final int CALLS = 100;
    private static final String YAML = """
        tools:
          - name: by_tag%s
            description: Notes with a tag.
            input:
              tag: {type: string}
              limit: {type: integer, minimum: 1, maximum: 50, default: 10}
            query:
              collection: notes
              where: {tag: "${tag}"}
              sort: ["-created"]
              limit: "${limit}"
              fields: [title]
        """;

    @TempDir
    Path folder;

    @Test
    void aQueryOfAFileAndTheSameBuiltIn() {
        ServerConfig config = Shelf.config("duckdb", folder, Shelf.NO_MODEL);
        try (Shelf shelf = Shelf.open(folder, Shelf.NO_MODEL)) {
            for (int i = 0; i < 1_000; i++) {
                shelf.save(
                        "notes", "n" + i, KindFixture.json("{'title': 'note %d', 'tag': 't%d'}".formatted(i, i % 50)));
            }
            ToolSpec builtIn = new QueryTool(shelf.service(), new LiveConfig(config))
                    .tools()
                    .getFirst();
            TestSurroundings surroundings =
                    TestSurroundings.in(folder).store(shelf.store()).config(config);
            ToolSpec declared =
                    KindFixture.load(YAML.formatted(""), surroundings).tool("by_tag");
            ObjectNode long_ = KindFixture.json(
                    "{'collection': 'notes', 'filter': {'tag': 't7'}, 'sort': ['-created'], 'limit': 10, 'fields': ['title']}");
            ObjectNode short_ = KindFixture.json("{'tag': 't7'}");
            try (ToolTestBench bench = ToolTestBench.of(config, List.of(builtIn, declared))) {
                long[] ofBuiltIn = new long[ROUNDS];
                long[] ofDeclared = new long[ROUNDS];
                for (int round = 0; round < ROUNDS; round++) {
                    ofBuiltIn[round] = time(bench, "storage_query", long_);
                    ofDeclared[round] = time(bench, "by_tag", short_);
                }
                System.out.printf(
                        "storage_query %.1f µs, query of a file %.1f µs a call; ratio %.3f (medians of %d rounds of %d)%n",
                        micros(ofBuiltIn), micros(ofDeclared), micros(ofDeclared) / micros(ofBuiltIn), ROUNDS, CALLS);
            }
        }
    }

    @Test
    void aThousandFiles() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            Files.writeString(folder.resolve("t" + i + ".yaml"), YAML.formatted(i));
        }
        TestSurroundings surroundings = TestSurroundings.in(folder);
        for (int round = 0; round < 3; round++) {
            long begin = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                assertThat(new YamlToolFiles()
                                .load(folder.resolve("t" + i + ".yaml"), "t", surroundings)
                                .usable())
                        .isTrue();
            }
            System.out.printf("1,000 files read in %d ms%n", (System.nanoTime() - begin) / 1_000_000);
        }
    }

    private static long time(ToolTestBench bench, String tool, ObjectNode arguments) {
        long begin = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            ToolOutcome outcome = bench.call(tool, arguments, ToolCaller.ANYBODY);
            assertThat(outcome).isInstanceOf(ToolOutcome.Success.class);
        }
        return System.nanoTime() - begin;
    }

    private static double micros(long[] rounds) {
        long[] warm = Arrays.copyOfRange(rounds, ROUNDS / 3, ROUNDS);
        Arrays.sort(warm);
        return warm[warm.length / 2] / 1_000.0 / CALLS;
    }
}
