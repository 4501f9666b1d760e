package io.mcpserver.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Real documentation that lies about on the machine: licences and API documentation of the JDK that
 * runs the tests, and what Debian keeps in {@code /usr/share}. What is missing is left out.
 */
final class MachineDocumentation {

    private static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final Path LICENCES = Path.of("/usr/share/common-licenses");
    private static final Path PACKAGES = Path.of("/usr/share/doc");
    private static final Path PERL = Path.of("/usr/share/perl");

    private static final List<String> API = List.of(
            "java.base/java/util",
            "java.base/java/util/concurrent",
            "java.base/java/util/concurrent/locks",
            "java.base/java/nio/file",
            "java.base/java/time",
            "java.net.http/java/net/http");
    private static final List<String> PACKAGE_FILES = List.of("copyright", "NEWS.gz", "README", "README.gz");
    private static final int MOST_PACKAGES = 25;
    private static final int LONGEST = 20_000;

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*\\*(.*?)\\*/\\s*(?:@\\w+[^\\n]*\\s*)*public ");
    private static final Pattern LINE_START = Pattern.compile("(?m)^\\s*\\* ?");
    private static final Pattern INLINE_TAG = Pattern.compile("\\{@\\w+\\s([^{}]*)}");
    private static final Pattern HTML = Pattern.compile("</?[a-zA-Z][^>]*>");

    private final Path directory;

    private MachineDocumentation(Path directory) {
        this.directory = directory;
    }

    /** Gathers what there is; returns the folders to import, of which the JDK's own is used in place. */
    static List<Path> gather(Path directory) {
        try {
            MachineDocumentation documentation = new MachineDocumentation(directory);
            documentation.addApi();
            documentation.addLicences();
            documentation.addPackages();
            documentation.addPerl();
            return Stream.of(JDK.resolve("legal"), directory)
                    .filter(Files::isDirectory)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addApi() throws IOException {
        Path sources = JDK.resolve("lib/src.zip");
        if (!Files.isReadable(sources)) {
            return;
        }
        try (FileSystem zip = FileSystems.newFileSystem(sources)) {
            for (String folder : API) {
                for (Path source : files(zip.getPath("/" + folder), "*.java")) {
                    addClass(folder, source);
                }
            }
        }
    }

    /** The text of the comment on the class itself. */
    private void addClass(String folder, Path source) throws IOException {
        var comment = COMMENT.matcher(Files.readString(source));
        if (comment.find()) {
            String text = LINE_START.matcher(comment.group(1)).replaceAll("");
            text = INLINE_TAG.matcher(text).replaceAll("$1");
            String name = source.getFileName().toString().replace(".java", ".txt");
            write(folder + "/" + name, HTML.matcher(text).replaceAll(""));
        }
    }

    private void addLicences() throws IOException {
        for (Path licence : files(LICENCES, "*")) {
            if (!Files.isSymbolicLink(licence)) {
                write("licences/" + licence.getFileName() + ".txt", read(licence));
            }
        }
    }

    private void addPackages() throws IOException {
        for (Path folder : files(PACKAGES, "*").stream().limit(MOST_PACKAGES).toList()) {
            for (String name : PACKAGE_FILES) {
                Path file = folder.resolve(name);
                if (Files.isReadable(file) && !Files.isSymbolicLink(folder)) {
                    write("packages/" + folder.getFileName() + "/" + name.replace(".gz", "") + ".txt", read(file));
                }
            }
        }
    }

    private void addPerl() throws IOException {
        for (Path version : files(PERL, "*")) {
            if (!Files.isSymbolicLink(version)) {
                try (Stream<Path> pods =
                        Files.walk(version).filter(file -> file.toString().endsWith(".pod"))) {
                    for (Path pod : pods.toList()) {
                        write("perl/" + version.relativize(pod) + ".txt", read(pod));
                    }
                }
            }
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** The beginning, where it is long. */
    private static String read(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            return new String(plain.readNBytes(LONGEST), StandardCharsets.UTF_8);
        }
    }

    private static List<Path> files(Path folder, String glob) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var stream = Files.newDirectoryStream(folder, glob)) {
            return Stream.iterate(stream.iterator(), i -> i.hasNext(), i -> i)
                    .map(i -> i.next())
                    .sorted()
                    .toList();
        }
    }
}
