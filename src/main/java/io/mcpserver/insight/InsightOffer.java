package io.mcpserver.insight;

/** Who answers for this process when somebody looks into it. */
public final class InsightOffer {

    private static volatile ServerInsight insight;
    private static volatile boolean passing;

    private InsightOffer() {}

    /** Says who answers from now on. */
    public static void offer(ServerInsight answering) {
        insight = answering;
    }

    /** Says that this process is no server, and passes on to one what its client says. */
    public static void passOn() {
        passing = true;
    }

    static ServerInsight current() {
        ServerInsight current = insight;
        if (passing) {
            throw new IllegalStateException(
                    "This process only passes on what its client says; ask the server that owns its data folder.");
        }
        if (current == null) {
            throw new IllegalStateException("The server is starting; ask again in a moment.");
        }
        return current;
    }
}
