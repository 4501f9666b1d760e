package io.mcpserver.tool.declarative.compute;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.tool.declarative.Inputs;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** An expression that was read: a number for the inputs of each call. Immutable. */
sealed interface Expression {

    /**
     * Computes the number, for inputs that are numbers.
     *
     * @throws NoValue where there is none, or one that is too long
     */
    BigDecimal value(Inputs inputs);

    record Constant(BigDecimal number) implements Expression {

        @Override
        public BigDecimal value(Inputs inputs) {
            return number;
        }
    }

    record Input(String name) implements Expression {

        @Override
        public BigDecimal value(Inputs inputs) {
            JsonNode given = inputs.get(name).orElseThrow();
            if (given.isDouble() && !Double.isFinite(given.doubleValue())) {
                throw new NoValue("\"" + name + "\" is larger than any double");
            }
            return Bounds.within(given.decimalValue());
        }
    }

    record Negative(Expression positive) implements Expression {

        @Override
        public BigDecimal value(Inputs inputs) {
            return positive.value(inputs).negate();
        }
    }

    record Operation(Operator operator, Expression left, Expression right) implements Expression {

        @Override
        public BigDecimal value(Inputs inputs) {
            return operator.apply(left.value(inputs), right.value(inputs));
        }
    }

    record Application(NumberFunction function, List<Expression> arguments) implements Expression {

        @Override
        public BigDecimal value(Inputs inputs) {
            List<BigDecimal> values = new ArrayList<>(arguments.size());
            for (Expression argument : arguments) {
                values.add(argument.value(inputs));
            }
            return function.apply(values);
        }
    }
}
