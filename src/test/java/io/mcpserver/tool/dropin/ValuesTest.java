package io.mcpserver.tool.dropin;

import static io.mcpserver.tool.dropin.DropIns.problems;
import static io.mcpserver.tool.dropin.DropIns.tool;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolSchemas;
import io.mcpserver.tool.file.LoadedFile;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments become values of Java, and values of Java become results. */
@Timeout(120)
class ValuesTest {

    @TempDir
    Path folder;

    private DropIns dropIns;

    @BeforeEach
    void open() {
        dropIns = new DropIns(folder);
    }

    @AfterEach
    void close() {
        dropIns.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            String                    | "a"                          | {"type":"string"}
            int                       | -2147483648                  | {"type":"integer"}
            Integer                   | 3                            | {"type":"integer"}
            long                      | 9007199254740993             | {"type":"integer"}
            double                    | 0.5                          | {"type":"number"}
            float                     | 0.5                          | {"type":"number"}
            boolean                   | true                         | {"type":"boolean"}
            java.math.BigInteger      | 123456789012345678901234567890 | {"type":"integer"}
            java.math.BigDecimal      | 1.5                          | {"type":"number"}
            java.time.LocalDate       | "2026-01-31"                 | {"type":"string","format":"date"}
            java.time.LocalTime       | "14:30:01"                   | {"type":"string","format":"time"}
            java.time.LocalDateTime   | "2026-01-31T14:30:01"        | {"type":"string"}
            java.time.OffsetDateTime  | "2026-01-31T14:30:01+01:00"  | {"type":"string","format":"date-time"}
            java.time.Instant         | "2026-01-31T14:30:01Z"       | {"type":"string","format":"date-time"}
            java.time.Duration        | "PT1H30M"                    | {"type":"string","format":"duration"}
            UUID                      | "123e4567-e89b-12d3-a456-426614174000" | {"type":"string","format":"uuid"}
            java.net.URI              | "https://example.com/a?b=c"  | {"type":"string","format":"uri"}
            byte[]                    | "AAEC/w=="                   | {"type":"string","contentEncoding":"base64"}
            java.util.concurrent.TimeUnit | "SECONDS"                | {"type":"string","enum":["NANOSECONDS","MICROSECONDS","MILLISECONDS","SECONDS","MINUTES","HOURS","DAYS"]}
            List<Integer>             | [1,2]                        | {"type":"array","items":{"type":"integer"}}
            Map<String, List<Boolean>> | {"a":[true]}                | {"type":"object","additionalProperties":{"type":"array","items":{"type":"boolean"}}}
            Object                    | {"a":[1,0.5,null,"x"]}       | {}
            List                      | [1,"x",{}]                   | {"type":"array","items":{}}
            """)
    void aValueComesAndGoesUnchanged(String type, String value, String schema) {
        LoadedFile file = dropIns.members(
                "@Tool(description = \"Echoes.\") public Map<String, Object> echo(%s value) { return Map.of(\"it\", value); }"
                        .formatted(type));
        assertThat(tool(file, "echo").inputSchema().at("/properties/value")).hasToString(schema);
        assertThat(dropIns.answer(file, "echo", "{'value': " + value.replace("\"", "'") + "}")
                        .json())
                .isEqualTo("{\"it\":" + value + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            int                  | 2147483648     | value must be a whole number from -2147483648 to 2147483647, but is 2147483648.
            long                 | 1e300          | value must be a whole number of at most 64 bits, but is 1.0E300.
            java.time.LocalDate  | '2026-02-30'   | value must be a date such as 2026-01-31, but is "2026-02-30".
            java.time.Instant    | 'soon'         | value must be a time such as 2026-01-31T14:30:00Z, but is "soon".
            UUID                 | 'x'            | value must be a UUID, but is "x".
            byte[]               | '*'            | value must be bytes in base64, but is "*".
            List<java.net.URI>   | ['a', ':']     | value[1] must be a URI such as https://example.com/a, but is ":".
            Map<String, UUID>    | {'k': 'v'}     | value.k must be a UUID, but is "v".
            String               | 1              | value must be a string, but is 1.
            """, quoteCharacter = '`')
    void aValueThatDoesNotFitIsRefusedWithWhatWouldBeRight(String type, String value, String message) {
        LoadedFile file = dropIns.members("@Tool(description = \"Takes.\") void take(%s value) {}".formatted(type));
        CodedException failure = dropIns.failure(file, "take", "{'value': " + value + "}");
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(failure).hasMessage(message);
    }

