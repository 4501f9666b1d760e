package io.mcpserver.cache.redis;

import static io.mcpserver.cache.CacheFixture.bytes;
import static io.mcpserver.cache.CacheFixture.key;
import static io.mcpserver.cache.CacheFixture.once;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.cache.CacheFixture;
import io.mcpserver.cache.CacheUnavailableException;
import io.mcpserver.cache.ResultCache;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Redis behind TLS: who it is must be certain before a password is said. */
@Tag("system")
@Timeout(60)
class RedisTlsTest {

    @TempDir
    Path folder;

    private SSLContext before;

    @BeforeEach
    void rememberWhoIsTrusted() throws Exception {
        before = SSLContext.getDefault();
    }

    @AfterEach
    void trustAsBefore() {
        SSLContext.setDefault(before);
    }

    @Test
    void aRedisWithATrustedCertificateIsUsed() throws Exception {
        Path certificate = certificate("IP:127.0.0.1");
        trust(certificate);
        try (RedisServer redis = RedisServer.speakingTls(certificate, folder.resolve("key.pem"));
                ResultCache cache = open("rediss://127.0.0.1:" + redis.port())) {
            once(() -> {
                cache.keep(key("a"), cache.find(key("a")).state(), bytes("one"), Duration.ofMinutes(1));
                return true;
            });
            assertThat(once(() -> cache.find(key("a"))).value()).contains(bytes("one"));
        }
    }

    @Test
    void oneThatNobodyTrustsIsRefused() throws Exception {
        Path certificate = certificate("IP:127.0.0.1");
        assertRefused(certificate, "rediss");
    }

    @Test
    void oneWithTheCertificateOfAnotherIsRefused() throws Exception {
        Path certificate = certificate("DNS:other.example");
        trust(certificate);
        assertRefused(certificate, "rediss");
    }

    @Test
    void oneThatIsSpokenToWithoutTlsIsNotUsed() throws Exception {
        assertRefused(certificate("IP:127.0.0.1"), "redis");
    }

    private void assertRefused(Path certificate, String scheme) {
        try (RedisServer redis = RedisServer.speakingTls(certificate, folder.resolve("key.pem"));
                ResultCache cache = open(scheme + "://127.0.0.1:" + redis.port())) {
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> cache.find(key("a"))).isInstanceOf(CacheUnavailableException.class);
            }
        }
    }

    private Path certificate(String name) throws Exception {
        Path certificate = folder.resolve("certificate.pem");
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=redis",
                        "-addext",
                        "subjectAltName=" + name,
                        "-keyout",
                        folder.resolve("key.pem").toString(),
                        "-out",
                        certificate.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(openssl.waitFor()).isZero();
        return certificate;
    }

    private static void trust(Path certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(
                    "redis", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        SSLContext.setDefault(context);
    }

    private static ResultCache open(String url) {
        return new RedisResultCacheFactory().open(CacheFixture.settings(1, url, "server", "secret"));
    }
}
