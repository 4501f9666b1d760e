package io.mcpserver.tool.source.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpserver.tool.source.TestDrivers;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers are loaded apart, once for all who use them, and are gone when nobody does. */
class DriverLoadersTest {

    private final DriverLoaders loaders = new DriverLoaders();

    @TempDir
    Path folder;

    @Test
    void aDriverSeesNothingOfTheServerNorTheServerOfIt() throws Exception {
        DriverLoader loader = loaders.take(TestDrivers.H2);
        Driver driver = loader.driver("jdbc:h2:mem:", "jdbc:h2:");
        assertThat(driver.getClass().getClassLoader()).isSameAs(loader);
        assertThatThrownBy(() -> loader.loadClass(DriverLoadersTest.class.getName()))
                .isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> Class.forName("org.h2.Driver")).isInstanceOf(ClassNotFoundException.class);
        loaders.giveBack(loader);
    }

    @Test
    void itIsLoadedOnceForAllAndClosedAfterTheLast() throws Exception {
        DriverLoader loader = loaders.take(TestDrivers.H2);
        assertThat(loaders.take(TestDrivers.H2)).isSameAs(loader);
        loaders.giveBack(loader);
        assertThat(loader.loadClass("org.h2.api.Interval")).isNotNull();
        loaders.giveBack(loader);
        assertThatThrownBy(() -> loader.loadClass("org.h2.api.Trigger")).isInstanceOf(ClassNotFoundException.class);
        assertThat(loaders.take(TestDrivers.H2)).isNotSameAs(loader);
    }

    @Test
    void aJarThatWasReplacedIsLoadedAnew() throws Exception {
        Path jar = Files.copy(TestDrivers.H2, folder.resolve("driver.jar"));
        DriverLoader before = loaders.take(jar);
        Files.move(Files.copy(TestDrivers.SQLITE, folder.resolve("next")), jar, StandardCopyOption.REPLACE_EXISTING);
        DriverLoader after = loaders.take(jar);
        assertThat(after).isNotSameAs(before);
        assertThat(after.driver("jdbc:sqlite:", "jdbc:sqlite:").acceptsURL("jdbc:sqlite:"))
                .isTrue();
        loaders.giveBack(before);
        loaders.giveBack(after);
    }

    @Test
    void aFolderMayHoldSeveralDrivers() throws Exception {
        Files.copy(TestDrivers.H2, folder.resolve("h2.jar"));
        Files.copy(TestDrivers.SQLITE, folder.resolve("sqlite.jar"));
        DriverLoader loader = loaders.take(folder);
        assertThat(loader.driver("jdbc:h2:mem:", "jdbc:h2:").getClass().getName())
                .isEqualTo("org.h2.Driver");
        assertThat(loader.driver("jdbc:sqlite:", "jdbc:sqlite:").getClass().getName())
                .isEqualTo("org.sqlite.JDBC");
        loaders.giveBack(loader);
    }

    @Test
    void nothingOfADriverIsLeftAfterItWasClosed() throws Exception {
        WeakReference<ClassLoader> loader = usedAndClosed();
        await().until(() -> {
            System.gc();
            return loader.refersTo(null);
        });
    }

    private WeakReference<ClassLoader> usedAndClosed() throws Exception {
        DriverLoader loader = loaders.take(TestDrivers.H2);
        loader.driver("jdbc:h2:mem:", "jdbc:h2:");
        loaders.giveBack(loader);
        return new WeakReference<>(loader);
    }

    @Test
    void aDriverThatNeedsAnotherJarIsToldWithWhatIsMissing() throws Exception {
        DriverLoader loader = loaders.take(TestDrivers.half(folder));
        assertThatThrownBy(() -> loader.driver("jdbc:half:", "jdbc:half:"))
                .isInstanceOf(DriverProblem.class)
                .hasMessageContaining("cannot be loaded")
                .hasMessageContaining("com.example.other.Half")
                .hasMessageContaining("in one folder with it");
        loaders.giveBack(loader);
    }

    @Test
    void aDriverThatCannotBeLoadedDoesNotHideAnother() throws Exception {
        TestDrivers.half(folder);
        Files.copy(TestDrivers.H2, folder.resolve("later-in-the-folder.jar"));
        DriverLoader loader = loaders.take(folder);
        assertThat(loader.driver("jdbc:h2:mem:", "jdbc:h2:").getClass().getName())
                .isEqualTo("org.h2.Driver");
        loaders.giveBack(loader);
    }
}
