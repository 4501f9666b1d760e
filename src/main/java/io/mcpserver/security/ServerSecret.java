package io.mcpserver.security;

import io.mcpserver.config.ServerConfig;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the server seals with: {@code security.secret}, or else a secret that is made once and kept in
 * the data folder, see {@link SecretFile}. Where none can be kept, one is made for this process and
 * a warning says so.
 *
 * <p>Nothing is read or made before it is first needed. Nobody outside this package sees it. Threads:
 * safe for any number of callers.
 */
public final class ServerSecret {

    private static final Logger LOG = System.getLogger(ServerSecret.class.getName());

    private final ServerConfig config;
    private final ReentrantLock finding = new ReentrantLock();
    private volatile byte[] secret;

    public ServerSecret(ServerConfig config) {
        this.config = config;
    }

    /**
     * The secret, the same for the life of this object.
     *
     * @throws io.mcpserver.error.CodedException {@code STORE_UNAVAILABLE} if the folder keeps one that
     *     cannot be used; the next call tries again
     */
    byte[] bytes() {
        byte[] current = secret;
        if (current != null) {
            return current;
        }
        finding.lock();
        try {
            if (secret == null) {
                secret = config.security().secret().orElseGet(this::kept).getBytes(StandardCharsets.UTF_8);
            }
            return secret;
        } finally {
            finding.unlock();
        }
    }

    private String kept() {
        SecretFile file = new SecretFile(config.storage().path());
        return file.read().orElseGet(() -> {
            String made = SecretFile.random();
            try {
                return file.keep(made);
            } catch (IOException e) {
                LOG.log(
                        Level.WARNING,
                        "No secret can be kept in {0} ({1}), so the sessions of clients end with this process:"
                                + " let this user write there, or set security.secret.",
                        file.directory(),
                        SecretFile.reason(e));
                return made;
            }
        });
    }
}
