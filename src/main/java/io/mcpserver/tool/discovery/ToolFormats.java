package io.mcpserver.tool.discovery;

import io.mcpserver.tool.file.ToolFileFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The formats of tool files that this program has; loaded when the first file is looked at. */
final class ToolFormats {

    private List<ToolFileFormat> formats;

    /** Those that {@link ServiceLoader} finds. */
    ToolFormats() {}

    ToolFormats(List<ToolFileFormat> formats) {
        this.formats = formats;
    }

    boolean takes(Path file) {
        return of(file).isPresent();
    }

    synchronized Optional<ToolFileFormat> of(Path file) {
        if (formats == null) {
            // Of the program's own class loader, whichever thread asks.
            formats = ServiceLoader.load(ToolFileFormat.class, ToolFileFormat.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
        }
        return formats.stream().filter(format -> format.takes(file)).findFirst();
    }
}
