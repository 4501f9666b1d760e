package io.mcpserver.cli;

import io.mcpserver.data.DataLine;
import io.mcpserver.insight.ServerInsight;
import io.mcpserver.insight.process.AttachedServer;
import java.util.Locale;

/** The store of a server of this machine and user. */
final class AttachedLine implements DataLine {

    private final AttachedServer server;
    private final ServerInsight insight;

    AttachedLine(AttachedServer server) {
        this.server = server;
        this.insight = server.insight();
    }

    @Override
    public String ask(Operation operation, String body) {
        return insight.data(operation.name().toLowerCase(Locale.ROOT), body);
    }

    @Override
    public String where() {
        return "the server with pid " + server.pid();
    }

    @Override
    public void close() {
        server.close();
    }
}
