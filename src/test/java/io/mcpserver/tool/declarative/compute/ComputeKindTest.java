package io.mcpserver.tool.declarative.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.declarative.KindFixture;
import io.mcpserver.tool.declarative.TestSurroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code compute} tools: what expressions give, which are refused with their file, and which by a call. */
class ComputeKindTest {

    private static final String TOOL = """
            tools:
              - name: calc
                description: Computes.
                input:
                  a: {type: number}
                  b: {type: number, default: 2}
                  n: {type: integer, required: false}
                  word: {type: string, default: x}
                  key: {from: env.KEY, type: number}
                compute:
                  result: %s
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            a + b;                       0.1; 0.2;  0.3
            a - b;                       0.3; 0.1;  0.2
            a + b * 2;                   1;   3;    7
            (a + b) * 2;                 1;   3;    8
            a - b - 1;                   9;   3;    5
            a / b / 2;                   12;  3;    2
            a / b;                       10;  4;    2.5
            a / b;                       1;   3;    0.3333333333333333333333333333333333
            a % b;                       7;   3;    1
            a % b;                       -7;  3;    -1
            a * b % 4 + 1;               3;   5;    4
            -a ^ b;                      2;   2;    -4
            (-a) ^ b;                    2;   2;    4
            a ^ -b;                      2;   2;    0.25
            a ^ b ^ 2;                   2;   3;    512
            a ^ 0;                       0;   0;    1
            a - -b;                      1;   2;    3
            --a;                         5;   0;    5
            a*-b;                        5;   2;    -10
            1.5e3 + a + 2E-1;            0;   0;    1500.2
            abs(a) + abs(b);             -3;  4;    7
            ceil(a) + floor(b);          1.2; 3.8;  5
            ceil(a);                     -1.5; 0;   -1
            max(a, b, 3) - min(a, b);    1;   2;    2
            max(a);                      1;   2;    1
            round(a);                    2.5; 0;    3
            round(a);                    -2.5; 0;   -3
            round(a, 2);                 2.345; 0;  2.35
            round(a, -2);                1250; 0;   1.3E+3
            round(a, b);                 2.345; 1;  2.3
            sqrt(a);                     2;   0;    1.414213562373095048801688724209698
            sqrt(a * a + b * b);         3;   4;    5
            max ( a , b );               1;   2;    2
            """)
    void anExpressionGivesWhatPaperGives(String expression, String a, String b, String expected) {
        KindFixture file = load(expression);
        assertThat(file.faults()).isEmpty();
        assertThat(file.text("calc", "{'a': %s, 'b': %s}".formatted(a, b))).isEqualTo(expected);
    }

    @Test
    void severalResultsAreAlsoTheTextAsJson() {
        KindFixture file = load("a + b\n      twice: 2 * a");
        assertThat(file.result("calc", "{'a': 3}").toString()).isEqualTo("{\"result\":5,\"twice\":6}");
        assertThat(file.text("calc", "{'a': 3}")).isEqualTo("{\"result\":5,\"twice\":6}");
    }

    @Test
    void itOnlyReadsAndRunsWhereItIsCalled() {
        ToolSpec tool = load("a").tool("calc");
        assertThat(tool.execution()).isEqualTo(ToolSpec.Execution.COMPUTES);
        assertThat(tool.hints()).isEqualTo(ToolSpec.Hints.READS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            a +;               ends where there should be a number
            (a + b;            ends where there should be an operator, one of + - * / % ^, or ")"
            a b;               cannot be read at character 3, where there should be an operator
            2(a);              cannot be read at character 2
            2a;                cannot be read at character 2
            a + * b;           cannot be read at character 5, where there should be a number
            a, b;              cannot be read at character 2
            max(a b);          cannot be read at character 7
            max(a,,b);         cannot be read at character 7
            max(,);            cannot be read at character 5
            max();             cannot be read at character 5
            .5 + a;            cannot be read at character 1
            1. + a;            cannot be read at character 3, where there should be a digit
            1.2.3;             cannot be read at character 4
            1e;                ends where there should be a digit
            0x10;              cannot be read at character 2
            a == b;            cannot be read at character 3
            a ? b : 1;         cannot be read at character 3
            a[0];              cannot be read at character 2
            a.class;           cannot be read at character 2
            "word";            cannot be read at character 1
            ${a} + 1;          cannot be read at character 1
            été;               cannot be read at character 1
            ٣ + a;             cannot be read at character 1
            round(a, 1, 2);    gives round at character 1 3 numbers; it takes one number or two
            1 + abs(a, b);     gives abs at character 5 2 numbers; it takes one number
            exec(a);           has at character 1 a function that there is not; there are abs, ceil, floor, max
            MAX(a, b);         has at character 1 a function that there is not
            fact(a);           has at character 1 a function that there is not
            1e1001 + a;        has at character 1 a number of more than 1,000 digits
            1e-1001 + a;       has at character 1 a number of more than 1,000 digits
            1e99999999999 + a; has at character 1 a number of more than 1,000 digits
            a + c;             "c" is no input of this tool; there are a, b, n, word, key
            A + b;             "A" is no input of this tool
            PI;                "PI" is no input of this tool
            a + word;          "word" is no number; its type must be number or integer
            a + n;             "n" may be left out, and then there is no result; give it a default
            a + key;           "key" cannot stand here, where a client could see the secret
            """)
    void whatIsNoExpressionIsAFaultWithLineAndPlace(String expression, String fault) {
        assertThat(load("'" + expression.replace("'", "''") + "'").faults())
                .singleElement()
                .asString()
                .startsWith("tools.yaml:11: tools[0].compute.result: " + fault);
    }

    @Test
    void lengthDepthAndNumberOfExpressionsAreLimited() {
        assertThat(load("(".repeat(29) + "a" + ")".repeat(29)).faults()).isEmpty();
        assertThat(load("(".repeat(30) + "a" + ")".repeat(30)).faults())
                .containsExactly("tools.yaml:11: tools[0].compute.result: is nested more than 30 deep");
        assertThat(load("'" + "-".repeat(290) + "a'").faults())
                .containsExactly("tools.yaml:11: tools[0].compute.result: is nested more than 30 deep");
        assertThat(load("a" + "+a".repeat(150)).faults())
                .containsExactly("tools.yaml:11: tools[0].compute.result: must have at most 300 characters");
        StringBuilder many = new StringBuilder("a");
        for (int i = 0; i < 20; i++) {
            many.append("\n      r%d: a".formatted(i));
        }
        assertThat(load(many.toString()).faults())
                .containsExactly("tools.yaml:10: tools[0].compute: must have at most 20");
    }

    @Test
    void aResultHasAPlainNameThatIsNotThatOfAFailure() {
        for (String name : List.of("error", "1st", "\"a b\"", "\"\"")) {
            assertThat(load("a\n      " + name + ": a").faults())
                    .as(name)
                    .singleElement()
                    .asString()
                    .startsWith("tools.yaml:12: tools[0].compute.")
                    .endsWith(": must be 1 to 64 letters, digits and _, beginning with no digit, and not be error");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            a / b;               0;      it divides by zero
            a % b;               0;      it divides by zero
            b ^ -1;              0;      it divides by zero
            sqrt(b);             -1;     it takes the root of a number below zero
            a ^ b;               0.5;    it raises to a power that is not a whole number from -1,000 to 1,000
            a ^ b;               1001;   it raises to a power that is not a whole number from -1,000 to 1,000
            a ^ b;               1e300;  it raises to a power that is not a whole number from -1,000 to 1,000
            9 ^ 9 ^ 9 ^ b;       9;      it raises to a power that is not a whole number from -1,000 to 1,000
            (9 ^ 999) ^ b;       999;    a number in it has more than 1,000 digits before or after the point
            (9 ^ 9) ^ b;         999;    a number in it has more than 1,000 digits before or after the point
            10 ^ b;              1000;   a number in it has more than 1,000 digits before or after the point
            10 ^ b * 10 ^ b;     600;    a number in it has more than 1,000 digits before or after the point
            1e-600 / 10 ^ b;     600;    a number in it has more than 1,000 digits before or after the point
            b * b * b * b;       1e300;  a number in it has more than 1,000 digits before or after the point
            round(a, b);         0.5;    it rounds to places that are not a whole number from -1,000 to 1,000
            round(a, b);         1e9;    it rounds to places that are not a whole number from -1,000 to 1,000
            """)
    void whatHasNoValueIsRefusedAtOnceAndSaysWhy(String expression, String b, String why) {
        CodedException failure = load(expression).failure("calc", "{'a': 7, 'b': %s}".formatted(b));
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(failure.getMessage())
                .isEqualTo("calc has no \"result\" for these arguments, since " + why + "; give others.");
    }

    @Test
    void anArgumentOfAsManyDigitsAsJsonMayHaveIsComputedWith() {
        String longest = "9".repeat(999);
        assertThat(load("a + b - b").text("calc", "{'a': %s}".formatted(longest)))
                .isEqualTo(longest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'b + b'", "'9^9^9^9'", "'${env.KEY}'", "{'b': 1}", "[1]", "true"})
    void anArgumentIsANumberAndNeverAnExpression(String a) {
        assertThat(load("a + b").failure("calc", "{'a': %s}".formatted(a)).code())
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void anInputOfTheCallerMayBeComputedWith() {
        KindFixture file = KindFixture.load("""
                tools:
                  - name: quota
                    description: What is left.
                    input:
                      used: {type: integer}
                      quota: {from: caller.claims.quota, type: number}
                    compute: {left: quota - used}
                """, surroundings());
        assertThat(file.success("quota", "{'used': 3}", with("10")).text()).isEqualTo("7.0");
        assertThat(file.failure("quota", "{'used': 3}", with("Infinity")).getMessage())
                .contains("\"quota\" is larger than any double");
    }

    private static ToolCaller with(String quota) {
        return new ToolCaller("ann", "default", Optional.empty(), Optional.empty(), Map.of("quota", quota));
    }

    private KindFixture load(String expression) {
        return KindFixture.load(TOOL.formatted(expression), surroundings());
    }

    private TestSurroundings surroundings() {
        return TestSurroundings.in(folder).secret("env.KEY", "42");
    }
}
