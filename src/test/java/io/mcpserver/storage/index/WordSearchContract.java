package io.mcpserver.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WordSearchContract {

    private Shelf shelf;

    /** Opens a store with the index under test. */
    abstract Shelf open(Path directory, String model);

    @BeforeAll
    void openAndFill(@TempDir Path directory) {
        shelf = open(directory, Shelf.NO_MODEL);
        shelf.save("map", "A ConcurrentHashMap is safe for many threads; see java.util.concurrent.");
        shelf.save("limit", "The directive client_max_body_size bounds what a request may send.");
        shelf.save("foxes", "Quick brown foxes jumped over the lazy dogs' kennels.");
        shelf.save("chinese", "全文搜索引擎可以快速查找文档。");
        shelf.save("moon", "月亮升起来了，湖面很安静。");
        shelf.save("rare", "𠮷野家の牛丼");
        shelf.save("accent", "The café serves crème brûlée.");
        shelf.save("who", "The Who: who are you");
    }

    @AfterAll
    void close() {
        shelf.close();
    }

    @ParameterizedTest
    @CsvSource({
        "concurrenthashmap, map",
        "ConcurrentHashMap, map",
        "concurrent map, map",
        "hash, map",
        "java.util.concurrent, map",
        "util, map",
        "client_max_body_size, limit",
        "max body size, limit",
        "clientMaxBodySize, limit",
        "fox jumping, foxes",
        "dog, foxes",
        "kennel, foxes",
        "搜索引擎, chinese",
        "查找, chinese",
        "月, moon",
        "湖, moon",
        "湖面安静, moon",
        "𠮷野家, rare",
        "cafe creme, accent",
        "the who, who",
        "who, who"
    })
    void theBestHitHoldsTheWords(String query, String expected) {
        assertThat(shelf.words(query)).first().isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zebra", "搜狗", "日", "!!!", "()[]{}:^~*?\\/", "+-&&||", "😀"})
    void textWithoutAMatchFindsNothing(String query) {
        assertThat(shelf.words(query)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fox AND (", "\"fox", "fox:*", "fox~99", "NOT fox", "[fox TO", "fox\\"})
    void nothingInTheTextIsQuerySyntax(String query) {
        assertThat(shelf.words(query)).first().isEqualTo("foxes");
    }

    @Test
    void neighboursCountMoreThanScatteredWords() {
        shelf.save("scattered", "A lake in the garden, and far from it a house of stone with a boat.");
        shelf.save("together", "A boat house by the water, and a garden of stone far from the lake in");

        assertThat(shelf.words("boat house")).startsWith("together", "scattered");
    }
}
