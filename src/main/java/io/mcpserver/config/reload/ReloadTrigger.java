package io.mcpserver.config.reload;

/** What asked for a reload. */
public enum ReloadTrigger {
    SIGNAL("SIGHUP"),
    HTTP("POST /reload-config"),
    FILE("a change of the file"),
    COMMAND("mcp-server reload");

    private final String words;

    ReloadTrigger(String words) {
        this.words = words;
    }

    /** As a log says it. */
    public String words() {
        return words;
    }
}
