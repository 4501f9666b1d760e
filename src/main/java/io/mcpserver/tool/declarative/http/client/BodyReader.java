package io.mcpserver.tool.declarative.http.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;

/** Reads the body of an answer, unpacked, up to a limit. */
final class BodyReader {

    private static final byte[] NOTHING = {};

    /** @param whole whether there was no more */
    record Read(byte[] bytes, boolean whole) {}

    private BodyReader() {}

    /** @throws FetchException {@code UNREADABLE} if it is packed in a way that was not asked for, or damaged */
    static Read read(ClassicHttpResponse response, int mostBytes) throws IOException, FetchException {
        HttpEntity entity = response.getEntity();
        InputStream content = entity == null ? null : entity.getContent();
        if (content == null) {
            return new Read(NOTHING, true);
        }
        return switch (packing(response)) {
            case "", "identity" -> upTo(content, mostBytes);
            case "gzip", "x-gzip" -> unpacked(content, mostBytes);
            default ->
                throw new FetchException(
                        FetchException.Kind.UNREADABLE, "packed its answer in a way that was not asked for");
        };
    }

    private static Read unpacked(InputStream content, int mostBytes) throws IOException, FetchException {
        try {
            return upTo(new GZIPInputStream(content), mostBytes);
        } catch (ZipException e) {
            throw new FetchException(FetchException.Kind.UNREADABLE, "sent gzip that cannot be unpacked");
        }
    }

    private static Read upTo(InputStream content, int mostBytes) throws IOException {
        byte[] bytes = content.readNBytes(mostBytes);
        return new Read(bytes, bytes.length < mostBytes || content.read() < 0);
    }

    private static String packing(ClassicHttpResponse response) {
        Header[] all = response.getHeaders(HttpHeaders.CONTENT_ENCODING);
        return all.length == 0
                ? ""
                : all.length > 1 ? "several" : all[0].getValue().strip().toLowerCase(Locale.ROOT);
    }
}
