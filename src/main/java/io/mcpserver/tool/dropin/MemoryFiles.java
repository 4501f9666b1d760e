package io.mcpserver.tool.dropin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;

/** What the compiler reads and writes: the JDK's modules, the published API as its class path, and memory. */
final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {

    private final Map<String, ByteArrayOutputStream> written = new LinkedHashMap<>();

    MemoryFiles(JavaFileManager jdk) {
        super(jdk);
    }

    static JavaFileObject source(String fileName, String text) {
        return new SimpleJavaFileObject(URI.create("memory:///" + encoded(fileName)), Kind.SOURCE) {

            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    /** What was compiled, by binary name, in the order of the source. */
    Map<String, byte[]> classes() {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return classes;
    }

    @Override
    public boolean hasLocation(Location location) {
        return location == StandardLocation.CLASS_PATH
                || location != StandardLocation.SOURCE_PATH
                        && location != StandardLocation.CLASS_OUTPUT
                        && super.hasLocation(location);
    }

    @Override
    public Iterable<JavaFileObject> list(Location location, String packageName, Set<Kind> kinds, boolean recurse)
            throws IOException {
        if (location != StandardLocation.CLASS_PATH) {
            return location == StandardLocation.SOURCE_PATH || location == StandardLocation.CLASS_OUTPUT
                    ? List.of()
                    : super.list(location, packageName, kinds, recurse);
        }
        return packageName.equals(ApiClasses.PACKAGE) && kinds.contains(Kind.CLASS)
                ? ApiClasses.NAMES.stream().map(ApiClass::new).collect(Collectors.toList())
                : List.of();
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
        return file instanceof ApiClass known
                ? ApiClasses.PACKAGE + "." + known.name
                : super.inferBinaryName(location, file);
    }

    @Override
    public boolean isSameFile(FileObject a, FileObject b) {
        return a.equals(b);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(Location location, String className, Kind kind, FileObject sibling) {
        return new SimpleJavaFileObject(
                URI.create("memory:///" + encoded(className.replace('.', '/')) + kind.extension), kind) {

            @Override
            public OutputStream openOutputStream() {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                written.put(className, bytes);
                return bytes;
            }
        };
    }

    private static String encoded(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8)
                .replace("%2F", "/")
                .replace("+", "%20");
    }

    /** A class of the published API. */
    private static final class ApiClass extends SimpleJavaFileObject {

        private final String name;

        ApiClass(String name) {
            super(
                    URI.create("memory:///" + ApiClasses.PACKAGE.replace('.', '/') + "/" + encoded(name) + ".class"),
                    Kind.CLASS);
            this.name = name;
        }

        @Override
        public InputStream openInputStream() {
            return new ByteArrayInputStream(ApiClasses.bytes(name));
        }
    }
}
