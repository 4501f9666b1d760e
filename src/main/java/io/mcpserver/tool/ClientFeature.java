package io.mcpserver.tool;

/** What a client may be able to do for a tool; the name is that of the capability in the protocol. */
public enum ClientFeature {
    /** Ask its user. */
    ELICITATION("elicitation"),
    /** Ask its model. */
    SAMPLING("sampling"),
    /** Say which folders the user works in. */
    ROOTS("roots");

    private final String capability;

    ClientFeature(String capability) {
        this.capability = capability;
    }

    /** The member of the client's {@code capabilities} that declares it. */
    public String capability() {
        return capability;
    }
}
