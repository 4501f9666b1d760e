package io.mcpserver.tool.dropin;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The classes of one tool file; what is not in it comes from the JDK and the published API.
 *
 * <p>Threads: safe for any number of callers. Closing: idempotent; later no further class is found.
 */
final class FileLoader extends ClassLoader implements AutoCloseable {

    static {
        registerAsParallelCapable();
    }

    private final ClassFiles files;

    /** @param name of the file, for stack traces */
    FileLoader(String name, ClassFiles files) {
        super(name, ApiLoader.INSTANCE);
        this.files = files;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = read(name.replace('.', '/') + ".class").orElseThrow(() -> new ClassNotFoundException(name));
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    protected URL findResource(String path) {
        return files.has(path) ? address(path) : null;
    }

    @Override
    protected Enumeration<URL> findResources(String path) {
        return Collections.enumeration(List.of(path).stream()
                .map(this::findResource)
                .filter(Objects::nonNull)
                .toList());
    }

    @Override
    public void close() {
        files.close();
    }

    private Optional<byte[]> read(String path) throws ClassNotFoundException {
        try {
            return files.read(path);
        } catch (IOException e) {
            throw new ClassNotFoundException(path + " cannot be read", e);
        }
    }

    private URL address(String path) {
        try {
            return URL.of(new URI("toolfile", null, "/" + path, null), new Handler());
        } catch (MalformedURLException | URISyntaxException e) {
            return null;
        }
    }

    private final class Handler extends URLStreamHandler {

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {

                @Override
                public void connect() {
                    connected = true;
                }

                @Override
                public InputStream getInputStream() throws IOException {
                    String path = URI.create(url.toString()).getPath().substring(1);
                    return new ByteArrayInputStream(
                            files.read(path).orElseThrow(() -> new FileNotFoundException(path)));
                }
            };
        }
    }
}
