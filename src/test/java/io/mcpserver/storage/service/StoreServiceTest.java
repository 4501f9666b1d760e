package io.mcpserver.storage.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreFeature;
import io.mcpserver.storage.index.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreServiceTest {

    @TempDir
    Path directory;

    @Test
    void nothingIsOpenedBeforeTheStoreIsAskedFor() throws IOException {
        try (StoreService service = service("duckdb", directory.resolve("data"), Shelf.NO_MODEL)) {
            assertThat(service.isOpen()).isFalse();
            assertThat(service.opened()).isEmpty();
            assertThat(service.index()).isEmpty();
            assertThat(directory).isEmptyDirectory();

            DocumentStore store = service.store();

            assertThat(service.store()).isSameAs(store);
            assertThat(service.opened()).containsSame(store);
            assertThat(store.features()).contains(StoreFeature.SEARCH);
            assertThat(service.index()).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lancedb", "tinydb", "postgresql"})
    void anEngineThatIsToComeIsRefusedWithThoseThatAreThere(String type) {
        assertRefused(service(type, directory, Shelf.NO_MODEL), ErrorCode.UNSUPPORTED, type, "not have yet", "duckdb");
    }

    @Test
    void anUnknownEngineIsRefusedWithThoseThatAreThere() {
        assertRefused(
                service("oracle", directory, Shelf.NO_MODEL),
                ErrorCode.INVALID_ARGUMENT,
                "oracle",
                "storage.type",
                "duckdb");
    }

    @Test
    void anUnknownModelIsRefusedWithThoseThatAreThere() {
        assertRefused(
                service("duckdb", directory, "word2vec"),
                ErrorCode.INVALID_ARGUMENT,
                "word2vec",
                "none",
                Shelf.MINI_LM);
    }

    @Test
    void aFailedOpenIsTriedAgainAtTheNextCall() throws IOException {
        Path data = Files.createFile(directory.resolve("data"));
        try (StoreService service = service("duckdb", data, Shelf.NO_MODEL)) {
            assertThatThrownBy(service::store).isInstanceOf(StoreException.class);
            assertThat(service.isOpen()).isFalse();

            Files.delete(data);

            assertThat(service.store().sequence()).isZero();
        }
    }

    @Test
    void aClosedServiceOpensNothingMore() {
        StoreService service = service("duckdb", directory, Shelf.NO_MODEL);
        service.store();
        service.close();
        service.close();

        assertThat(service.isOpen()).isFalse();
        assertRefused(service, ErrorCode.STORE_UNAVAILABLE, "closed");
    }

    private static StoreService service(String type, Path path, String model) {
        return new StoreService(Shelf.config(type, path, model));
    }

    private static void assertRefused(StoreService service, ErrorCode code, String... words) {
        assertThatThrownBy(service::store).isInstanceOfSatisfying(StoreException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.getMessage()).contains(words);
        });
    }
}
