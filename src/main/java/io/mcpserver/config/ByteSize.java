package io.mcpserver.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as people write them: {@code 100kB} is 100,000 bytes, {@code 100KiB} is 102,400 bytes, {@code 100} is 100 bytes.
 */
public final class ByteSize {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18}) ?(?:([kKMGT])(i?))?B?");
    private static final String PREFIXES = "KMGT";
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private ByteSize() {}

    /** The number of bytes, at most {@code Long.MAX_VALUE}; empty if the text is no size. */
    public static Optional<Long> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        if (matcher.group(2) == null) {
            return Optional.of(number);
        }
        int power = PREFIXES.indexOf(Character.toUpperCase(matcher.group(2).charAt(0))) + 1;
        double bytes = number * Math.pow(matcher.group(3).isEmpty() ? 1000 : 1024, power);
        return Optional.of((long) bytes);
    }

    /** The shortest exact decimal form. */
    static String format(long bytes) {
        int unit = 0;
        long value = bytes;
        while (unit < UNITS.length - 1 && value != 0 && value % 1000 == 0) {
            value /= 1000;
            unit++;
        }
        return value + UNITS[unit];
    }
}
