package io.mcpserver.admin;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.regex.Pattern;

/** Keeps the methods and paths that strangers invent out of the names of metrics, which are never forgotten. */
@Singleton
class HttpMeterNames {

    private static final String METHOD = "method";
    private static final String URI = "uri";
    private static final String OTHER = "OTHER";
    private static final Pattern PATH = Pattern.compile(
            "/\\*|[A-Z_]+|root|/(mcp|stream|sse|tools|admin|q)(/[a-z]{1,12}){0,2}(/:id)?|/reload-config");
    private static final String REQUESTS = "http.server.";
    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    @Produces
    @Singleton
    MeterFilter knownNamesOnly() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().startsWith(REQUESTS) ? named(id) : id;
            }
        };
    }

    private static Meter.Id named(Meter.Id id) {
        String method = id.getTag(METHOD);
        String uri = id.getTag(URI);
        Meter.Id named = method == null || KNOWN.contains(method) ? id : id.withTag(Tag.of(METHOD, OTHER));
        return uri == null || PATH.matcher(uri).matches() ? named : named.withTag(Tag.of(URI, OTHER));
    }
}
