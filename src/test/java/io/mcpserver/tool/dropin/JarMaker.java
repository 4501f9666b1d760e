package io.mcpserver.tool.dropin;

import io.mcpserver.tool.api.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Makes jars as authors do: with the compiler, against the published API. */
final class JarMaker {

    private final Path folder;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Map<String, Integer> zeros = new LinkedHashMap<>();
    private final Manifest manifest = new Manifest();
    private String left = "";

    JarMaker(Path folder) {
        this.folder = folder;
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    }

    JarMaker source(String className, String source) {
        sources.put(className, source);
        return this;
    }

    JarMaker entry(String name, String text) {
        return entry(name, text.getBytes(StandardCharsets.UTF_8));
    }

    JarMaker entry(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    JarMaker zeros(String name, int count, int bytes) {
        for (int i = 0; i < count; i++) {
            zeros.put(name + i, bytes);
        }
        return this;
    }

    JarMaker toolClasses(String names) {
        manifest.getMainAttributes().putValue("MCP-Tool-Classes", names);
        return this;
    }

    /** Leaves a file out. */
    JarMaker without(String entry) {
        this.left = entry;
        return this;
    }

    byte[] compiled(String className, String source) {
        return source(className, source).classes().get(className + ".class");
    }

    Path write(String name) {
        Path jar = folder.resolve(name);
        Map<String, byte[]> all = classes();
        all.putAll(entries);
        all.remove(left);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            manifest.write(bytes);
            put(zip, "META-INF/MANIFEST.MF", bytes.toByteArray());
            for (Map.Entry<String, byte[]> entry : all.entrySet()) {
                put(zip, entry.getKey(), entry.getValue());
            }
            for (Map.Entry<String, Integer> entry : zeros.entrySet()) {
                put(zip, entry.getKey(), new byte[entry.getValue()]);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return jar;
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    private Map<String, byte[]> classes() {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        if (sources.isEmpty()) {
            return classes;
        }
        try {
            Path work = Files.createTempDirectory(folder, "compiled");
            List<String> arguments = new java.util.ArrayList<>(List.of(
                    "-parameters", "-proc:none", "-d", work.resolve("out").toString(), "-cp", api()));
            for (Map.Entry<String, String> source : sources.entrySet()) {
                Path file = work.resolve(source.getKey().replace('.', '/') + ".java");
                Files.createDirectories(file.getParent());
                arguments.add(Files.writeString(file, source.getValue()).toString());
            }
            JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            if (javac.run(null, said, said, arguments.toArray(String[]::new)) != 0) {
                throw new IllegalStateException(said.toString(StandardCharsets.UTF_8));
            }
            try (Stream<Path> files = Files.walk(work.resolve("out"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    classes.put(work.resolve("out").relativize(file).toString(), Files.readAllBytes(file));
                }
            }
            return classes;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String api() {
        try {
            return Path.of(Tool.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
