package io.mcpserver.importer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a file as UTF-8 text, bounded, unpacked if it is gzipped, without a byte order mark. */
final class FileText {

    /** Bytes of text in one file, 64 MiB. */
    static final int MAX_BYTES = 64 << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private FileText() {}

    static String of(SourceFile source) throws BadFileException {
        byte[] bytes = bytes(source);
        if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
            throw new BadFileException("is UTF-16; convert it to UTF-8");
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        try {
            String text = decoder.decode(ByteBuffer.wrap(bytes)).toString();
            if (text.indexOf('\0') >= 0) {
                throw new BadFileException("is not text: it holds NUL bytes");
            }
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new BadFileException(lineOfFault(bytes), "is not UTF-8; convert the file to UTF-8");
        }
    }

    private static byte[] bytes(SourceFile source) throws BadFileException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(source.file()));
                InputStream plain = FileKind.gzipped(source.file()) ? new GZIPInputStream(file) : file) {
            byte[] bytes = plain.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new BadFileException("is larger than %d MiB; split it".formatted(MAX_BYTES >> 20));
            }
            return bytes;
        } catch (ZipException e) {
            throw new BadFileException("is not a gzip file: " + e.getMessage());
        } catch (IOException e) {
            throw new BadFileException("cannot be read: " + e.getMessage());
        }
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return bytes.length >= 2 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
    }

    private static long lineOfFault(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        byte[] good = Arrays.copyOf(bytes, in.position());
        long line = 1;
        for (byte b : good) {
            line += b == '\n' ? 1 : 0;
        }
        return line;
    }
}
