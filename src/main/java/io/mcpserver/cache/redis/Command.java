package io.mcpserver.cache.redis;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One command for Redis, its name and its arguments. */
record Command(List<byte[]> words) {

    static Command of(String... words) {
        return new Command(List.of(words).stream()
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    Command with(byte[] word) {
        List<byte[]> all = new ArrayList<>(words);
        all.add(word);
        return new Command(all);
    }

    Command with(String word) {
        return with(word.getBytes(StandardCharsets.UTF_8));
    }

    void writeTo(ByteArrayOutputStream out) {
        out.writeBytes(("*" + words.size() + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (byte[] word : words) {
            out.writeBytes(("$" + word.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(word);
            out.writeBytes(new byte[] {'\r', '\n'});
        }
    }
}
