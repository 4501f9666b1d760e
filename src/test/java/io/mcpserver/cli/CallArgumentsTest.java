package io.mcpserver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.cli.client.Messages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallArgumentsTest {

    private static final JsonNode SCHEMA = Messages.read("""
            {"properties": {
              "text": {"type": "string"}, "count": {"type": "integer"}, "ratio": {"type": "number"},
              "flag": {"type": "boolean"}, "list": {"type": "array"}, "object": {"type": "object"},
              "either": {"type": ["integer", "string"]}, "any": {}}}""").orElseThrow();

    @TempDir
    Path folder;

    @Test
    void noneAreAnEmptyObject() {
        assertThat(read("")).isEqualTo("{}");
    }

    @Test
    void anObjectIsTakenAsItIs() throws IOException {
        String object = "{\"a\": 1, \"b\": {\"c\": 12345678901234567890.25}}";
        String compact = "{\"a\":1,\"b\":{\"c\":12345678901234567890.25}}";
        Path file = Files.writeString(folder.resolve("a.json"), object);
        assertThat(read("", object)).isEqualTo(compact);
        assertThat(read(object, "-")).isEqualTo(compact);
        assertThat(read("", "@" + file)).isEqualTo(compact);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "text=1 | {'text':'1'}",
                "text=a=b | {'text':'a=b'}",
                "text= | {'text':''}",
                "count=12 | {'count':12}",
                "count=1e3 | {'count':1E+3}",
                "ratio=0.25 | {'ratio':0.25}",
                "flag=true | {'flag':true}",
                "list=[1,'a'] | {'list':[1,'a']}",
                "object={'a':{}} | {'object':{'a':{}}}",
                "either=1 | {'either':1}",
                "either=one | {'either':'one'}",
                "any=1 | {'any':1}",
                "any=one | {'any':'one'}",
                "unknown=null | {'unknown':null}",
                "unknown=some words | {'unknown':'some words'}"
            })
    void aPairIsReadByTheTypeInTheSchema(String word, String expected) {
        assertThat(read("", word.replace('\'', '"'))).isEqualTo(expected.replace('\'', '"'));
    }

    @Test
    void severalPairsMakeOneObject() {
        assertThat(read("", "count=1", "text=x")).isEqualTo("{\"count\":1,\"text\":\"x\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count=x | count must be integer, but is x",
                "count=1.5 | count must be integer",
                "count= | count must be integer",
                "flag=yes | flag must be boolean",
                "list=a,b | write a list as list=",
                "{'a': 1 | must be one JSON object",
                "{} {} | must be one JSON object",
                "x | or name=value pairs, but x is none of these",
                "[1] | or name=value pairs",
                "=1 | or name=value pairs",
                "@/no/such/file | cannot be read from /no/such/file"
            })
    void whatIsWrongIsSaid(String word, String said) {
        assertThatThrownBy(() -> read("", word.replace('\'', '"')))
                .isInstanceOf(CallArguments.WrongArguments.class)
                .hasMessageContaining(said);
    }

    @Test
    void anArgumentIsGivenOnce() {
        assertThatThrownBy(() -> read("", "text=a", "text=b")).hasMessageContaining("text is given twice");
    }

    private static String read(String input, String... words) {
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        return CallArguments.read(List.of(words), SCHEMA, in).toString();
    }
}
