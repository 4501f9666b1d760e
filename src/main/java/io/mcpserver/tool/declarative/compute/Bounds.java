package io.mcpserver.tool.declarative.compute;

import java.math.BigDecimal;
import java.math.MathContext;

/** How long a number may become; a number within takes microseconds to compute with. */
final class Bounds {

    /** Before the point, and after it: more than any double has. */
    static final int MOST_DIGITS = 1_000;

    /** What a number has that is not exact: 34 digits. */
    static final MathContext INEXACT = MathContext.DECIMAL128;

    private static final double DIGITS_PER_BIT = Math.log10(2);

    private Bounds() {}

    static boolean contain(BigDecimal number) {
        return number.scale() <= MOST_DIGITS && (long) number.precision() - number.scale() <= MOST_DIGITS;
    }

    /** @throws NoValue if the number is too long */
    static BigDecimal within(BigDecimal number) {
        if (!contain(number)) {
            throw tooLong();
        }
        return number;
    }

    /**
     * A power; what would be too long is not even begun.
     *
     * @throws NoValue if it is too long, or if the exponent is nothing to raise to
     */
    static BigDecimal power(BigDecimal base, BigDecimal exponent) {
        int times = whole(exponent, "it raises to a power that is");
        int size = Math.abs(times);
        long bits = (long) (base.unscaledValue().abs().bitLength() - 1) * size;
        if (bits * DIGITS_PER_BIT > 2 * MOST_DIGITS) {
            throw tooLong();
        }
        BigDecimal power = within(base.pow(size));
        return times < 0 ? quotient(BigDecimal.ONE, power) : power;
    }

    /** @throws NoValue if {@code divisor} is zero */
    static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
        return dividend.divide(notZero(divisor), INEXACT);
    }

    /** @throws NoValue if the number is zero */
    static BigDecimal notZero(BigDecimal divisor) {
        if (divisor.signum() == 0) {
            throw new NoValue("it divides by zero");
        }
        return divisor;
    }

    /**
     * @param what is said of a number that is not whole, or too large
     * @throws NoValue if the number is not whole, or not from -1,000 to 1,000
     */
    static int whole(BigDecimal number, String what) {
        try {
            int whole = number.intValueExact();
            if (Math.abs((long) whole) <= MOST_DIGITS) {
                return whole;
            }
        } catch (ArithmeticException notWhole) {
            // Said below.
        }
        throw new NoValue("%s not a whole number from -%,d to %,d".formatted(what, MOST_DIGITS, MOST_DIGITS));
    }

    private static NoValue tooLong() {
        return new NoValue("a number in it has more than %,d digits before or after the point".formatted(MOST_DIGITS));
    }
}
