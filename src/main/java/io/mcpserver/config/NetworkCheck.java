package io.mcpserver.config;

import java.net.InetAddress;
import java.util.List;

/** What the schema cannot say about {@code transport.trusted_proxies}: each is an address or a network that can be. */
final class NetworkCheck {

    private static final int BITS_PER_BYTE = 8;

    private NetworkCheck() {}

    /** @param networks the checked value of {@code written}: a list of texts */
    static void valid(Object networks, Located written, List<Problem> problems) {
        List<?> values = (List<?>) networks;
        for (int i = 0; i < values.size(); i++) {
            String network = (String) values.get(i);
            if (!isValid(network)) {
                problems.add(written.items()
                        .get(i)
                        .place()
                        .error(
                                "transport.trusted_proxies[" + i + "]",
                                "must be an IP address such as 127.0.0.1, or a network such as 10.0.0.0/8, but is \""
                                        + network + "\""));
            }
        }
    }

    private static boolean isValid(String network) {
        int slash = network.indexOf('/');
        try {
            String literal = slash < 0 ? network : network.substring(0, slash);
            int bits = InetAddress.ofLiteral(literal).getAddress().length * BITS_PER_BYTE;
            // Java also takes 10.1 and 167772161 for addresses; nobody means them here.
            boolean complete = literal.indexOf(':') >= 0
                    || literal.chars().filter(c -> c == '.').count() == 3;
            return complete && (slash < 0 || Integer.parseInt(network, slash + 1, network.length(), 10) <= bits);
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}
