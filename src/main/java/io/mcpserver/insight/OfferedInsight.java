package io.mcpserver.insight;

/**
 * The MBean through which a server tells of itself. Whoever attaches has the server make it, so that a server that nobody
 * looks into loads no class of JMX.
 */
public final class OfferedInsight implements ServerInsight {

    @Override
    public String status() {
        return InsightOffer.current().status();
    }

    @Override
    public String memory(int classes, boolean live) {
        return InsightOffer.current().memory(classes, live);
    }

    @Override
    public String toolFiles() {
        return InsightOffer.current().toolFiles();
    }

    @Override
    public String latencies() {
        return InsightOffer.current().latencies();
    }

    @Override
    public String reload(boolean dryRun) {
        return InsightOffer.current().reload(dryRun);
    }

    @Override
    public String data(String operation, String body) {
        return InsightOffer.current().data(operation, body);
    }

    @Override
    public String reloads() {
        return InsightOffer.current().reloads();
    }
}
