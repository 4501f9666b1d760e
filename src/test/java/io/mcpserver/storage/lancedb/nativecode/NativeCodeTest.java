package io.mcpserver.storage.lancedb.nativecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeCodeTest {

    private static final String FOLDER = "/code";

    @TempDir
    Path directory;

    @BeforeEach
    void chooseTheCache() {
        System.setProperty(NativeCode.CACHE_PROPERTY, cache().toString());
    }

    @AfterEach
    void leaveTheCache() {
        System.clearProperty(NativeCode.CACHE_PROPERTY);
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x86-64/libx.so",
        "Linux, aarch64, linux-aarch64/libx.so",
        "Mac OS X, aarch64, darwin-aarch64/libx.dylib"
    })
    void lance_is_there_for_a_platform(String system, String machine, String file) {
        Platform platform = Platform.of(system, machine);
        assertThat(platform.folder() + "/" + platform.file("x")).isEqualTo(file);
    }

    @ParameterizedTest
    @CsvSource({"Windows 11, amd64", "Mac OS X, x86_64", "Linux, riscv64"})
    void elsewhere_the_engine_is_refused_with_the_one_that_is_there(String system, String machine) {
        assertThatThrownBy(() -> Platform.of(system, machine))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
                .hasMessageContaining(system)
                .hasMessageContaining("duckdb");
    }

    @Test
    void it_is_unpacked_once_and_a_part_that_was_left_is_replaced() throws Exception {
        Path archive = archive(Map.of(entry(), "the code"));
        Path code = find(archive);
        assertThat(code).hasContent("the code").startsWith(cache());
        Files.setLastModifiedTime(code, java.nio.file.attribute.FileTime.fromMillis(1_000));
        assertThat(find(archive)).isEqualTo(code);
        assertThat(Files.getLastModifiedTime(code).toMillis())
                .as("not written again")
                .isEqualTo(1_000);

        Files.writeString(code, "the c");
        assertThat(find(archive)).isEqualTo(code).hasContent("the code");
        try (Stream<Path> beside = Files.list(code.getParent())) {
            assertThat(beside).as("nothing half done is left").containsExactly(code);
        }
    }

    @Test
    void other_code_has_a_place_of_its_own() throws Exception {
        Path first = find(archive(Map.of(entry(), "the code")));
        assertThat(find(archive(Map.of(entry(), "newer code"))))
                .isNotEqualTo(first)
                .hasContent("newer code");
        assertThat(first).hasContent("the code");
    }

    @Test
    void what_lies_beside_the_archive_is_taken_as_it_is() throws Exception {
        Path archive = archive(Map.of());
        Path beside = archive.resolveSibling(Platform.current().file("x"));
        Files.writeString(beside, "unpacked by the installation");
        assertThat(find(archive)).isEqualTo(beside);
        assertThat(cache()).doesNotExist();
    }

    @Test
    void an_archive_without_code_for_this_platform_is_refused() throws Exception {
        Path archive = archive(Map.of("code/other-system/libx.so", "the code"));
        assertThatThrownBy(() -> find(archive))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(Platform.current().folder())
                .hasMessageContaining("duckdb");
    }

    @Test
    void an_engine_whose_code_is_missing_says_so_before_it_is_loaded() throws Exception {
        assertThat(unavailable(archive(Map.of("code/other-system/libx.so", "the code"))))
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("no native code", Platform.current().folder()));
        assertThat(unavailable(archive(Map.of(entry(), "the code")))).isEmpty();
        assertThat(cache()).as("nothing is unpacked").doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "'flags : fpu sse avx avx2 fma bmi2', '7f00 /lib/x86_64-linux-gnu/libc.so.6', ",
        "'flags : fpu sse avx fma', '7f00 /lib/x86_64-linux-gnu/libc.so.6', avx2",
        "'flags : fpu sse avx avx2', '7f00 /lib/x86_64-linux-gnu/libc.so.6', fma",
        "'flags : fpu avx2 fma', '7f00 /lib/ld-musl-x86_64.so.1', musl",
        "'another description', 'another', "
    })
    void a_machine_that_would_end_the_process_is_known_before(String processor, String loaded, String lacking)
            throws IOException {
        Path description = Files.writeString(directory.resolve("cpuinfo"), "processor : 0\n" + processor + "\n");
        Path maps = Files.writeString(directory.resolve("maps"), loaded + "\n");
        assertThat(Processor.lacking(Platform.of("Linux", "amd64"), description, maps)
                        .orElse(""))
                .contains(lacking == null ? "" : lacking)
                .matches(why -> why.isEmpty() == (lacking == null));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void native_code_finds_what_it_needs_in_its_environment() throws Throwable {
        CLibrary.prepare(64L << 20);
        CLibrary.trim();
        Linker linker = Linker.nativeLinker();
        MethodHandle getenv = linker.downcallHandle(
                linker.defaultLookup().find("getenv").orElseThrow(),
                FunctionDescriptor.of(
                        ValueLayout.ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(100, ValueLayout.JAVA_BYTE)),
                        ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = (MemorySegment) getenv.invokeExact(arena.allocateFrom("LANCE_DEFAULT_BATCH_SIZE"));
            assertThat(value.getString(0)).isEqualTo("1024");
        }
    }

    private Path cache() {
        return directory.resolve("cache");
    }

    private static String entry() {
        Platform platform = Platform.current();
        return "code/" + platform.folder() + "/" + platform.file("x");
    }

    private static Path find(Path archive) throws IOException, ReflectiveOperationException {
        try (URLClassLoader loader = new OfArchive(archive)) {
            return NativeCode.find(loader.loadClass(Owner.class.getName()), FOLDER, "x");
        }
    }

    private static Optional<String> unavailable(Path archive) throws IOException, ReflectiveOperationException {
        try (URLClassLoader loader = new OfArchive(archive)) {
            return NativeCode.unavailable(loader.loadClass(Owner.class.getName()), FOLDER, "x");
        }
    }

    private Path archive(Map<String, String> entries) throws IOException {
        Path archive = Files.createTempDirectory(directory, "lib").resolve("owner.jar");
        try (OutputStream file = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
            String name = Owner.class.getName().replace('.', '/') + ".class";
            zip.putNextEntry(new ZipEntry(name));
            zip.write(NativeCodeTest.class
                    .getClassLoader()
                    .getResourceAsStream(name)
                    .readAllBytes());
        }
        return archive;
    }

    /** A class that is in an archive with native code. */
    static final class Owner {}

    /** Finds {@link Owner} in the archive, not where the tests are. */
    private static final class OfArchive extends URLClassLoader {

        OfArchive(Path archive) throws MalformedURLException {
            super(List.of(archive.toUri().toURL()).toArray(URL[]::new), null);
        }
    }
}
