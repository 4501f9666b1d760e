package io.mcpserver.server;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.quarkus.runtime.QuarkusBindException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Says in one sentence why the server did not start. */
public final class StartFailure {

    private StartFailure() {}

    /** The sentence, naming the key to change where there is one. */
    public static String sentence(Throwable failure, ServerConfig config) {
        String address = config.transport().host() + ":" + config.transport().port();
        if (any(failure, UnresolvedAddressException.class::isInstance)
                || any(failure, UnknownHostException.class::isInstance)) {
            return "transport.host: the name \"" + config.transport().host() + "\" cannot be resolved";
        }
        if (any(
                failure,
                cause ->
                        said(cause).contains("Permission denied") && said(cause).contains("bind"))) {
            return "transport.port: this user may not listen on port "
                    + config.transport().port() + "; take one above 1023";
        }
        if (any(failure, cause -> said(cause).contains("Cannot assign requested address"))) {
            return "transport.host: " + config.transport().host() + " is no address of this machine";
        }
        if (any(failure, QuarkusBindException.class::isInstance) || any(failure, BindException.class::isInstance)) {
            return "transport.port: cannot listen on " + address
                    + ", another process does; stop it or take another port";
        }
        return causes(failure)
                .filter(CodedException.class::isInstance)
                .findFirst()
                .or(() -> causes(failure).reduce((first, second) -> second))
                .map(cause -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage())
                .orElse("unknown failure");
    }

    private static boolean any(Throwable failure, Predicate<Throwable> test) {
        return causes(failure).anyMatch(test);
    }

    private static String said(Throwable cause) {
        return cause.getMessage() == null ? "" : cause.getMessage();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }
}
