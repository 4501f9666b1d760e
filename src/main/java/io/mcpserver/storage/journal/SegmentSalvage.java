package io.mcpserver.storage.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads one segment, and goes on behind what is broken in it. */
final class SegmentSalvage {

    private static final int MOST_REST = 2_000_000;

    /** What is done with what is found. */
    interface Finding {
        void record(JournalRecord record);

        void missing(JournalSalvage.Missing missing);
    }

    private final Path file;
    private final byte[] bytes;
    private final OptionalLong nextSegment;
    private final Finding finding;

    /** Drawn for the segment; empty as long as neither its header nor a frame of it was found. */
    private OptionalLong salt = OptionalLong.empty();

    private long expected;

    private SegmentSalvage(Path file, byte[] bytes, long first, OptionalLong nextSegment, Finding finding) {
        this.file = file;
        this.bytes = bytes;
        this.expected = first;
        this.nextSegment = nextSegment;
        this.finding = finding;
    }

    /**
     * Reads a segment.
     *
     * @param first number of its first record, as its name says
     * @param nextSegment number of the first record of the segment after it; empty for the newest
     * @throws StoreException {@code STORE_UNAVAILABLE} if it is of a newer program
     */
    static void read(Path file, long first, OptionalLong nextSegment, Finding finding) throws IOException {
        new SegmentSalvage(file, Files.readAllBytes(file), first, nextSegment, finding).read();
    }

    private void read() {
        Optional<SegmentHeader> header = SegmentHeader.decode(bytes);
        if (header.isPresent()) {
            SegmentReader.requireKnownFormat(file, bytes);
            salt = OptionalLong.of(header.get().salt());
        }
        int at = SegmentHeader.BYTES;
        while (at < bytes.length) {
            Optional<Frame.Header> frame = whole(at);
            if (frame.isPresent()) {
                at = take(at, frame.get());
            } else {
                int next = behind(at);
                lose(at, next);
                at = next;
            }
        }
        nextSegment.ifPresent(first -> {
            if (expected < first) {
                missing(bytes.length, first - 1, "no file has them", "");
            }
        });
    }

    /** The header of a frame that is whole. */
    private Optional<Frame.Header> whole(int at) {
        Optional<Frame.Header> header = header(at);
        long end = end(at, header);
        if (header.isEmpty() || end > bytes.length) {
            return Optional.empty();
        }
        return header.filter(found -> found.fits(payload(at, found)));
    }

    private Optional<Frame.Header> header(int at) {
        return bytes.length - at < Frame.HEADER
                ? Optional.empty()
                : Frame.header(bytes, at, salt.orElseGet(() -> Frame.salt(bytes, at)));
    }

    private static long end(int at, Optional<Frame.Header> header) {
        return at + Frame.HEADER + header.map(found -> (long) found.length()).orElse(0L);
    }

    private byte[] payload(int at, Frame.Header header) {
        byte[] payload = new byte[header.length()];
        System.arraycopy(bytes, at + Frame.HEADER, payload, 0, payload.length);
        return payload;
    }

    private int take(int at, Frame.Header header) {
        salt = OptionalLong.of(salt.orElseGet(() -> Frame.salt(bytes, at)));
        if (header.first() > expected) {
            missing(at, header.first() - 1, "others are in their place", "");
        }
        byte[] payload = payload(at, header);
        expected = header.first();
        for (byte[] record : records(header, payload)) {
            try {
                finding.record(new JournalRecord(expected, RecordCodec.decode(record), record.length));
                expected++;
            } catch (IOException | RuntimeException e) {
                missing(at, expected, "its contents make no sense", text(record, 0, record.length));
            }
        }
        return at + Frame.HEADER + payload.length;
    }

    private static List<byte[]> records(Frame.Header header, byte[] payload) {
        try {
            return Frame.decode(header, payload).records();
        } catch (IOException | RuntimeException e) {
            return new ArrayList<>(List.of(payload));
        }
    }

    /** Where the next whole frame begins, or the end. */
    private int behind(int at) {
        int from = (int) Math.min(Math.max(at + 1L, end(at, header(at))), bytes.length);
        // The length in a header is under its checksum: what it spans is not looked through.
        for (int next = from == at + Frame.HEADER ? at + 1 : from; next < bytes.length; next++) {
            if (whole(next).isPresent()) {
                return next;
            }
        }
        return bytes.length;
    }

    private void lose(int at, int next) {
        Optional<Frame.Header> known = header(at);
        boolean torn = known.isPresent() ? end(at, known) > bytes.length : bytes.length - at <= Frame.HEADER;
        if (next == bytes.length && nextSegment.isEmpty() && torn) {
            // As a write is left that nobody was told of.
            return;
        }
        long last = next < bytes.length
                ? header(next).orElseThrow().first() - 1
                : nextSegment.isPresent()
                        ? nextSegment.getAsLong() - 1
                        : expected + known.map(Frame.Header::count).orElse(1) - 1;
        missing(at, Math.max(last, expected), "the checksum is wrong", text(bytes, at, next));
    }

    private void missing(int at, long last, String why, String rest) {
        finding.missing(new JournalSalvage.Missing(file, at, expected, last, why, rest));
        expected = last + 1;
    }

    private static String text(byte[] bytes, int from, int to) {
        int length = Math.min(to - from, MOST_REST);
        return new String(bytes, from, length, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " ");
    }
}
