package io.mcpserver.tool.declarative.http.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Lets tools reach the open internet, and of all other addresses only those that the operator allowed. A name is resolved
 * once for each request; what was checked is what is connected to.
 *
 * <p>Threads: safe for any number of callers.
 */
final class AddressGuard {

    private final NameResolver resolver;

    AddressGuard(NameResolver resolver) {
        this.resolver = resolver;
    }

    /**
     * The addresses at which a server may be asked.
     *
     * @throws FetchException {@code FORBIDDEN} if a single one of them may not be reached; {@code UNREACHABLE} if there
     *     are none
     */
    List<InetAddress> addresses(Origin origin, AllowedHosts allowed) throws FetchException {
        List<InetAddress> found = resolve(origin.host());
        for (InetAddress address : found) {
            Optional<String> reason = AddressRanges.whyNotPublic(address);
            if (reason.isPresent() && !allowed.opens(origin, address)) {
                throw FetchException.forbidden(
                        "is not reached because %s is %s; the operator can list %s in tools.allowed_hosts"
                                .formatted(address.getHostAddress(), reason.get(), origin.authority()));
            }
        }
        return found;
    }

    private List<InetAddress> resolve(HostName host) throws FetchException {
        if (host.address().isPresent()) {
            return List.of(host.address().get());
        }
        try {
            return resolver.resolve(host.text());
        } catch (UnknownHostException e) {
            throw new FetchException(FetchException.Kind.UNREACHABLE, "has no address that is known here");
        }
    }
}
