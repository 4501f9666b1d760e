package io.mcpserver.storage.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.storage.FreeSpace;
import io.mcpserver.storage.SmallDisk;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("system")
class SpareRoomTest {

    private static final int MEGABYTE = 1 << 20;

    @TempDir
    Path mount;

    enum Way {
        BYTES {
            @Override
            void write(IndexOutput out) throws IOException {
                out.writeBytes(new byte[8_192], 8_192);
            }
        },
        A_BYTE {
            @Override
            void write(IndexOutput out) throws IOException {
                out.writeByte((byte) 1);
            }
        },
        NUMBERS {
            @Override
            void write(IndexOutput out) throws IOException {
                out.writeShort((short) 1);
                out.writeInt(1);
                out.writeLong(1);
            }
        };

        abstract void write(IndexOutput out) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void a_file_ends_before_the_disk_does(Way way) throws Exception {
        try (SmallDisk disk = SmallDisk.mount(mount, 8);
                SpareRoom room = SpareRoom.open(mount);
                IndexOutput out = room.createOutput("file", IOContext.DEFAULT)) {
            assertThatThrownBy(() -> {
                        for (long written = 0; written < 8L * MEGABYTE; written = out.getFilePointer()) {
                            way.write(out);
                        }
                    })
                    .hasMessageContaining("No space left");
            assertThat(FreeSpace.in(mount)).isBetween(FreeSpace.SPARE - MEGABYTE / 8, FreeSpace.SPARE + MEGABYTE / 8);
        }
    }

    @Test
    void no_new_file_is_begun_in_the_last_room() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(mount, 8);
                SpareRoom room = SpareRoom.open(mount)) {
            disk.fillUpTo(FreeSpace.SPARE - MEGABYTE);
            assertThatThrownBy(() -> {
                        try (IndexOutput out = room.createTempOutput("a", "b", IOContext.DEFAULT)) {
                            out.writeByte((byte) 1);
                        }
                    })
                    .hasMessageContaining("leaves to the documents");
            disk.empty();
            try (IndexOutput out = room.createTempOutput("a", "c", IOContext.DEFAULT)) {
                out.writeByte((byte) 1);
            }
        }
    }
}
