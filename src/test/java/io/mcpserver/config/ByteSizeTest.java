package io.mcpserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "7B,7",
        "1kB,1000",
        "1KB,1000",
        "1k,1000",
        "1KiB,1024",
        "10 MB,10000000",
        "2MiB,2097152",
        "1GB,1000000000",
        "1GiB,1073741824",
        "1TB,1000000000000",
        "999999999999999999TB,9223372036854775807"
    })
    void countsBytes(String text, long bytes) {
        assertThat(ByteSize.parse(text)).contains(bytes);
    }

    @ParameterizedTest
    @CsvSource({"''", "MB", "-1", "1.5MB", "1EB", "1 000", "1mb", "1Kib", "9999999999999999999"})
    void refusesWhatIsNoSize(String text) {
        assertThat(ByteSize.parse(text)).isEmpty();
    }

    @Test
    void formatsExactly() {
        assertThat(ByteSize.format(1_000_000)).isEqualTo("1MB");
        assertThat(ByteSize.format(1_024)).isEqualTo("1024B");
        assertThat(ByteSize.format(0)).isEqualTo("0B");
        assertThat(ByteSize.format(5_000_000_000_000_000L)).isEqualTo("5000TB");
    }
}
