package io.mcpserver.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.Hit;
import io.mcpserver.storage.Search;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordSearchTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private DocumentStore store;

    @BeforeEach
    void openAndFill() {
        store = IndexedStore.open(directory, new MemoryRecord()::listen, Optional.empty());
        save("map", "A ConcurrentHashMap is safe for many threads; see java.util.concurrent.");
        save("limit", "The directive client_max_body_size bounds what a request may send.");
        save("foxes", "Quick brown foxes jumped over the lazy dogs' kennels.");
        save("chinese", "全文搜索引擎可以快速查找文档。");
        save("moon", "月亮升起来了，湖面很安静。");
        save("accent", "The café serves crème brûlée.");
        save("who", "The Who: who are you");
    }

    @AfterEach
    void close() {
        store.close();
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
        "cafe creme, accent",
        "the who, who",
        "who, who"
    })
    void theBestHitHoldsTheWords(String query, String expected) {
        assertThat(find(query)).first().isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zebra", "搜狗", "日", "!!!", "()[]{}:^~*?\\/", "+-&&||", "😀"})
    void textWithoutAMatchFindsNothing(String query) {
        assertThat(find(query)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fox AND (", "\"fox", "fox:*", "fox~99", "NOT fox", "[fox TO", "fox\\"})
    void nothingInTheTextIsQuerySyntax(String query) {
        assertThat(find(query)).first().isEqualTo("foxes");
    }

    @Test
    void neighboursCountMoreThanScatteredWords() {
        save("scattered", "A lake in the garden, and far from it a house of stone with a boat.");
        save("together", "A boat house by the water, and a garden of stone far from the lake in");

        assertThat(find("boat house")).startsWith("together", "scattered");
    }

    private void save(String id, String text) {
        ObjectNode content = JSON.createObjectNode().put("text", text);
        store.save("notes", List.of(new DocumentToSave(id, content)));
    }

    private List<String> find(String query) {
        return store
                .search(new Search(query, Optional.of("notes"), Search.Mode.WORDS, Filter.ALL, 10, false))
                .stream()
                .map(Hit::document)
                .map(document -> document.id())
                .toList();
    }
}
