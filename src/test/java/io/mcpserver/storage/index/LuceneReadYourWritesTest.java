package io.mcpserver.storage.index;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("side-by-side")
class LuceneReadYourWritesTest extends ReadYourWritesContract {

    @Override
    Shelf open(Path directory, String model) {
        return Shelf.open(directory, model);
    }
}
