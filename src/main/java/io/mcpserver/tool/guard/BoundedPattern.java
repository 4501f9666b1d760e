package io.mcpserver.tool.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A pattern of a schema, held against texts of strangers in bounded time. Java's patterns try all ways in which a text may
 * match, which can be more than there is time for, and cannot be interrupted; what they can not do without is to look at
 * characters, so these are counted.
 *
 * <p>Threads: safe for any number of callers.
 */
final class BoundedPattern implements RegularExpression {

    /** Of one validation, whatever its schema and its texts. */
    private static final ScopedValue<Steps> STEPS = ScopedValue.newInstance();

    private final String written;
    private final Pattern pattern;

    private BoundedPattern(String written) {
        this.written = written;
        this.pattern = Pattern.compile(RegularExpressions.replaceLongformCharacterProperties(
                RegularExpressions.replaceDollarAnchors(written)));
    }

    /** Makes the patterns of all schemas of a registry bounded. */
    static void use(SchemaRegistry.Builder registry) {
        registry.schemaRegistryConfig(SchemaRegistryConfig.builder()
                .regularExpressionFactory(BoundedPattern::new)
                .build());
    }

    /**
     * The faults of a value by a schema of such a registry.
     *
     * @throws PatternTooHard if all patterns together take too many steps, or the thread is interrupted meanwhile
     */
    static List<Error> validate(Schema schema, JsonNode value) {
        return ScopedValue.where(STEPS, new Steps()).call(() -> schema.validate(value));
    }

    @Override
    public boolean matches(String text) {
        Steps steps = STEPS.isBound() ? STEPS.get() : new Steps();
        steps.more(text.length());
        try {
            return pattern.matcher(new Watched(text, steps)).find();
        } catch (StackOverflowError e) {
            throw new PatternTooHard(written, "is too deep for so long a text");
        }
    }

    /** How many characters may still be looked at. */
    private static final class Steps {

        private static final long AT_FIRST = 10_000_000;
        private static final long PER_CHARACTER = 16;
        private static final long BETWEEN_LOOKS = 1 << 16;

        private long left = AT_FIRST;

        void more(int characters) {
            left += PER_CHARACTER * characters;
        }

        boolean take() {
            return --left >= 0
                    && (left % BETWEEN_LOOKS != 0 || !Thread.currentThread().isInterrupted());
        }
    }

    private final class Watched implements CharSequence {

        private final String text;
        private final Steps steps;

        Watched(String text, Steps steps) {
            this.text = text;
            this.steps = steps;
        }

        @Override
        public char charAt(int index) {
            if (!steps.take()) {
                throw new PatternTooHard(written, "takes too long on what was given");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
