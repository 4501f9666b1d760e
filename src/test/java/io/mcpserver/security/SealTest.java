package io.mcpserver.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {

    private static final byte[] SECRET = bytes("a secret of more than 32 characters");
    private static final byte[] CONTEXT = bytes("laptop");
    private static final Seal SEAL = new Seal(() -> SECRET, "session");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 300, Seal.MAX_PLAIN})
    void whatWasSealedComesBackAsItWas(int length) {
        byte[] plain = new byte[length];
        new Random(length).nextBytes(plain);

        String sealed = SEAL.seal(plain, CONTEXT);

        assertThat(sealed).matches("[A-Za-z0-9_-]+").hasSizeLessThanOrEqualTo(Seal.MAX_TEXT);
        assertThat(SEAL.open(sealed, CONTEXT)).contains(plain);
    }

    @Test
    void anotherSealWithTheSameSecretOpensItToo() {
        String sealed = SEAL.seal(bytes("state"), CONTEXT);
        assertThat(new Seal(SECRET::clone, "session").open(sealed, CONTEXT)).contains(bytes("state"));
    }

    @Test
    void anotherPurposeContextOrSecretOpensNothing() {
        String sealed = SEAL.seal(bytes("state"), CONTEXT);
        byte[] other = SECRET.clone();
        other[0] ^= 1;

        assertThat(new Seal(() -> SECRET, "request-state").open(sealed, CONTEXT))
                .isEmpty();
        assertThat(new Seal(() -> SECRET, "").open(sealed, CONTEXT)).isEmpty();
        assertThat(new Seal(() -> other, "session").open(sealed, CONTEXT)).isEmpty();
        assertThat(SEAL.open(sealed, bytes("Laptop"))).isEmpty();
        assertThat(SEAL.open(sealed, bytes("laptop "))).isEmpty();
        assertThat(SEAL.open(sealed, new byte[0])).isEmpty();
    }

    /** Lengths of all three remainders, so that the last letter has two, four and no bits that no byte needs. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 90})
    void noTextThatDiffersInABitIsOpened(int length) {
        String sealed = SEAL.seal(new byte[length], CONTEXT);
        for (int i = 0; i < sealed.length(); i++) {
            for (int bit = 0; bit < Character.SIZE; bit++) {
                StringBuilder altered = new StringBuilder(sealed);
                altered.setCharAt(i, (char) (sealed.charAt(i) ^ (1 << bit)));
                assertThat(SEAL.open(altered.toString(), CONTEXT))
                        .as("bit %d of letter %d", bit, i)
                        .isEmpty();
            }
        }
    }

    @Test
    void noBytesThatDifferInABitAreOpened() {
        byte[] sealed = Base64.getUrlDecoder().decode(SEAL.seal(new byte[90], CONTEXT));
        for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
            byte[] altered = sealed.clone();
            altered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(altered);
            assertThat(SEAL.open(text, CONTEXT)).as("bit %d", bit).isEmpty();
        }
    }

    @Test
    void noTextIsOpenedThatIsCutExtendedOrPutTogether() {
        String one = SEAL.seal(bytes("one value"), CONTEXT);
        String two = SEAL.seal(bytes("two value"), CONTEXT);
        for (int length = 0; length < one.length(); length++) {
            assertThat(SEAL.open(one.substring(0, length), CONTEXT)).isEmpty();
            assertThat(SEAL.open(one.substring(length + 1), CONTEXT)).isEmpty();
            String both = one.substring(0, length) + two.substring(length);
            if (!both.equals(one) && !both.equals(two)) {
                assertThat(SEAL.open(both, CONTEXT)).isEmpty();
            }
        }
        assertThat(SEAL.open(one + "A", CONTEXT)).isEmpty();
        assertThat(SEAL.open(one + "=", CONTEXT)).isEmpty();
        assertThat(SEAL.open(one + "==", CONTEXT)).isEmpty();
        assertThat(SEAL.open(one + "\n", CONTEXT)).isEmpty();
        assertThat(SEAL.open(" " + one, CONTEXT)).isEmpty();
        assertThat(SEAL.open(one + one, CONTEXT)).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "A", "=", "====", "AQ", "session", "\0", "\uD800", "é中😀", "../../etc", "{\"a\":1}", "AQ=="})
    void whateverElseIsSentIsNotOpened(String sent) {
        assertThat(SEAL.open(sent, CONTEXT)).isEmpty();
    }

    @Test
    void randomTextsAndRandomBytesAreNotOpened() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            assertThat(SEAL.open(new String(noise, StandardCharsets.UTF_16), CONTEXT))
                    .isEmpty();
            if (noise.length > 0) {
                noise[0] = 1;
            }
            assertThat(SEAL.open(Base64.getUrlEncoder().withoutPadding().encodeToString(noise), CONTEXT))
                    .isEmpty();
        }
    }

    @Test
    void aTextThatIsTooLongIsNotLookedAtAndAValueThatWouldBecomeOneIsRefused() {
        AtomicInteger asked = new AtomicInteger();
        Seal seal = new Seal(
                () -> {
                    asked.incrementAndGet();
                    return SECRET;
                },
                "session");
        assertThat(seal.open("A".repeat(Seal.MAX_TEXT + 1), CONTEXT)).isEmpty();
        assertThat(seal.open("AQ" + "A".repeat(100_000_000), CONTEXT)).isEmpty();
        assertThat(asked).hasValue(0);
        assertThatThrownBy(() -> seal.seal(new byte[Seal.MAX_PLAIN + 1], CONTEXT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("12,259");
    }

    @Test
    void theSecretIsAskedForOnceAndNotBeforeItIsNeeded() {
        AtomicInteger asked = new AtomicInteger();
        Seal seal = new Seal(
                () -> {
                    asked.incrementAndGet();
                    return SECRET;
                },
                "session");
        assertThat(seal.open("garbage", CONTEXT)).isEmpty();
        assertThat(asked).hasValue(0);
        assertThat(seal.open(seal.seal(bytes("x"), CONTEXT), CONTEXT)).contains(bytes("x"));
        assertThat(asked).hasValue(1);
    }

    @Test
    void theSameValueIsNeverSealedToTheSameText() {
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            texts.add(SEAL.seal(bytes("state"), CONTEXT));
        }
        assertThat(texts).hasSize(1_000);
    }

    @Test
    void manyThreadsSealAndOpenAtTheSameTime() {
        Seal seal = new Seal(() -> SECRET, "session");
        List<Integer> wrong = IntStream.range(0, 20_000)
                .parallel()
                .filter(i -> {
                    byte[] plain = bytes("value " + i);
                    String sealed = seal.seal(plain, CONTEXT);
                    boolean refused = seal.open(sealed, bytes("other")).isEmpty();
                    return !refused || !Arrays.equals(seal.open(sealed, CONTEXT).orElseThrow(), plain);
                })
                .boxed()
                .toList();
        assertThat(wrong).isEmpty();
    }

    /** Sealed ids outlive an upgrade of the program only as long as this text is opened. */
    @Test
    void theFormatStaysWhatItIs() {
        String sealed = "ARRoVMqfzTZRaG1Oqm7pNuZeFF4IVp7gdgygBwOuUNex0tpDmn5Rr6JhexDFVJEVvKgHgJE8G5IJ";
        assertThat(SEAL.open(sealed, CONTEXT)).contains(bytes("a value of the first version"));
    }
}
