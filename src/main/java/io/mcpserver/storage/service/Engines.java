package io.mcpserver.storage.service;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.DocumentStoreFactory;
import io.mcpserver.storage.StoreException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/** The storage engines of this build. */
public final class Engines {

    /** Engines that the configuration knows and that are to come. */
    private static final List<String> ANNOUNCED = List.of("postgresql");

    private Engines() {}

    /** The engine of a type; a type that is not there is refused with a sentence that names those that are. */
    public static DocumentStoreFactory find(String type) {
        return of(type).orElseThrow(() -> refuse(type));
    }

    /** The engine of a type, if there is one. */
    static Optional<DocumentStoreFactory> of(String type) {
        return factories().stream()
                .filter(factory -> factory.type().equals(type))
                .findFirst();
    }

    /** The types of all engines, in the order of the alphabet. */
    public static List<String> types() {
        return factories().stream().map(DocumentStoreFactory::type).sorted().toList();
    }

    /** The types of the engines that bring a kind of search index. */
    static List<String> withSearchIndex(String name) {
        return factories().stream()
                .filter(factory -> factory.searchIndexes().stream()
                        .anyMatch(kind -> kind.name().equals(name)))
                .map(DocumentStoreFactory::type)
                .toList();
    }

    /** Names of all that a store may keep in its data folder, whatever its engine. */
    public static Set<String> files() {
        Set<String> names = new HashSet<>(Set.of(StoreService.INDEX_FOLDER));
        factories().forEach(factory -> names.addAll(factory.files()));
        return names;
    }

    /** Whatever thread asks: its own class loader may know other engines, or the same ones a second time. */
    private static List<DocumentStoreFactory> factories() {
        return ServiceLoader.load(DocumentStoreFactory.class, DocumentStoreFactory.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    private static StoreException refuse(String type) {
        String present = String.join(", ", types());
        if (ANNOUNCED.contains(type)) {
            return new StoreException(
                    ErrorCode.UNSUPPORTED,
                    "storage.type is '%s', an engine that this version does not have yet. Set storage.type to one of: %s."
                            .formatted(type, present));
        }
        return new StoreException(
                ErrorCode.INVALID_ARGUMENT,
                "storage.type is '%s', which is no storage engine. Set storage.type to one of: %s."
                        .formatted(type, present));
    }
}
