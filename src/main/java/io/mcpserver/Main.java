package io.mcpserver;

import io.mcpserver.cli.Program;
import io.mcpserver.server.SystemMessages;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Where the process starts: reads the command line and runs one command. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String... args) {
        SystemMessages.speakEnglish();
        int exitCode = Program.ofProcess().run(args);
        // In development the same process starts the next version of this class.
        if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
            System.exit(exitCode);
        }
    }
}
