package io.mcpserver.tool.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.embedding.Embedder;
import io.mcpserver.embedding.onnx.MiniLmFactory;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tools are found by meaning with the model of the program. */
class ToolMeaningsTest {

    /** The model, and what it was given. */
    private record Watched(Embedder inner, List<String> given) implements Embedder {

        @Override
        public String model() {
            return inner.model();
        }

        @Override
        public int dimension() {
            return inner.dimension();
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            given.addAll(texts);
            return inner.embed(texts);
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    private static final ToolSpec MAIL = tool("crm_message", "Sends an e-mail to a customer");
    private static final ToolSpec WEATHER = tool("forecast", "Says how the weather will be tomorrow");
    private static final ToolSpec PAY = tool("payment_refund", "Gives a customer the money of an order back");

    private static Watched model;

    private final ToolMeanings meanings = new ToolMeanings();

    @BeforeAll
    static void load() {
        model = new Watched(new MiniLmFactory().create(), new ArrayList<>());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void aToolIsFoundWithoutAnyOfItsWords() throws Exception {
        List<ToolSpec> tools = List.of(MAIL, WEATHER, PAY);

        assertThat(meanings.find("Will it rain?", tools, model).getFirst()).isEqualTo("forecast");
        assertThat(meanings.find("return what the buyer paid", tools, model).getFirst())
                .isEqualTo("payment_refund");
    }

    @Test
    void whatStaysIsEmbeddedOnce() throws Exception {
        meanings.find("first", List.of(MAIL, WEATHER), model);
        model.given().clear();

        meanings.find("second", List.of(WEATHER, PAY), model);

        assertThat(model.given()).hasSize(2).contains("second").anyMatch(text -> text.contains("money"));
    }

    private static ToolSpec tool(String name, String description) {
        return ToolSpec.named(name).title(description).description(description).computes(call -> ToolResult.ofText(""));
    }
}
