package io.mcpserver.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.storage.Filter.Operator;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Documents, filters and orders that collide often, and every time the same ones. */
final class RandomDocuments {

    private static final JsonNodeFactory JSON = JsonMapper.builder().build().getNodeFactory();
    private static final List<String> KEYS = List.of("a", "b", "c", "0", "1", "id", "x y", "quote's");
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "A",
            "ab",
            "B",
            "5",
            "null",
            "true",
            "é",
            "É",
            "中文",
            "\uFFFD",
            "😀",
            "x\u0000y",
            "\"\\/",
            "İ",
            "[",
            "{}");
    private static final List<Double> NUMBERS = List.of(
            0.0, -0.0, 0.5, -1.5, 1.0, 2.0, 5.0, 1e18, 9007199254740992.0, 9007199254740994.0, 1e300, -1e300, 1e-300);
    private static final List<String> WHOLES = List.of(
            "0",
            "1",
            "2",
            "5",
            "-7",
            "9007199254740991",
            "9007199254740993",
            "-9007199254740993",
            "1000000000000000001",
            "9223372036854775807",
            "18446744073709551615",
            "18446744073709551616",
            "123456789012345678901234567890");

    private final Random random;

    RandomDocuments(long seed) {
        this.random = new Random(seed);
    }

    List<DocumentToSave> documents(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new DocumentToSave("id" + random.nextInt(100) + TEXTS.get(i % 3) + i, content(3)))
                .toList();
    }

    Filter filter() {
        return filter(3);
    }

    List<Query.Sort> sort() {
        return Stream.generate(() -> new Query.Sort(path(), random.nextBoolean()))
                .limit(random.nextInt(3))
                .toList();
    }

    int limit() {
        return 20 + random.nextInt(200);
    }

    private Filter filter(int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 9)) {
            case 0 -> new Filter.Exists(path(), random.nextBoolean());
            case 1 -> new Filter.In(path(), list(random.nextInt(4)));
            case 2 -> new Filter.Compare(path(), Operator.EQ, value(2));
            case 3 -> new Filter.Compare(path(), Operator.CONTAINS, value(1));
            case 4, 5 ->
                new Filter.Compare(
                        path(),
                        List.of(Operator.GT, Operator.GTE, Operator.LT, Operator.LTE)
                                .get(random.nextInt(4)),
                        scalar());
            case 6 -> new Filter.Not(filter(depth - 1));
            case 7 -> new Filter.And(filters(depth - 1));
            default -> new Filter.Or(filters(depth - 1));
        };
    }

    private List<Filter> filters(int depth) {
        return Stream.generate(() -> filter(depth)).limit(random.nextInt(4)).toList();
    }

    private List<JsonNode> list(int size) {
        return Stream.generate(() -> value(1)).limit(size).toList();
    }

    private String path() {
        String path = pick(KEYS);
        while (random.nextInt(3) == 0) {
            path += "." + pick(KEYS);
        }
        return random.nextInt(12) == 0 ? "version" : path;
    }

    private ObjectNode content(int depth) {
        ObjectNode object = JSON.objectNode();
        for (int i = random.nextInt(6); i > 0; i--) {
            object.set(pick(KEYS), value(depth));
        }
        return object;
    }

    private JsonNode value(int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            return random.nextBoolean() ? content(depth - 1) : array(depth - 1);
        }
        return scalar();
    }

    private ArrayNode array(int depth) {
        ArrayNode array = JSON.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(value(depth));
        }
        return array;
    }

    private JsonNode scalar() {
        return switch (random.nextInt(5)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(pick(NUMBERS));
            case 3 -> JSON.numberNode(new BigInteger(pick(WHOLES)));
            default -> JSON.textNode(pick(TEXTS));
        };
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
