package io.mcpserver.data.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgeTest {

    /** Less than a backup has, so that the tests are quick. */
    private static final int WORK = 10;

    private static final char[] PASSPHRASE = "a passphrase, ü".toCharArray();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 200_000})
    void whatIsEncryptedIsDecrypted(int length) throws IOException {
        byte[] plain = new byte[length];
        new Random(length).nextBytes(plain);
        byte[] sealed = encrypt(plain);
        assertThat(AgeInput.isEncrypted(sealed)).isTrue();
        assertThat(decrypt(sealed)).isEqualTo(plain);
    }

    @Test
    void anotherPassphraseIsToldApart() throws IOException {
        byte[] sealed = encrypt("secret".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> new AgeInput(new ByteArrayInputStream(sealed), "another one".toCharArray()))
                .isInstanceOf(EncryptionException.class)
                .hasMessageContaining("with this passphrase");
    }

    @Test
    void nothingThatWasCutOffIsTakenForWhole() throws IOException {
        byte[] sealed = encrypt(new byte[65_536 * 2]);
        int chunk = 65_536 + 16;
        for (int left : new int[] {sealed.length - 1, sealed.length - chunk, sealed.length - chunk + 16, 100, 20, 0}) {
            assertThatThrownBy(() -> decrypt(Arrays.copyOf(sealed, left)))
                    .as("%d of %d bytes", left, sealed.length)
                    .isInstanceOf(EncryptionException.class);
        }
        assertThatThrownBy(() -> decrypt(Arrays.copyOf(sealed, sealed.length + 1)))
                .isInstanceOf(EncryptionException.class);
    }

    @Test
    void aFileThatAsksForTooMuchMemoryIsRefused() throws IOException {
        String sealed = new String(encrypt(new byte[1]), StandardCharsets.ISO_8859_1);
        byte[] greedy = sealed.replaceFirst(" 10\n", " 30\n").getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> decrypt(greedy)).hasMessageContaining("more memory");
    }

    private static byte[] encrypt(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (AgeOutput out = new AgeOutput(bytes, PASSPHRASE, WORK)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] decrypt(byte[] sealed) throws IOException {
        return new AgeInput(new ByteArrayInputStream(sealed), PASSPHRASE).readAllBytes();
    }
}
