package io.mcpserver.insight;

/** Who answers for this process when somebody looks into it. */
public final class InsightOffer {

    private static volatile ServerInsight insight;

    private InsightOffer() {}

    /** Says who answers from now on. */
    public static void offer(ServerInsight answering) {
        insight = answering;
    }

    static ServerInsight current() {
        ServerInsight current = insight;
        if (current == null) {
            throw new IllegalStateException("The server is starting; ask again in a moment.");
        }
        return current;
    }
}
