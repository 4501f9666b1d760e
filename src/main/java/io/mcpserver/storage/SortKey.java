package io.mcpserver.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Comparator;

/**
 * What of a JSON value decides its place in an order; equal keys are equal places.
 *
 * <p>Numbers are ordered as doubles; where two are equal as doubles but at or beyond 2^53, whole
 * numbers of 64 bits are told apart exactly. Strings are ordered by code point, by their first {@value
 * #TEXT_LENGTH} characters.
 *
 * @param rank 0 missing and null, 1 booleans, 2 numbers, 3 strings, 4 everything else
 * @param number the number as a double, or 0 for false and 1 for true; else 0
 * @param exact the whole number that tells doubles of one value apart; else zero
 * @param text the beginning of the string; else empty
 */
public record SortKey(int rank, double number, BigInteger exact, String text) implements Comparable<SortKey> {

    /** Characters (code points) of a string that decide its place. */
    public static final int TEXT_LENGTH = 256;

    /** From here on doubles do not tell all whole numbers apart. */
    public static final double EXACT_FROM = 0x1p53;

    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger UNSIGNED_END = BigInteger.ONE.shiftLeft(64);
    private static final double EXACT_END = 0x1p126;

    private static final Comparator<SortKey> ORDER = Comparator.comparingInt(SortKey::rank)
            .thenComparingDouble(SortKey::number)
            .thenComparing(SortKey::exact)
            .thenComparing(SortKey::text, SortKey::compareByCodePoint);

    public static SortKey of(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return new SortKey(0, 0, BigInteger.ZERO, "");
        }
        if (value.isBoolean()) {
            return new SortKey(1, value.booleanValue() ? 1 : 0, BigInteger.ZERO, "");
        }
        if (value.isNumber()) {
            return number(value);
        }
        return value.isTextual() ? new SortKey(3, 0, BigInteger.ZERO, beginning(value.textValue())) : compound();
    }

    @Override
    public int compareTo(SortKey other) {
        return ORDER.compare(this, other);
    }

    /** Compares two texts by code point, which is also the order of their bytes in UTF-8. */
    public static int compareByCodePoint(String a, String b) {
        int at = 0;
        int end = Math.min(a.length(), b.length());
        while (at < end && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        if (at == end) {
            return Integer.compare(a.length(), b.length());
        }
        char x = a.charAt(at);
        char y = b.charAt(at);
        // A unit of a surrogate pair stands for a code point beyond all single units.
        boolean pairs = Character.isSurrogate(x) == Character.isSurrogate(y);
        return pairs ? Character.compare(x, y) : Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y));
    }

    private static SortKey number(JsonNode value) {
        double number = value.doubleValue() + 0.0;
        return new SortKey(2, number, Math.abs(number) < EXACT_FROM ? BigInteger.ZERO : toldApart(value, number), "");
    }

    private static BigInteger toldApart(JsonNode value, double number) {
        if (value.isIntegralNumber()) {
            BigInteger whole = value.bigIntegerValue();
            if (whole.compareTo(LONG_MIN) >= 0 && whole.compareTo(UNSIGNED_END) < 0) {
                return whole;
            }
        }
        return Math.abs(number) < EXACT_END ? new BigDecimal(number).toBigInteger() : BigInteger.ZERO;
    }

    private static String beginning(String text) {
        return text.codePointCount(0, text.length()) <= TEXT_LENGTH
                ? text
                : text.substring(0, text.offsetByCodePoints(0, TEXT_LENGTH));
    }

    private static SortKey compound() {
        return new SortKey(4, 0, BigInteger.ZERO, "");
    }
}
