package io.mcpserver.data.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what {@link TarWriter} writes and nothing else: a header that it would not have written, byte for byte, is
 * refused, and so are links, folders, other names and sizes beyond a limit. Not for several threads.
 */
final class TarReader {

    /** @param name of few letters, without any path */
    record TarFile(String name, byte[] content) {}

    private static final Pattern NAME = Pattern.compile("[a-z]{1,20}(-[0-9]{6})?\\.jsonl?");
    private static final int NAME_LENGTH = 100;

    private final InputStream in;
    private final int mostBytes;

    /** @param mostBytes of one file */
    TarReader(InputStream in, int mostBytes) {
        this.in = in;
        this.mostBytes = mostBytes;
    }

    /** The next file; empty at the end, behind which is nothing. */
    Optional<TarFile> next() throws IOException {
        byte[] header = read(TarWriter.BLOCK);
        if (isZero(header)) {
            requireEnd();
            return Optional.empty();
        }
        String name = text(header, 0, NAME_LENGTH);
        if (!NAME.matcher(name).matches()) {
            throw new BadBackupException("It holds a file that no backup has: '" + printable(name) + "'.");
        }
        long size = octal(header, 124);
        if (size > mostBytes) {
            throw new BadBackupException("Its file '" + name + "' has " + size
                    + " bytes; no file in a backup has more than " + mostBytes + ".");
        }
        if (!Arrays.equals(header, TarWriter.header(name, size, octal(header, 136)))) {
            throw new BadBackupException("The entry of its file '" + name + "' is damaged, or no plain file.");
        }
        byte[] content = read((int) size);
        if (!isZero(read(TarWriter.padding(size)))) {
            throw new BadBackupException("It is damaged behind its file '" + name + "'.");
        }
        return Optional.of(new TarFile(name, content));
    }

    private void requireEnd() throws IOException {
        if (!isZero(read(TarWriter.BLOCK)) || in.read() >= 0) {
            throw new BadBackupException("There is something behind its end.");
        }
    }

    private byte[] read(int bytes) throws IOException {
        byte[] read = in.readNBytes(bytes);
        if (read.length < bytes) {
            throw new BadBackupException("It is cut off.");
        }
        return read;
    }

    private static boolean isZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static long octal(byte[] header, int at) {
        String digits = text(header, at, 12);
        if (!digits.matches("[0-7]{11}")) {
            throw new BadBackupException("A size or time in it is no number.");
        }
        return Long.parseLong(digits, 8);
    }

    private static String text(byte[] header, int at, int length) {
        int end = at;
        while (end < at + length && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, StandardCharsets.ISO_8859_1);
    }

    private static String printable(String name) {
        return name.replaceAll("[^ -~]", "?");
    }
}
