package io.mcpserver.tool.dropin;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The text of a source file, which is UTF-8. */
final class SourceText {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private SourceText() {}

    /** The text without a byte order mark; empty where it is no UTF-8, of which the faults are told with the line. */
    static Optional<String> of(byte[] bytes, Faults faults) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            int line = 1 + (int) text.chars().filter(letter -> letter == '\n').count();
            faults.error(line, "", "is not UTF-8; save it as UTF-8");
            return Optional.empty();
        }
        String whole = text.toString();
        return Optional.of(whole.indexOf(BYTE_ORDER_MARK) == 0 ? whole.substring(1) : whole);
    }
}
