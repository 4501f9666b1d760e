package io.mcpserver.tool;

import java.util.Set;
import java.util.stream.Collectors;

/** Ends a call that cannot be answered without something that the client has not declared it can do. */
public final class CapabilityMissing extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Set<ClientFeature> features;

    public CapabilityMissing(Set<ClientFeature> features) {
        super(
                "The client must declare "
                        + features.stream()
                                .map(ClientFeature::capability)
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + " in its capabilities for this call.",
                null,
                false,
                false);
        this.features = Set.copyOf(features);
    }

    public Set<ClientFeature> features() {
        return features;
    }
}
