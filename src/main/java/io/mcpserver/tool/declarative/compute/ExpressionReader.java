package io.mcpserver.tool.declarative.compute;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one expression, such as {@code round(price * (1 + tax / 100), 2)}. For one thread. */
final class ExpressionReader {

    /** Of brackets, functions and signs in each other. */
    static final int MOST_DEPTH = 30;

    private static final int END = -1;

    private final String text;
    private final Set<String> names = new LinkedHashSet<>();
    private int at;
    private int depth;

    ExpressionReader(String text) {
        this.text = text;
    }

    /** @throws Unreadable if the text is anything but one expression */
    Expression read() throws Unreadable {
        Expression whole = sum(Operator.LEAST_RANK);
        if (next() != END) {
            throw expected("an operator, one of + - * / % ^, or the end");
        }
        return whole;
    }

    /** The names of inputs that were read, in their order. */
    Set<String> names() {
        return names;
    }

    /** Takes operators along whose rank is at least {@code rank}. */
    private Expression sum(int rank) throws Unreadable {
        if (++depth > MOST_DEPTH) {
            throw new Unreadable("is nested more than " + MOST_DEPTH + " deep");
        }
        Expression left = operand();
        Optional<Operator> operator = operator(rank);
        while (operator.isPresent()) {
            at++;
            left = new Expression.Operation(
                    operator.get(), left, sum(operator.get().rankOfRight()));
            operator = operator(rank);
        }
        depth--;
        return left;
    }

    private Optional<Operator> operator(int rank) {
        return Operator.of(next()).filter(found -> found.rank() >= rank);
    }

    private Expression operand() throws Unreadable {
        int first = next();
        if (isDigit(first)) {
            return number();
        }
        if (isLetter(first)) {
            return named();
        }
        return switch (first) {
            case '(' -> {
                at++;
                Expression inner = sum(Operator.LEAST_RANK);
                close();
                yield inner;
            }
            case '-' -> {
                at++;
                yield new Expression.Negative(sum(Operator.RANK_OF_SIGN));
            }
            default -> throw expected("a number, the name of an input or a function, \"-\" or \"(\"");
        };
    }

    private Expression number() throws Unreadable {
        int begin = at;
        digits();
        if (here() == '.') {
            at++;
            digits();
        }
        if (here() == 'e' || here() == 'E') {
            at++;
            if (here() == '+' || here() == '-') {
                at++;
            }
            digits();
        }
        if (isLetter(here()) || here() == '.') {
            throw expected("an operator, one of + - * / % ^, or the end");
        }
        try {
            BigDecimal number = new BigDecimal(text.substring(begin, at));
            if (Bounds.contain(number)) {
                return new Expression.Constant(number);
            }
        } catch (NumberFormatException beyondAnyNumber) {
            // Said below.
        }
        throw new Unreadable("has at character %d a number of more than %,d digits before or after the point"
                .formatted(begin + 1, Bounds.MOST_DIGITS));
    }

    private void digits() throws Unreadable {
        if (!isDigit(here())) {
            throw expected("a digit");
        }
        while (isDigit(here())) {
            at++;
        }
    }

    private Expression named() throws Unreadable {
        int begin = at;
        while (isLetter(here()) || isDigit(here())) {
            at++;
        }
        String name = text.substring(begin, at);
        if (next() != '(') {
            names.add(name);
            return new Expression.Input(name);
        }
        NumberFunction function = NumberFunction.named(name)
                .orElseThrow(() -> new Unreadable("has at character %d a function that there is not; there are %s"
                        .formatted(begin + 1, NumberFunction.all())));
        List<Expression> arguments = new ArrayList<>();
        do {
            at++;
            arguments.add(sum(Operator.LEAST_RANK));
        } while (next() == ',');
        close();
        if (!function.takes(arguments.size())) {
            throw new Unreadable("gives %s at character %d %d numbers; it takes %s"
                    .formatted(function.word(), begin + 1, arguments.size(), function.arity()));
        }
        return new Expression.Application(function, arguments);
    }

    private void close() throws Unreadable {
        if (next() != ')') {
            throw expected("an operator, one of + - * / % ^, or \")\"");
        }
        at++;
    }

    /** The next character that is no blank, or {@link #END}. */
    private int next() {
        while (" \t\n\r".indexOf(here()) >= 0) {
            at++;
        }
        return here();
    }

    private int here() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isLetter(int character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z' || character == '_';
    }

    private Unreadable expected(String what) {
        return new Unreadable(
                here() == END
                        ? "ends where there should be " + what
                        : "cannot be read at character " + (at + 1) + ", where there should be " + what);
    }
}
