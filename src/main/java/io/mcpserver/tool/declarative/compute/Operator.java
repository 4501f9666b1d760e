package io.mcpserver.tool.declarative.compute;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** What stands between two numbers. The one with the higher rank is computed first. */
enum Operator {
    PLUS('+', 1, BigDecimal::add),
    MINUS('-', 1, BigDecimal::subtract),
    TIMES('*', 2, BigDecimal::multiply),
    DIVIDED_BY('/', 2, Bounds::quotient),
    /** Of the sign of what is divided. */
    REMAINDER('%', 2, (a, b) -> a.remainder(Bounds.notZero(b))),
    /** Reads from the right: {@code 2^3^2} is {@code 2^9}. */
    POWER('^', 3, Bounds::power);

    /** The least of all ranks. */
    static final int LEAST_RANK = PLUS.rank;

    /** A sign before a number binds as tightly as this: {@code -2^2} is {@code -4}. */
    static final int RANK_OF_SIGN = POWER.rank;

    private static final Operator[] ALL = values();

    private final char symbol;
    private final int rank;
    private final BinaryOperator<BigDecimal> work;

    Operator(char symbol, int rank, BinaryOperator<BigDecimal> work) {
        this.symbol = symbol;
        this.rank = rank;
        this.work = work;
    }

    static Optional<Operator> of(int symbol) {
        for (Operator each : ALL) {
            if (each.symbol == symbol) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    int rank() {
        return rank;
    }

    /** The least rank of what its right side takes along. */
    int rankOfRight() {
        return this == POWER ? rank : rank + 1;
    }

    /** @throws NoValue where there is no number, or one that is too long */
    BigDecimal apply(BigDecimal left, BigDecimal right) {
        return Bounds.within(work.apply(left, right));
    }
}
