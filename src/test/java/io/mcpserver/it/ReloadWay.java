package io.mcpserver.it;

import io.mcpserver.config.MountedVolume;
import io.mcpserver.mcp.testing.RawHttp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The ways in which a running server comes to another configuration; each writes the file, and does what else it takes. */
enum ReloadWay {
    SIGNAL {
        @Override
        void take(Path folder, String yaml, RunningServer server, ApiKey admin) throws Exception {
            Files.writeString(file(folder), yaml);
            server.signal("HUP");
        }
    },
    POST {
        @Override
        void take(Path folder, String yaml, RunningServer server, ApiKey admin) throws Exception {
            Files.writeString(file(folder), yaml);
            RawHttp.post(server.uri("/"), "/reload-config", "")
                    .header("Authorization", admin.bearer())
                    .send();
        }
    },
    COMMAND {
        @Override
        void take(Path folder, String yaml, RunningServer server, ApiKey admin) throws Exception {
            Files.writeString(file(folder), yaml);
            ServerLaunch.in(folder)
                    .args("reload", "--pid", Long.toString(server.pid()))
                    .runToEnd();
        }
    },
    EDIT {
        @Override
        void take(Path folder, String yaml, RunningServer server, ApiKey admin) throws Exception {
            Files.writeString(file(folder), yaml);
        }
    },
    RENAME {
        @Override
        void take(Path folder, String yaml, RunningServer server, ApiKey admin) throws Exception {
            Path next = Files.writeString(folder.resolve(".config.yaml.swp"), yaml);
            Files.move(next, file(folder), StandardCopyOption.ATOMIC_MOVE);
        }
    },
    SYMLINK {

        private MountedVolume volume;

        @Override
        Path file(Path folder) {
            return folder.resolve("mounted/config.yaml");
        }

        @Override
        void begin(Path folder, String yaml) throws Exception {
            volume = new MountedVolume(Files.createDirectory(folder.resolve("mounted")));
            volume.swap("config.yaml", yaml);
        }

        @Override
        void take(Path folder, String yaml, RunningServer server, ApiKey admin) throws Exception {
            volume.swap("config.yaml", yaml);
        }
    };

    /** Whether the server has to watch the file for it. */
    boolean watches() {
        return ordinal() >= EDIT.ordinal();
    }

    /** The file that the server reads. */
    Path file(Path folder) {
        return folder.resolve("config.yaml");
    }

    /** Writes the first configuration. */
    void begin(Path folder, String yaml) throws Exception {
        Files.writeString(file(folder), yaml);
    }

    /** Brings the server to another. */
    abstract void take(Path folder, String yaml, RunningServer server, ApiKey admin) throws Exception;
}
