package io.mcpserver.tool.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectionTest {

    private static final String CONTENT = """
            {"title": "T", "author": {"name": "Ann", "age": 3}, "tags": ["a", {"b": 1}], "a.b": 7, "none": null}""";

    @Test
    void picksFieldsInTheirNesting() throws Exception {
        assertThat(picked("title", "author.name")).isEqualTo(json("{'title':'T','author':{'name':'Ann'}}"));
        assertThat(picked("author.age", "author.name")).isEqualTo(json("{'author':{'age':3,'name':'Ann'}}"));
    }

    @Test
    void goesIntoArraysByNumber() throws Exception {
        assertThat(picked("tags.1.b")).isEqualTo(json("{'tags':{'1':{'b':1}}}"));
        assertThat(picked("tags")).isEqualTo(json("{'tags':['a',{'b':1}]}"));
    }

    @Test
    void leavesOutWhatDoesNotExist() throws Exception {
        assertThat(picked("no", "author.no", "title.no", "tags.9", "tags.x", "author."))
                .isEqualTo(json("{}"));
    }

    @Test
    void keepsNullsAndNamesWithDots() throws Exception {
        assertThat(picked("none", "a.b")).isEqualTo(json("{'none':null,'a.b':7}"));
    }

    @Test
    void acceptsTheLongFormOfAPath() throws Exception {
        assertThat(picked("content.title")).isEqualTo(json("{'title':'T'}"));
    }

    private static ObjectNode picked(String... paths) throws Exception {
        return Projection.of(json(CONTENT), List.of(paths));
    }

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
