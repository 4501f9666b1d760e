package io.mcpserver.config;

import java.net.InetAddress;

/** Tells what reaches only this machine. */
public final class Loopback {

    private Loopback() {}

    /**
     * Whether a host is {@code localhost} or a literal address of 127.0.0.0/8 or ::1, in any notation. Other names are
     * not, whatever they resolve to.
     *
     * @param host a name or an address, an IPv6 address with or without brackets; no port
     */
    public static boolean is(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        boolean bracketed = host.startsWith("[") && host.endsWith("]") && host.indexOf(':') > 0;
        try {
            return InetAddress.ofLiteral(bracketed ? host.substring(1, host.length() - 1) : host)
                    .isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }
}
