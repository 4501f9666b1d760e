package io.mcpserver.tool.declarative.compute;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A function that an expression may name; there are no others. */
enum NumberFunction {
    ABS(1, 1, all -> all.getFirst().abs()),
    CEIL(1, 1, all -> rounded(all.getFirst(), 0, RoundingMode.CEILING)),
    FLOOR(1, 1, all -> rounded(all.getFirst(), 0, RoundingMode.FLOOR)),
    MAX(1, Integer.MAX_VALUE, all -> all.stream().reduce(BigDecimal::max).orElseThrow()),
    MIN(1, Integer.MAX_VALUE, all -> all.stream().reduce(BigDecimal::min).orElseThrow()),
    /** To as many places as the second number says, without it to a whole number; a half goes away from zero. */
    ROUND(1, 2, all -> rounded(all.getFirst(), places(all), RoundingMode.HALF_UP)),
    SQRT(1, 1, all -> root(all.getFirst()));

    private final int least;
    private final int most;
    private final Function<List<BigDecimal>, BigDecimal> work;

    NumberFunction(int least, int most, Function<List<BigDecimal>, BigDecimal> work) {
        this.least = least;
        this.most = most;
        this.work = work;
    }

    static Optional<NumberFunction> named(String name) {
        return Arrays.stream(values()).filter(each -> each.word().equals(name)).findFirst();
    }

    /** The names of all, in words. */
    static String all() {
        return String.join(
                ", ", Arrays.stream(values()).map(NumberFunction::word).toList());
    }

    /** As it stands in an expression. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean takes(int arguments) {
        return arguments >= least && arguments <= most;
    }

    /** How many numbers it takes, in words. */
    String arity() {
        if (most == Integer.MAX_VALUE) {
            return "at least one number";
        }
        return most == 1 ? "one number" : "one number or two";
    }

    /** @throws NoValue where there is no number */
    BigDecimal apply(List<BigDecimal> arguments) {
        return work.apply(arguments);
    }

    private static int places(List<BigDecimal> arguments) {
        return arguments.size() == 1 ? 0 : Bounds.whole(arguments.getLast(), "it rounds to places that are");
    }

    private static BigDecimal rounded(BigDecimal number, int places, RoundingMode how) {
        return number.scale() <= places ? number : Bounds.within(number.setScale(places, how));
    }

    private static BigDecimal root(BigDecimal number) {
        if (number.signum() < 0) {
            throw new NoValue("it takes the root of a number below zero");
        }
        return number.sqrt(Bounds.INEXACT);
    }
}
