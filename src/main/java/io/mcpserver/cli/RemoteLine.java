package io.mcpserver.cli;

import io.mcpserver.data.DataLine;
import io.mcpserver.insight.process.RemoteServer;
import java.util.Locale;

/** The store of a server that is asked over HTTP. */
final class RemoteLine implements DataLine {

    private final RemoteServer server;
    private final String url;

    RemoteLine(RemoteServer server, String url) {
        this.server = server;
        this.url = url;
    }

    @Override
    public String ask(Operation operation, String body) {
        return server.post("/admin/data/" + operation.name().toLowerCase(Locale.ROOT), body);
    }

    @Override
    public String where() {
        return url;
    }

    @Override
    public void close() {
        // Every question has a connection of its own.
    }
}
