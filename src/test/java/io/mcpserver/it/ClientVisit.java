package io.mcpserver.it;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One visit of a client library to a server, as {@code src/test/npm/visit.mjs} takes it: connect,
 * list, save, call, search, read, subscribe and see an update, cancel a long call, leave.
 */
final class ClientVisit {

    /** The revision without sessions. */
    static final String MODERN = "2026-07-28";

    /** The last revision with sessions. */
    static final String LEGACY = "2025-11-25";

    private final ObjectNode task = JsonNodeFactory.instance.objectNode();

    private ClientVisit(String transport) {
        task.put("transport", transport);
    }

    /** A server that would take the time for the long call that is cancelled. */
    static ServerLaunch launch(Path directory) {
        return ServerLaunch.in(directory).env("MCP_PERFORMANCE_REQUEST_TIMEOUT", "120");
    }

    /** To an address; {@code transport} is {@code http} or {@code sse}. */
    static ClientVisit to(String transport, URI address) {
        ClientVisit visit = new ClientVisit(transport);
        visit.task.put("url", address.toString());
        return visit;
    }

    /** To a server on its standard streams; the client starts it, with {@code environment} beside its own. */
    static ClientVisit starting(List<String> command, Map<String, String> environment) {
        ClientVisit visit = new ClientVisit("stdio");
        command.forEach(visit.task.putArray("command")::add);
        environment.forEach(visit.task.putObject("environment")::put);
        return visit;
    }

    /** {@code legacy}, {@code auto}, or {@code pinned} to {@link #MODERN}; for a library that knows both. */
    ClientVisit era(String era) {
        if (era.equals("pinned")) {
            task.putObject("era").put("pin", MODERN);
        } else {
            task.put("era", era);
        }
        return this;
    }

    /** The server is asked for its metrics, to see it begin the long call and leave off. */
    ClientVisit watching(RunningServer server) {
        task.put("metrics", server.uri("/q/metrics").toString());
        return this;
    }

    /** A subscription may begin some time after it was answered: the document is saved until an update is seen. */
    ClientVisit subscribingLate() {
        task.put("subscribesLate", true);
        return this;
    }

    /** Leaves out {@code subscribe} or {@code cancel}, where something in between has no way for it. */
    ClientVisit without(String step) {
        task.withArray("leftOut").add(step);
        return this;
    }

    /** Runs the script of {@code src/test/npm} that takes its library on the visit. */
    ClientReport by(String script, Path directory) {
        return new ClientReport(new NpmPrograms(directory).run(script, task));
    }
}
