package io.mcpserver.it.hostile;

import io.mcpserver.it.hostile.HostileMessages.Hostile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * HTTP requests around hostile messages: wrong methods, types, lengths, chunks, sessions and mirrored
 * headers. Not for several threads.
 */
public final class HostileRequests {

    /** What becomes of the connection. */
    public enum After {
        /** One answer is due, and then the next request. */
        KEPT,
        /** An answer is due; what follows it is undefined. */
        SPOILED,
        /** It never ends: the server waits for more until the client leaves. */
        UNFINISHED
    }

    /** @param headOnly whether the answer has no body whatever its length says */
    public record Request(byte[] bytes, boolean headOnly, After after) {}

    private static final List<String> METHODS =
            List.of("GET", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW", "post");
    private static final List<String> PATHS = List.of(
            "/stream",
            "/stream",
            "/mcp/",
            "/mcp?a=b",
            "/mcp?sessionId=%ff",
            "/mcp/../mcp",
            "/mcp/%2e%2e",
            "/mcp/%00",
            "/mcp/messages/x",
            "/mcp/sse",
            "/sse",
            "/tools/call",
            "/tools/list",
            "/mcp#a",
            "//mcp",
            "*",
            "/%",
            "mcp",
            "http://127.0.0.1/mcp",
            "/mcp;a=b",
            "/mcp%20");
    private static final List<String> TYPES = List.of(
            "text/plain",
            "application/json; charset=utf-16",
            "application/json;charset=none",
            "",
            ";",
            "*/*",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "application/vnd.a+json",
            "APPLICATION/JSON",
            "application/json, text/plain",
            "a".repeat(5_000));
    private static final List<String> ACCEPTS = List.of(
            "application/json",
            "text/event-stream",
            "*/*",
            "",
            "text/html",
            "application/json;q=0,text/event-stream",
            ",,,",
            "a".repeat(3_000));
    private static final List<String> REVISIONS = List.of(
            "2026-07-28",
            "2025-11-25",
            "2025-06-18",
            "2025-03-26",
            "2024-11-05",
            "1999-01-01",
            "",
            "null",
            "2026-07-28, 2025-11-25",
            "x".repeat(3_000),
            "\u00e9");
    private static final List<String> ENCODED = List.of(
            "=?base64?",
            "=?base64??=",
            "=?base64?!!!?=",
            "=?base64?Y2FsY3VsYXRvcl9hZGQ?=",
            "=?base64?/w==?=",
            "=?base64?Y2FsY3VsYXRvcl9hZGQ=",
            "=?BASE64?Y2FsY3VsYXRvcl9hZGQ=?=",
            "=?utf-8?q?a?=",
            "=?base64?=?=");
    private static final List<String> ODD_LINES = List.of(
            "X-Empty:",
            "X-Long: " + "a".repeat(7_000),
            "Cookie: " + "a=b; ".repeat(300),
            "Origin: http://evil.example",
            "Origin: null",
            "Origin: http://localhost",
            "Host: evil.example",
            "Host:",
            "Expect: 100-continue",
            "Expect: something",
            "Connection: Upgrade\r\nUpgrade: websocket",
            "Transfer-Encoding: gzip",
            "Content-Encoding: gzip",
            "Range: bytes=0-1",
            "Last-Event-ID: 7",
            "X-Forwarded-For: 127.0.0.1",
            "Authorization: Bearer x",
            "Authorization:",
            "Mcp-Param-a: 2",
            "Mcp-Param-: x",
            "Mcp-Param-b: =?base64?#?=",
            "Mcp-Param-Region: \u00ff",
            " folded: line",
            "no colon",
            "X Y: z",
            ": nameless",
            "X-\u0001: y",
            "Connection: close",
            "Keep-Alive: timeout=0",
            "Accept-Encoding: gzip, br",
            "TE: trailers");

    private final Chance chance;
    private final HostileMessages messages;

    public HostileRequests(Chance chance) {
        this.chance = chance;
        this.messages = new HostileMessages(chance);
    }

    /**
     * The next request.
     *
     * @param session that exists; most requests of the stateful era belong to it
     */
    public Request next(String session) {
        Hostile message = messages.next();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", "localhost");
        headers.put("Content-Type", chance.oneIn(30) ? chance.of(TYPES) : "application/json");
        headers.put("Accept", chance.oneIn(30) ? chance.of(ACCEPTS) : "application/json, text/event-stream");
        boolean modern = message.stateless() != chance.oneIn(30);
        if (modern) {
            stateless(headers, message);
        }
        boolean begins = message.method().equals("initialize");
        if (modern && chance.oneIn(10) || !modern && (begins ? chance.oneIn(3) : !chance.oneIn(10))) {
            headers.put("Mcp-Session-Id", chance.oneIn(8) ? forged(session) : session);
        }
        if (!modern && chance.oneIn(3)) {
            headers.put("MCP-Protocol-Version", chance.oneIn(4) ? chance.of(REVISIONS) : "2025-11-25");
        }
        String method = chance.oneIn(40) ? chance.of(METHODS) : "POST";
        String path = chance.oneIn(25) ? chance.of(PATHS) : "/mcp";
        String first = method + " " + path + " HTTP/1." + (chance.oneIn(60) ? chance.below(3) : 1);
        return framed(first, method.equals("HEAD"), headers, message.bytes());
    }

    private void stateless(Map<String, String> headers, Hostile message) {
        headers.put("MCP-Protocol-Version", chance.oneIn(12) ? chance.of(REVISIONS) : "2026-07-28");
        headers.put("Mcp-Method", chance.oneIn(15) ? chance.of(List.of("tools/list", "", "x")) : message.method());
        String name = message.original().path("params").path("name").asText();
        if (name.isEmpty()) {
            name = message.original().path("params").path("uri").asText();
        }
        if (!name.isEmpty() || chance.oneIn(20)) {
            headers.put("Mcp-Name", mirrored(name));
        }
        if (chance.oneIn(20)) {
            headers.remove(chance.of(List.copyOf(headers.keySet())));
        }
    }

    private String mirrored(String name) {
        return switch (chance.below(12)) {
            case 0 -> chance.of(ENCODED);
            case 1 -> "x".repeat(2_000);
            case 2, 3 -> "=?base64?" + Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8)) + "?=";
            default -> name;
        };
    }

    private String forged(String session) {
        return switch (chance.below(6)) {
            case 0 -> "";
            case 1 -> session.substring(0, session.length() / 2);
            case 2 -> session + session;
            case 3 -> "A".repeat(4_000);
            case 4 -> "\u00e9\u00ff";
            default -> {
                char[] altered = session.toCharArray();
                altered[chance.below(altered.length)] ^= 1;
                yield new String(altered);
            }
        };
    }

    private Request framed(String first, boolean headOnly, Map<String, String> headers, byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length + 512);
        StringBuilder head = new StringBuilder(first).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        boolean odd = chance.oneIn(12);
        if (odd) {
            head.append(chance.of(ODD_LINES)).append("\r\n");
        }
        After spoiled = odd || !first.startsWith("POST /") || !first.endsWith("1.1") ? After.SPOILED : After.KEPT;
        if (chance.oneIn(150)) {
            bytes.writeBytes(latin(head.substring(0, chance.below(head.length()))));
            return new Request(bytes.toByteArray(), headOnly, After.UNFINISHED);
        }
        return switch (chance.below(60)) {
            case 0 -> {
                String length = chance.of(List.of(
                        "-1", "x", "1e3", "99999999999999999999", "0x10", " ", "+5", "7, 7", "7\r\nContent-Length: 8"));
                yield request(bytes, head, "Content-Length: " + length, body, headOnly, After.SPOILED);
            }
            case 1 -> {
                // What is left over stands where the next request is expected.
                int announced = chance.below(body.length + 1);
                yield request(bytes, head, "Content-Length: " + announced, body, headOnly, After.SPOILED);
            }
            case 2 -> {
                String announced = "Content-Length: " + (body.length + 1 + chance.below(100_000));
                yield request(bytes, head, announced, body, headOnly, After.UNFINISHED);
            }
            case 3 ->
                request(
                        bytes,
                        head,
                        "Content-Length: " + chance.of(List.of("50000000", "9223372036854775807")),
                        body,
                        headOnly,
                        After.UNFINISHED);
            case 4 -> request(bytes, head, "X-No-Length: 1", body, headOnly, After.SPOILED);
            case 5 -> {
                String both = "Content-Length: " + body.length + "\r\nTransfer-Encoding: chunked";
                yield request(bytes, head, both, latin("0\r\n\r\n"), headOnly, After.SPOILED);
            }
            case 6 -> {
                byte[] broken = latin(chance.of(List.of(
                        "zz\r\nab\r\n0\r\n\r\n",
                        "-1\r\n\r\n",
                        "5\r\nab\r\n0\r\n\r\n",
                        "FFFFFFFFFFFFFFFFF\r\na",
                        "1;" + "x".repeat(9_000) + "\r\na\r\n0\r\n\r\n")));
                yield request(bytes, head, "Transfer-Encoding: chunked", broken, headOnly, After.UNFINISHED);
            }
            case 7, 8 -> request(bytes, head, "Transfer-Encoding: chunked", chunked(body), headOnly, spoiled);
            default -> request(bytes, head, "Content-Length: " + body.length, body, headOnly, spoiled);
        };
    }

    private static Request request(
            ByteArrayOutputStream bytes,
            StringBuilder head,
            String length,
            byte[] body,
            boolean headOnly,
            After after) {
        bytes.writeBytes(latin(head + length + "\r\n\r\n"));
        bytes.writeBytes(body);
        return new Request(bytes.toByteArray(), headOnly, after);
    }

    private byte[] chunked(byte[] body) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        int at = 0;
        while (at < body.length) {
            int length = Math.min(body.length - at, 1 + chance.below(400));
            chunks.writeBytes(latin(Integer.toHexString(length) + (chance.oneIn(5) ? ";a=b" : "") + "\r\n"));
            chunks.write(body, at, length);
            chunks.writeBytes(latin("\r\n"));
            at += length;
        }
        chunks.writeBytes(latin(chance.oneIn(5) ? "0\r\nTrailer: x\r\n\r\n" : "0\r\n\r\n"));
        return chunks.toByteArray();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
