package io.mcpserver.tool.declarative.http.client;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The hosts of {@code tools.allowed_hosts}. An entry without a port is for all ports. */
public final class AllowedHosts {

    /** @param port 0 for any */
    private record Entry(String host, boolean below, int port) {

        boolean holds(String name, int atPort) {
            return (port == 0 || port == atPort) && (below ? name.endsWith("." + host) : name.equals(host));
        }
    }

    private final List<Entry> entries;

    private AllowedHosts(List<Entry> entries) {
        this.entries = entries;
    }

    /** @param written as in the configuration; what is no host there allows nothing */
    public static AllowedHosts of(List<String> written) {
        List<Entry> entries = new ArrayList<>();
        for (String text : written) {
            boolean below = text.startsWith("*.");
            String authority = below ? text.substring(2) : text;
            boolean anyPort = !authority.matches(".*[^:]:[0-9]+|\\[.*]:[0-9]+");
            try {
                Origin origin = WebAddress.origin(true, authority);
                entries.add(new Entry(origin.host().text(), below, anyPort ? 0 : origin.port()));
            } catch (FetchException e) {
                continue;
            }
        }
        return new AllowedHosts(List.copyOf(entries));
    }

    /** Whether a server may be asked that is not the one written in the tool's file. */
    public boolean names(Origin origin) {
        boolean address = origin.host().address().isPresent();
        return entries.stream()
                .anyMatch(entry -> entry.holds(origin.host().text(), origin.port()) && !(entry.below() && address));
    }

    /** Whether a server may be asked at an address that is none of the open internet: a pattern does not allow it. */
    boolean opens(Origin origin, InetAddress address) {
        return entries.stream()
                .filter(entry -> !entry.below())
                .anyMatch(entry -> entry.holds(origin.host().text(), origin.port())
                        || entry.holds(address.getHostAddress(), origin.port()));
    }
}
