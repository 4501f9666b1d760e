package io.mcpserver.storage.index;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("side-by-side")
class LuceneWordSearchTest extends WordSearchContract {

    @Override
    Shelf open(Path directory, String model) {
        return Shelf.open(directory, model);
    }
}
