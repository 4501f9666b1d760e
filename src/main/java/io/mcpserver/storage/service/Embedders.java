package io.mcpserver.storage.service;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.embedding.Embedder;
import io.mcpserver.embedding.EmbedderFactory;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The embedding models of this build. */
public final class Embedders {

    private Embedders() {}

    /** The configured model, not loaded yet; empty for {@code none}. */
    public static Optional<Embedder> find(ServerConfig.Embedding config) {
        if (!config.enabled()) {
            return Optional.empty();
        }
        List<EmbedderFactory> all =
                ServiceLoader.load(EmbedderFactory.class, EmbedderFactory.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        return Optional.of(all.stream()
                .filter(factory -> factory.model().equals(config.model()))
                .findFirst()
                .orElseThrow(() -> refuse(config.model(), all))
                .create());
    }

    private static StoreException refuse(String model, List<EmbedderFactory> all) {
        String present = all.stream().map(EmbedderFactory::model).sorted().collect(Collectors.joining(", "));
        return new StoreException(
                ErrorCode.INVALID_ARGUMENT,
                "embedding.model is '%s', which is not known. Set it to 'none' (search by words only) or to one of: %s."
                        .formatted(model, present));
    }
}
