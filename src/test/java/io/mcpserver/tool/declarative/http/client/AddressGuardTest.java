package io.mcpserver.tool.declarative.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private static final AllowedHosts NONE = AllowedHosts.of(List.of());

    private final Map<String, List<String>> names = Map.of(
            "public.test", List.of("93.184.215.14"),
            "mixed.test", List.of("93.184.215.14", "10.0.0.1"),
            "inside.test", List.of("10.1.2.3"),
            "six.test", List.of("2606:4700::1111", "fd00::1"));
    private final AddressGuard guard = new AddressGuard(name -> {
        if (!names.containsKey(name)) {
            throw new UnknownHostException(name);
        }
        return names.get(name).stream().map(InetAddress::ofLiteral).toList();
    });

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1.2.3",
                "127.0.0.1.",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "192.0.0.8",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "240.0.0.1",
                "１２７.0.0.1",
                "127。0。0。1",
                "[::1]",
                "[::]",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[::ffff:0:127.0.0.1]",
                "[64:ff9b::127.0.0.1]",
                "[64:ff9b::a9fe:a9fe]",
                "[64:ff9b:1::1]",
                "[2002:7f00:1::]",
                "[2002:a9fe:a9fe::1]",
                "[fc00::1]",
                "[fd12:3456::1]",
                "[fe80::1]",
                "[fec0::1]",
                "[ff02::1]",
                "[2001::1]",
                "[2001:db8::1]",
                "[100::1]",
                "[2606:4700::5efe:10.0.0.1]"
            })
    void anAddressThatIsNotOfTheOpenInternetIsRefused(String host) throws FetchException {
        Origin origin = WebAddress.origin(false, host);
        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> guard.addresses(origin, NONE))
                .withMessageContaining("tools.allowed_hosts")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FetchException.Kind.FORBIDDEN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "0x7f000001",
                "0x7f.1",
                "127.1",
                "127.0.1",
                "017700000001",
                "0177.0.0.1",
                "127.0.0.01",
                "127.0.0.0x1",
                "0x7f.0.0.0x1",
                "127.0.0.256",
                "1.2.3.4.5",
                "10.0",
                "example.0x1",
                "0",
                "4294967295",
                "[fe80::1%eth0]",
                "[::1",
                "[127.0.0.1]",
                "a b",
                "",
                ".",
                "-.a..b",
                "user@host",
                "host:80:80",
                "host:0",
                "host:65536",
                "host:x",
                "ho%73t"
            })
    void aHostThatProgramsReadInDifferentWaysIsRefused(String authority) {
        assertThatExceptionOfType(FetchException.class).isThrownBy(() -> WebAddress.origin(false, authority));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"93.184.215.14", "[2606:4700::1111]", "public.test", "PUBLIC.test.", "[64:ff9b::5db8:d70e]"})
    void anAddressOfTheOpenInternetIsReached(String host) throws FetchException {
        assertThat(guard.addresses(WebAddress.origin(true, host), NONE)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mixed.test", "six.test", "inside.test"})
    void aNameIsRefusedIfASingleOneOfItsAddressesIsPrivate(String host) throws FetchException {
        Origin origin = WebAddress.origin(true, host);
        assertThatExceptionOfType(FetchException.class).isThrownBy(() -> guard.addresses(origin, NONE));
    }

    @Test
    void localhostIsRefusedHoweverItIsSpelled() throws FetchException {
        AddressGuard system = new AddressGuard(NameResolver.SYSTEM);
        for (String host : List.of("localhost", "localhost.", "LOCALHOST")) {
            Origin origin = WebAddress.origin(true, host);
            assertThatExceptionOfType(FetchException.class)
                    .isThrownBy(() -> system.addresses(origin, NONE))
                    .withMessageContaining("this machine itself");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "inside.test,        inside.test, true",
        "inside.test:8080,   inside.test:8080, true",
        "inside.test:8080,   inside.test:8081, false",
        "10.1.2.3,           inside.test, true",
        "10.1.2.3:443,       inside.test, true",
        "10.1.2.3:80,        inside.test, false",
        "*.test,             inside.test, false",
        "10.1.2.4,           inside.test, false",
        "127.0.0.1,          127.0.0.1:9999, true",
        "[::1],              [::1]:9999, true",
        "[::1]:9999,         [0:0:0:0:0:0:0:1]:9999, true",
        "127.0.0.1,          [::ffff:127.0.0.1], true",
        "*.0.0.1,            127.0.0.1, false",
        "mixed.test,         mixed.test, true",
        "93.184.215.14,      mixed.test, false"
    })
    void aPrivateAddressIsReachedOnlyIfItOrItsNameIsListed(String listed, String host, boolean reached)
            throws FetchException {
        Origin origin = WebAddress.origin(true, host);
        AllowedHosts allowed = AllowedHosts.of(List.of(listed));
        boolean passed;
        try {
            passed = !guard.addresses(origin, allowed).isEmpty();
        } catch (FetchException e) {
            passed = false;
        }
        assertThat(passed).isEqualTo(reached);
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com,     api.example.com, true",
        "api.example.com,     API.example.com., true",
        "api.example.com,     api.example.com:8443, true",
        "api.example.com:443, api.example.com, true",
        "api.example.com:443, api.example.com:8443, false",
        "*.example.com,       api.example.com, true",
        "*.example.com,       a.b.example.com, true",
        "*.example.com,       example.com, false",
        "*.example.com,       evilexample.com, false",
        "*.example.com,       api.example.com.evil.test, false",
        "0x7f.1,              127.0.0.1, false"
    })
    void aServerIsNamedByItselfOrByAPattern(String listed, String host, boolean named) throws FetchException {
        assertThat(AllowedHosts.of(List.of(listed)).names(WebAddress.origin(true, host)))
                .isEqualTo(named);
    }

    @Test
    void aNameWithoutAnAddressIsUnreachable() throws FetchException {
        Origin origin = WebAddress.origin(true, "nowhere.test");
        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> guard.addresses(origin, NONE))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FetchException.Kind.UNREACHABLE));
    }
}
