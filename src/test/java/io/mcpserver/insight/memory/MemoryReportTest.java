package io.mcpserver.insight.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MemoryReportTest {

    @Test
    void thePartsOfThisProcessAreThere() {
        JsonNode json = MemoryReport.ofProcess(OptionalLong.of(4711), 5, false).toJson();
        assertThat(json.path("parts").findValuesAsText("name"))
                .startsWith("heap", "metaspace", "code cache", "direct buffers", "threads", "storage engine");
        assertThat(json.path("parts").path(0).path("used_bytes").asLong()).isPositive();
        assertThat(json.path("parts").path(5).path("used_bytes").asLong()).isEqualTo(4711);
        assertThat(json.path("classes")).hasSize(5);
        assertThat(json.path("limit_bytes").asLong())
                .isGreaterThan(json.path("used_bytes").asLong());
    }

    @Test
    void anEngineThatTellsNothingHasNoPart() {
        MemoryReport report = MemoryReport.ofProcess(OptionalLong.empty(), 0, false);
        assertThat(report.parts()).extracting(MemoryPart::name).doesNotContain("storage engine");
        assertThat(report.classes()).isEmpty();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "The parts of resident memory are read from /proc")
    void residentMemoryIsItsFilesAndTheRest() {
        ResidentMemory resident = ResidentMemory.ofProcess().orElseThrow();
        assertThat(resident.anonymous()).isPositive();
        assertThat(resident.anonymous() + resident.fileBacked()).isEqualTo(resident.rss());
    }

    @Test
    void classesAreReadAsPeopleWriteThem() {
        String histogram = """
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:         46190        5027640  [B (java.base@25)
                   2:            12            384  [[Ljava.lang.String; (java.base@25)
                   3:             1             16  io.mcpserver.Main
                Total         46203        5028040
                """;
        assertThat(ClassShare.parse(histogram, 9))
                .isEqualTo(List.of(
                        new ClassShare("byte[]", 46_190, 5_027_640),
                        new ClassShare("java.lang.String[][]", 12, 384),
                        new ClassShare("io.mcpserver.Main", 1, 16)));
    }
}
