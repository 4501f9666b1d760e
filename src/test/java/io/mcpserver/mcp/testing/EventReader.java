package io.mcpserver.mcp.testing;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Reads the events of a stream one by one; waits for each as long as the socket allows. */
public final class EventReader implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader reader;

    public EventReader(Socket socket) throws IOException {
        this.socket = socket;
        this.reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The data of the next event of this name. */
    public String next(String name) {
        try {
            String event = "";
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("event: ")) {
                    event = line.substring("event: ".length());
                } else if (line.startsWith("data: ") && event.equals(name)) {
                    return line.substring("data: ".length());
                }
            }
            throw new AssertionError("The stream ended without " + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonObject nextMessage() {
        return new JsonObject(next("message"));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
