package io.mcpserver.data.age;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Passphrases on their way to a key. */
final class Passphrase {

    private Passphrase() {}

    static byte[] bytes(char[] passphrase) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        return Arrays.copyOfRange(bytes.array(), bytes.position(), bytes.limit());
    }
}
