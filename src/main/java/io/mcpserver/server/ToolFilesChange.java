package io.mcpserver.server;

import io.mcpserver.config.ServerConfig;

/**
 * What another configuration means for tool files.
 *
 * @param moved whether they lie elsewhere
 * @param allowed whether something is allowed or not that it was not or was, so that all are read again
 * @param tested whether tests must pass that did not have to, or the other way round
 */
record ToolFilesChange(boolean moved, boolean allowed, boolean tested) {

    static ToolFilesChange between(ServerConfig before, ServerConfig after) {
        ServerConfig.Tools old = before.tools();
        ServerConfig.Tools now = after.tools();
        return new ToolFilesChange(
                !old.directories().equals(now.directories()) || old.autoDiscover() != now.autoDiscover(),
                // The live keys against which files are held when they are read.
                old.allowExec() != now.allowExec() || !before.sources().equals(after.sources()),
                old.testBeforeReload() != now.testBeforeReload());
    }

    boolean isNone() {
        return !moved && !allowed && !tested;
    }
}