    @Test
    void whatMayBeLeftOutIsEmptyOrNullOrItsDefault() {
        LoadedFile file = dropIns.members("""
                @Tool(description = "Shows.") String show(
                        Optional<String> a,
                        @Arg(required = false) Integer b,
                        @Arg(defaultValue = "7") int c,
                        @Arg(defaultValue = "seven") String d,
                        @Arg(defaultValue = "[1, 2]") List<Integer> e,
                        Optional<List<Integer>> f) {
                    return a + " " + b + " " + c + " " + d + " " + e + " " + f;
                }""");
        JsonNode schema = tool(file, "show").inputSchema();
        assertThat(schema.has("required")).isFalse();
        assertThat(schema.at("/properties/c/default")).hasToString("7");
        assertThat(schema.at("/properties/e/default")).hasToString("[1,2]");
        assertThat(dropIns.answer(file, "show", "{}").text())
                .isEqualTo("Optional.empty null 7 seven [1, 2] Optional.empty");
        assertThat(dropIns.answer(file, "show", "{'a': 'x', 'b': 1, 'c': 2, 'd': '', 'e': [], 'f': [3]}")
                        .text())
                .isEqualTo("Optional[x] 1 2  [] Optional[[3]]");
        assertThat(dropIns.answer(file, "show", "{'a': null, 'c': null}").text())
                .startsWith("Optional.empty null 7");
    }

    @Test
    void theLimitsOfArgumentsAreInTheirSchema() {
        LoadedFile file = dropIns.members("""
                @Tool(description = "Takes.") void take(
                        @Arg(name = "how_many", min = 1, max = 5) int n,
                        @Arg(min = 0.5) double d,
                        @Arg(max = 3, pattern = "^[a-z]+$") String s,
                        @Arg(choices = {"low", "high"}) String level,
                        @Arg(min = 1) List<String> list) {}""");
        assertThat(tool(file, "take").inputSchema().path("properties")).hasToString("""
                {"how_many":{"type":"integer","minimum":1,"maximum":5},"d":{"type":"number","minimum":0.5},\
                "s":{"type":"string","maxLength":3,"pattern":"^[a-z]+$"},"level":{"type":"string","enum":["low","high"]},\
                "list":{"type":"array","items":{"type":"string"},"minItems":1}}""");
    }

    @Test
    void recordsAreObjectsWhichMayHaveRecordsAndEnumsInThem() {
        LoadedFile file = dropIns.members("""
                enum Level { LOW, HIGH }
                record Place(@Arg(description = "in degrees", min = -90, max = 90) double latitude, Optional<String> name) {
                    Place { if (latitude == 13) throw new IllegalArgumentException("13 is no good"); }
                }
                record Trip(List<Place> stops, Level level, @Arg(defaultValue = "2") int people) {}
                @Tool(description = "Plans.") Trip plan(Trip trip) {
                    return new Trip(trip.stops().reversed(), trip.level(), trip.people() + 1);
                }""");
        JsonNode trip = tool(file, "plan").inputSchema().at("/properties/trip");
        assertThat(trip.path("required")).hasToString("[\"stops\",\"level\"]");
        assertThat(trip.at("/properties/level/enum")).hasToString("[\"LOW\",\"HIGH\"]");
        assertThat(trip.at("/properties/stops/items")).hasToString("""
                {"type":"object","properties":{"latitude":{"type":"number","minimum":-90,"maximum":90,\
                "description":"in degrees"},"name":{"type":"string"}},"required":["latitude"],"additionalProperties":false}""");
        String one = "{'trip': {'stops': [{'latitude': 1.5, 'name': 'A'}, {'latitude': 2.5}], 'level': 'HIGH'}}";
        assertThat(dropIns.answer(file, "plan", one).json())
                .isEqualTo(
                        "{\"stops\":[{\"latitude\":2.5},{\"latitude\":1.5,\"name\":\"A\"}],\"level\":\"HIGH\",\"people\":3}");
        assertThat(dropIns.failure(file, "plan", one.replace("2.5", "13"))).hasMessage("trip.stops[1]: 13 is no good");
    }

    @Test
    void aRecordOfItselfIsReadToAnyDepthAndDescribedOnce() {
        LoadedFile file = dropIns.members("""
                record Node(String name, List<Node> children) {
                    int size() { return 1 + children.stream().mapToInt(Node::size).sum(); }
                }
                @Tool(description = "Counts.") int size(Node root) { return root.size(); }""");
        assertThat(tool(file, "size").inputSchema().at("/properties/root/properties/children/items"))
                .hasToString("{\"type\":\"object\",\"description\":\"Another Node, as above.\"}");
        String deep = "{'name': 'c', 'children': [{'name': 'd', 'children': []}]}";
        assertThat(dropIns.answer(file, "size", "{'root': {'name': 'a', 'children': [" + deep + "]}}")
                        .text())
                .isEqualTo("3");
        assertThat(dropIns.failure(file, "size", "{'root': {'name': 'a', 'children': [{'name': 'b'}]}}"))
                .hasMessage("root.children[0].children is missing.");
    }

