package io.mcpserver.security;

import io.mcpserver.config.ServerConfig;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

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

    private static final String DERIVED = "mcp-server key 1 ";
    private static final int DERIVED_BYTES = 32;

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

    /**
     * 32 bytes for one purpose, the same wherever the secret is; nothing of the secret can be read off them.
     *
     * @param purpose a label such as {@code result cache}
     * @throws io.mcpserver.error.CodedException as {@link #bytes}
     */
    public byte[] derived(String purpose) {
        byte[] info = (DERIVED + purpose).getBytes(StandardCharsets.UTF_8);
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract().addIKM(bytes()).thenExpand(info, DERIVED_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HKDF", e);
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
