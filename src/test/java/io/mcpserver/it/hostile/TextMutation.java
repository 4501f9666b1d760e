package io.mcpserver.it.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Changes the bytes of a message, whatever they mean. */
final class TextMutation {

    private static final List<byte[]> INSERTED = List.of(
            new byte[] {(byte) 0xff},
            new byte[] {(byte) 0xc0, (byte) 0x80},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {(byte) 0xf8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80},
            new byte[] {0},
            bytes("\""),
            bytes("\\"),
            bytes("}"),
            bytes("]"),
            bytes(","),
            bytes("/*c*/"),
            bytes("\u00a0"),
            bytes("NaN"));

    private final Chance chance;

    TextMutation(Chance chance) {
        this.chance = chance;
    }

    byte[] apply(byte[] text) {
        return switch (chance.below(12)) {
            case 0, 1 -> Arrays.copyOf(text, chance.below(text.length + 1));
            case 2, 3, 4 -> flipped(text);
            case 5, 6 -> inserted(text);
            case 7 -> joined(bytes("["), text, bytes(","), text, bytes("]"));
            case 8 -> joined(text, text);
            case 9 ->
                new String(text, StandardCharsets.UTF_8)
                        .getBytes(chance.oneIn(2) ? StandardCharsets.UTF_16 : StandardCharsets.UTF_32LE);
            case 10 -> joined(bytes("\ufeff"), text, bytes(chance.of(List.of("", "x", "\u0000", " ".repeat(3_000)))));
            default ->
                bytes(chance.of(List.of(
                        "",
                        " ",
                        "null",
                        "1",
                        "\"text\"",
                        "[]",
                        "[[]]",
                        "{}",
                        "[1,2]",
                        "{",
                        "nonsense",
                        "<a/>",
                        "a=b",
                        "[".repeat(10_000),
                        "{\"a\":".repeat(10_000),
                        "\"",
                        "\u0000",
                        "9".repeat(2_000))));
        };
    }

    private byte[] flipped(byte[] text) {
        byte[] changed = text.clone();
        for (int flips = 1 + chance.below(4); flips > 0 && changed.length > 0; flips--) {
            changed[chance.below(changed.length)] ^= (byte) (1 << chance.below(8));
        }
        return changed;
    }

    private byte[] inserted(byte[] text) {
        int at = chance.below(text.length + 1);
        return joined(Arrays.copyOf(text, at), chance.of(INSERTED), Arrays.copyOfRange(text, at, text.length));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