    @Test
    void aGenericRecordHasThePartsThatItIsUsedWith() {
        LoadedFile file = dropIns.members("""
                record Pair<A, B>(A first, List<B> others) {}
                @Tool(description = "Joins.") String join(Pair<Integer, Pair<String, java.time.LocalDate>> pair) {
                    return pair.first() + pair.others().getFirst().first() + pair.others().getFirst().others();
                }""");
        assertThat(dropIns.answer(
                                file,
                                "join",
                                "{'pair': {'first': 1, 'others': [{'first': 'x', 'others': ['2026-01-31']}]}}")
                        .text())
                .isEqualTo("1x[2026-01-31]");
    }

    @Test
    void theResultOfARecordHasASchemaThatAllowsForFailure() {
        LoadedFile file = dropIns.members("""
                record Sum(int sum, @Arg(description = "in words") Optional<String> words) {}
                @Tool(description = "Adds.") Sum add(int a, int b) { return new Sum(a + b, Optional.empty()); }
                @Tool(description = "Lists.") List<Integer> list() { return List.of(1, 2); }
                @Tool(description = "Maps.") Map<String, Integer> map() { return new TreeMap<>(Map.of("a", 1)); }
                @Tool(description = "Chooses.") java.util.concurrent.TimeUnit unit() { return java.util.concurrent.TimeUnit.DAYS; }""");
        JsonNode schema = ToolSchemas.orFailure(tool(file, "add").outputSchema().orElseThrow());
        assertThat(schema.at("/properties/words")).hasToString("{\"type\":\"string\",\"description\":\"in words\"}");
        assertThat(schema.at("/oneOf")).hasToString("[{\"required\":[\"sum\"]},{\"required\":[\"error\"]}]");
        assertThat(dropIns.answer(file, "add", "{'a': 2, 'b': 3}").json()).isEqualTo("{\"sum\":5}");
        assertThat(dropIns.answer(file, "list", "{}").json()).isEqualTo("{\"result\":[1,2]}");
        assertThat(dropIns.answer(file, "list", "{}").text()).isEqualTo("[1,2]");
        assertThat(tool(file, "list").outputSchema().orElseThrow().at("/properties/result/type"))
                .hasToString("\"array\"");
        assertThat(dropIns.answer(file, "map", "{}").json()).isEqualTo("{\"a\":1}");
        assertThat(tool(file, "map").outputSchema()).isEmpty();
        assertThat(dropIns.answer(file, "unit", "{}").text()).isEqualTo("DAYS");
    }

    @Test
    void aResultThatIsNoJsonIsADefectOfTheTool() {
        LoadedFile file = dropIns.members("""
                record Gap(String text) {}
                @Tool(description = "x") Gap gap() { return new Gap(null); }
                @Tool(description = "x") Object thread() { return new Thread(); }
                @Tool(description = "x") double none() { return 0.0 / 0; }
                @Tool(description = "x") List<Integer> nothing() { return null; }""");
        assertThat(dropIns.failure(file, "gap", "{}").code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(dropIns.failure(file, "gap", "{}").getCause())
                .hasMessageContaining("text of the Gap that the tool answered with is null; make it an Optional.");
        assertThat(dropIns.failure(file, "thread", "{}").getCause())
                .hasMessageContaining("the type java.lang.Thread, which has no JSON");
        assertThat(dropIns.failure(file, "none", "{}").getCause()).hasMessageContaining("NaN");
        assertThat(dropIns.failure(file, "nothing", "{}").getCause()).hasMessageContaining("null");
    }

    @Test
    void aResultWithoutEndIsTooLarge() {
        LoadedFile file = dropIns.members("""
                @Tool(description = "x") Object itself() { List<Object> list = new ArrayList<>(); list.add(list); return list; }
                @Tool(description = "x") Object endless() {
                    return (Iterable<Integer>) () -> java.util.stream.IntStream.iterate(0, i -> i + 1).iterator();
                }""");
        assertThat(dropIns.failure(file, "itself", "{}").code()).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(dropIns.failure(file, "endless", "{}").code()).isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void recordsThatGrowWithoutEndAreRefused() {
        StringBuilder members = new StringBuilder("record R0(int a) {}");
        for (int i = 1; i <= 30; i++) {
            members.append("record R%d(R%d a, R%d b) {}\n".formatted(i, i - 1, i - 1));
        }
        assertThat(problems(dropIns.members(members + "@Tool(description = \"x\") void take(R30 r) {}")))
                .singleElement()
                .asString()
                .endsWith("take: the argument r has more than 2,000 parts, with those of its parts");
        LoadedFile growing = dropIns.members("""
                record Growing<T>(Optional<Growing<List<T>>> more, Optional<T> value) {}
                @Tool(description = "x") String take(Growing<Integer> r) { return "" + r.more().get().value(); }""");
        assertThat(dropIns.answer(growing, "take", "{'r': {'more': {'value': [1]}}}")
                        .text())
                .isEqualTo("Optional[[1]]");
    }
}
