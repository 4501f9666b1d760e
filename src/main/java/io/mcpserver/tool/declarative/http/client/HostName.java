package io.mcpserver.tool.declarative.http.client;

import java.net.IDN;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host in the one form in which hosts are compared and asked: lower-case ASCII without a dot at the end, or an address.
 *
 * @param text without the brackets of an IPv6 address
 * @param address where the host is written as one
 */
public record HostName(String text, Optional<InetAddress> address) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final int LONGEST = 253;

    /**
     * Reads a host as it is written in an address. An IPv4 address must be four decimal numbers: other forms of it, such
     * as {@code 0x7f.1} or {@code 2130706433}, are understood differently by different programs.
     *
     * @throws FetchException {@code FORBIDDEN} if it is none
     */
    public static HostName of(String written) throws FetchException {
        if (written.startsWith("[") && written.endsWith("]")) {
            return literal(written.substring(1, written.length() - 1));
        }
        String name = ascii(written).toLowerCase(Locale.ROOT);
        name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            throw FetchException.forbidden("is not the name of a host");
        }
        String[] labels = name.split("\\.");
        return NUMBER.matcher(labels[labels.length - 1]).matches()
                ? quad(name, labels)
                : new HostName(name, Optional.empty());
    }

    private static String ascii(String written) throws FetchException {
        try {
            return IDN.toASCII(written, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            throw FetchException.forbidden("is not the name of a host");
        }
    }

    private static HostName literal(String written) throws FetchException {
        try {
            if (written.contains("%")) {
                throw new IllegalArgumentException("a zone");
            }
            InetAddress address = Inet6Address.ofLiteral(written);
            return new HostName(address.getHostAddress(), Optional.of(address));
        } catch (IllegalArgumentException e) {
            throw FetchException.forbidden("is not an IPv6 address");
        }
    }

    private static HostName quad(String name, String[] labels) throws FetchException {
        boolean plain = labels.length == 4
                && Arrays.stream(labels)
                        .allMatch(label -> OCTET.matcher(label).matches() && Integer.parseInt(label) <= 255);
        if (!plain) {
            throw FetchException.forbidden(
                    "is an IPv4 address in a form that is not allowed; write four decimal numbers, such as 192.0.2.1");
        }
        return new HostName(name, Optional.of(InetAddress.ofLiteral(name)));
    }

    /** As it stands in an address. */
    @Override
    public String toString() {
        return text.contains(":") ? "[" + text + "]" : text;
    }
}
