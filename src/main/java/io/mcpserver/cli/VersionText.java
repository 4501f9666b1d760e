package io.mcpserver.cli;

import io.mcpserver.config.ProgramVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionText implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"mcp-server " + ProgramVersion.get()};
    }
}
