package io.mcpserver.tool.declarative.http.client;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Tells addresses of the open internet from all others, by the registries of special-purpose addresses. */
final class AddressRanges {

    /** @param bits how many of the first bits of {@code start} an address shares that lies in it */
    private record Range(byte[] start, int bits, String what) {

        Range(String start, int bits, String what) {
            this(InetAddress.ofLiteral(start).getAddress(), bits, what);
        }

        boolean holds(byte[] address) {
            int whole = bits / 8;
            int mask = 0xff00 >> bits % 8 & 0xff;
            return Arrays.equals(start, 0, whole, address, 0, whole)
                    && (mask == 0 || ((start[whole] ^ address[whole]) & mask) == 0);
        }
    }

    private static final List<Range> IPV4 = List.of(
            new Range("0.0.0.0", 8, "an address of no host"),
            new Range("10.0.0.0", 8, "a private address"),
            new Range("100.64.0.0", 10, "an address shared behind a carrier's NAT"),
            new Range("127.0.0.0", 8, "this machine itself"),
            new Range("169.254.0.0", 16, "a link-local address"),
            new Range("172.16.0.0", 12, "a private address"),
            new Range("192.0.0.0", 24, "an address reserved for protocols"),
            new Range("192.0.2.0", 24, "an address for documentation"),
            new Range("192.88.99.0", 24, "a relay of 6to4"),
            new Range("192.168.0.0", 16, "a private address"),
            new Range("198.18.0.0", 15, "an address for measurements"),
            new Range("198.51.100.0", 24, "an address for documentation"),
            new Range("203.0.113.0", 24, "an address for documentation"),
            new Range("224.0.0.0", 4, "a multicast address"),
            new Range("240.0.0.0", 4, "a reserved address"));

    private static final Range GLOBAL = new Range("2000::", 3, "");

    private static final List<Range> IPV6 = List.of(
            new Range("2001::", 23, "an address reserved for protocols"),
            new Range("2001:db8::", 32, "an address for documentation"),
            new Range("3fff::", 20, "an address for documentation"));

    private static final Range NAT64 = new Range("64:ff9b::", 96, "");
    private static final Range SIX_TO_FOUR = new Range("2002::", 16, "");
    private static final byte[] ISATAP = {0, 0, 0x5e, (byte) 0xfe};

    private AddressRanges() {}

    /** Why an address is none of the open internet; empty if it is one. */
    static Optional<String> whyNotPublic(InetAddress address) {
        return switch (address) {
            case Inet4Address four -> found(IPV4, four.getAddress());
            case Inet6Address six -> whyNotPublic(six.getAddress());
            default -> Optional.of("an address of an unknown kind");
        };
    }

    private static Optional<String> whyNotPublic(byte[] six) {
        if (NAT64.holds(six)) {
            return embedded(six, 12);
        }
        if (!GLOBAL.holds(six)) {
            return Optional.of(narrow(six));
        }
        if (SIX_TO_FOUR.holds(six)) {
            return embedded(six, 2);
        }
        boolean tunnel = (six[8] & ~2) == 0 && Arrays.equals(six, 9, 12, ISATAP, 1, 4);
        return found(IPV6, six).or(() -> tunnel ? embedded(six, 12) : Optional.empty());
    }

    private static String narrow(byte[] six) {
        boolean loopback = six[15] == 1;
        for (int i = 0; i < 15; i++) {
            loopback &= six[i] == 0;
        }
        if (loopback) {
            return "this machine itself";
        }
        return switch (six[0] & 0xff) {
            case 0xfc, 0xfd -> "a private address";
            case 0xfe -> "a link-local address";
            case 0xff -> "a multicast address";
            default -> "a reserved address";
        };
    }

    private static Optional<String> embedded(byte[] six, int at) {
        return found(IPV4, Arrays.copyOfRange(six, at, at + 4)).map(what -> what + " inside an IPv6 address");
    }

    private static Optional<String> found(List<Range> ranges, byte[] address) {
        return ranges.stream()
                .filter(range -> range.holds(address))
                .map(Range::what)
                .findFirst();
    }
}
