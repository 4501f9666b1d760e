import io.mcpserver.tool.api.Arg;
import io.mcpserver.tool.api.Example;
import io.mcpserver.tool.api.Tool;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A tool in Java: a file that is put into this folder, and nothing else. The server compiles it. */
public final class TextStatistics {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:['’-][\\p{L}\\p{N}]+)*");
    private static final Pattern SENTENCE_END = Pattern.compile("[.!?…。！？]+(?=\\s|$)|[。！？]");

    /** A word, and how often it occurs. */
    public record Frequency(String word, long count) {}

    /** What there is to tell of a text. */
    public record Statistics(long characters, long words, long sentences, List<Frequency> frequent) {}

    @Tool(
            title = "Count words",
            description = "Counts the characters, words and sentences of a text, and tells its most frequent words."
                    + " For texts whose length matters, since models count badly.",
            readOnly = true,
            openWorld = false)
    @Example(
            name = "a short text",
            given = """
                    {"text": "To be, or not to be. That is the question!", "top": 2}""",
            expect = """
                    {"characters": 42, "words": 10, "sentences": 2,
                     "frequent": [{"word": "be", "count": 2}, {"word": "to", "count": 2}]}""")
    @Example(name = "no text", given = "{\"text\": \"\"}", expect = "{\"words\": 0, \"frequent\": []}")
    @Example(name = "too many words", given = "{\"text\": \"a\", \"top\": 1000}", fails = "INVALID_ARGUMENT")
    public Statistics textStatistics(
            @Arg(description = "the text, in any language that puts spaces between words", max = 1_000_000) String text,
            @Arg(description = "how many of the most frequent words are told", min = 0, max = 100, defaultValue = "5")
                    int top) {
        Map<String, Long> counted = WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        List<Frequency> frequent = counted.entrySet().stream()
                .map(entry -> new Frequency(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Frequency::count).reversed().thenComparing(Frequency::word))
                .limit(top)
                .toList();
        long words = counted.values().stream().mapToLong(Long::longValue).sum();
        return new Statistics(
                text.codePointCount(0, text.length()), words, SENTENCE_END.matcher(text).results().count(), frequent);
    }
}
