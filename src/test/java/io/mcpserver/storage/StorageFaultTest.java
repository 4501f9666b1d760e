package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.error.ErrorCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StorageFaultTest {

    @Test
    void what_native_code_says_is_told_without_the_places_in_it() {
        StoreException fault =
                fault("[errno 22] CDataJniException{errno=22, message=External error: LanceError(IO): Too many"
                        + " open files (os error 24), /workspace/rust/lance-io/src/local.rs:134:24}.");
        assertThat(fault).hasMessage("It cannot be read: Too many open files.");
        assertThat(fault("LanceError(IO): failed to persist temp file to /d/x: Input/output error, /w/rust/c.rs:1:2"))
                .hasMessage("It cannot be read: failed to persist temp file to /d/x: Input/output error.");
    }

    @Test
    void a_full_disk_is_known_by_what_is_said_of_it() {
        assertThat(fault("LanceError(IO): No space left on device (os error 28), /w/rust/c.rs:1:2")
                        .code())
                .isEqualTo(ErrorCode.DISK_FULL);
    }

    private static StoreException fault(String said) {
        return StorageFault.of("It cannot be read", new IOException(said));
    }
}
