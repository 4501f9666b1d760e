package io.mcpserver.storage.index;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("side-by-side")
class LanceMeaningSearchTest extends MeaningSearchContract {

    @Override
    Shelf open(Path directory, String model) {
        return Shelf.openWithLance(directory, model);
    }
}
