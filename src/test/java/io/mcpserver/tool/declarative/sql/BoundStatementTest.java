package io.mcpserver.tool.declarative.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.tool.declarative.Template.Part;
import io.mcpserver.tool.source.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundStatementTest {

    private final List<String> faults = new ArrayList<>();

    @Test
    void everyInputBecomesAParameter() {
        BoundStatement statement = read("select * from t where a = ${a} and b in (${b}, ${a})", false)
                .orElseThrow();
        assertThat(statement.sql(Dialect.POSTGRESQL)).isEqualTo("select * from t where a = ? and b in (?, ?)");
        assertThat(statement.names()).containsExactly("a", "b", "a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select '${a}'",
                "select 'it''s ${a}'",
                "select e'it\\'s ${a}'",
                "select \"${a}\"",
                "select `${a}`",
                "select $$ ${a} $$",
                "select $tag$ $$ ${a} $tag$",
                "select 1 -- ${a}",
                "select 1 /* ${a} */",
                "select 1 /* /* */ ${a} */"
            })
    void anInputInsideQuotesOrCommentsIsAFault(String statement) {
        assertThat(read(statement, false)).isEmpty();
        assertThat(faults).singleElement().asString().contains("${a} stands inside");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'x' || ${a}",
                "select 'it''s' || ${a}",
                "select e'\\'' || ${a}",
                "select 'c:\\' || ${a}",
                "select \"a\"\"b\" || ${a}",
                "select $1$ ' $1$ || ${a}",
                "select $$ ' $$ || ${a}",
                "select 1 -- it's\n + ${a}",
                "select 1 /* it's /* nested */ \" */ + ${a}",
                "select ${a}; -- done",
                "(select ${a})",
                "  WITH w as (select ${a}) select * from w ;"
            })
    void anInputOutsideOfThemIsBound(String statement) {
        assertThat(read(statement, false)).as("%s", faults).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"select 1; select 2", "select 1;; drop table t", "select 1; ${a}", "select '' ; delete from t"})
    void severalStatementsAreAFault(String statement) {
        assertThat(read(statement, true)).isEmpty();
        assertThat(faults).singleElement().asString().contains("more than one statement");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 'x", "select \"x", "select /* x", "select $$ x"})
    void whatIsNotClosedIsAFault(String statement) {
        assertThat(read(statement, false)).isEmpty();
        assertThat(faults).anyMatch(fault -> fault.startsWith("ends inside"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy t to program 'sh'",
                "do $$ begin end $$",
                "set role root",
                "begin",
                "commit",
                "attach 'x'",
                "install httpfs",
                "load httpfs",
                "pragma x",
                "vacuum",
                "export database 'x'",
                "${a}",
                "",
                "-- nothing"
            })
    void statementsOfOtherKindsAreRefusedEvenWhereDataMayBeChanged(String statement) {
        assertThat(read(statement, true)).isEmpty();
        assertThat(faults).singleElement().asString().contains("a statement begins with select");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"insert into t values (${a})", "/* x */ DELETE from t", "update t set a = 1", "drop table t"})
    void aStatementThatChangesDataHasToSaySo(String statement) {
        assertThat(read(statement, false)).isEmpty();
        assertThat(faults).singleElement().asString().contains("say write: true");
        assertThat(read(statement, true)).isPresent();
    }

    @Test
    void operatorsWithAQuestionMarkAreKeptApartFromParameters() {
        BoundStatement statement =
                read("select j ?| array['a?'] from t where j ? ${a}", false).orElseThrow();
        assertThat(statement.sql(Dialect.POSTGRESQL)).isEqualTo("select j ??| array['a?'] from t where j ?? ?");
    }

    private Optional<BoundStatement> read(String statement, boolean writes) {
        faults.clear();
        List<Part> parts = new ArrayList<>();
        int at = 0;
        for (int found = statement.indexOf("${"); found >= 0; found = statement.indexOf("${", at)) {
            parts.add(new Part.Literal(statement.substring(at, found)));
            at = statement.indexOf('}', found) + 1;
            parts.add(new Part.Input(statement.substring(found + 2, at - 1)));
        }
        parts.add(new Part.Literal(statement.substring(at)));
        return BoundStatement.read(parts, writes, faults::add);
    }
}
