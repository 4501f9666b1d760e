package io.mcpserver.tool.declarative.http.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a name. Threads: safe for any number of callers. */
@FunctionalInterface
public interface NameResolver {

    /** As the machine resolves names. */
    NameResolver SYSTEM = name -> List.of(InetAddress.getAllByName(name));

    /** At least one address. */
    List<InetAddress> resolve(String name) throws UnknownHostException;
}
