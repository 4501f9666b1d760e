package io.mcpserver.tool.builtin;

import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.declarative.YamlToolFiles;
import io.mcpserver.tool.declarative.compute.ComputeKind;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The tools of {@code tools/calculator.yaml}, which the build puts beside this class: they are there in any configuration,
 * and the same file in a folder of tools, as it is or changed, takes their place.
 */
@Singleton
public class BundledTools implements ToolProvider {

    private static final String FILE = "calculator.yaml";

    @Override
    public List<ToolSpec> tools() {
        return YamlToolFiles.builtIn(text(), FILE, new ComputeKind());
    }

    @Override
    public boolean yields() {
        return true;
    }

    private static String text() {
        try (InputStream file = BundledTools.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("No " + FILE + " beside " + BundledTools.class.getName());
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
