package io.mcpserver.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mcpserver.embedding.Embedder;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MiniLmEmbedderTest {

    private static final Embedder EMBEDDER = new MiniLmFactory().create();

    @AfterAll
    static void close() {
        EMBEDDER.close();
    }

    @Test
    void vectorsHaveUnitLengthAndTheStatedDimension() {
        float[] vector = one("A sentence.");

        assertThat(vector).hasSize(EMBEDDER.dimension());
        assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-5));
    }

    @Test
    void aParaphraseIsNearerThanAnotherSubject() {
        float[] question = one("How do I make a cake rise?");

        assertThat(cosine(question, one("Baking powder makes dough grow in the oven.")))
                .isGreaterThan(cosine(question, one("The parliament passed a law on shipping.")) + 0.1);
    }

    @Test
    void theSameTextGivesTheSameVectorWhateverItsCompany() {
        List<float[]> together =
                EMBEDDER.embed(List.of("red apple", "a much longer text about something else entirely"));

        assertThat(together.get(0)).isEqualTo(one("red apple"));
    }

    @Test
    void aTextLongerThanTheModelReadsIsCut() {
        String long_ = "word ".repeat(300);

        assertThat(one(long_ + "elephants")).isEqualTo(one(long_ + "bicycles"));
    }

    @Test
    void manyThreadsGetTheirOwnVectors() {
        List<String> texts =
                IntStream.range(0, 40).mapToObj(i -> "text number " + i).toList();
        List<float[]> expected = EMBEDDER.embed(texts);

        List<float[]> found =
                texts.parallelStream().map(MiniLmEmbedderTest::one).toList();

        for (int i = 0; i < texts.size(); i++) {
            assertThat(found.get(i)).isEqualTo(expected.get(i));
        }
    }

    @Test
    void aClosedEmbedderSaysSo() {
        Embedder closed = new MiniLmFactory().create();
        closed.close();
        closed.close();

        assertThatThrownBy(() -> closed.embed(List.of("x")))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
    }

    @Test
    void anInterruptedCallerIsToldThatItTimedOut() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> one("x")).isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.TIMEOUT));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aModelThatIsNotThereIsExplained() {
        assertThatThrownBy(() -> SentenceModel.load("no-such-model"))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining("no-such-model")
                .hasMessageContaining("embedding.model");
    }

    private static float[] one(String text) {
        return EMBEDDER.embed(List.of(text)).getFirst();
    }

    private static double cosine(float[] a, float[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }
}
