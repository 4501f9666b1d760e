package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.assertj.core.api.SoftAssertions;

/** What a client saw on its {@link ClientVisit}, and whether it is what it should have seen. */
record ClientReport(JsonNode seen) {

    private static final String URI = "storage://birds/quetzal";

    /** How long the server goes on with a cancelled call at most; the whole of it takes longer. */
    private static final int PROMPTLY_MS = 3_000;

    /** The libraries signal a server to end 2 s after they closed its input, and kill it at 4 s. */
    private static final int BY_ITSELF_MS = 3_000;

    /** Everything that the two eras and all transports have in common. */
    ClientReport listedCalledAndRead() {
        SoftAssertions.assertSoftly(softly -> {
            softly.assertThat(seen.at("/server/name").asText()).isEqualTo("mcp-server");
            softly.assertThat(seen.get("tools"))
                    .extracting(JsonNode::asText)
                    .contains("storage_save", "storage_search", "storage_load", "calculator_add");
            softly.assertThat(seen.get("templates"))
                    .extracting(JsonNode::asText)
                    .contains("storage://{collection}/{id}");
            softly.assertThat(seen.get("saved"))
                    .extracting(JsonNode::toString)
                    .containsExactly(
                            "{\"id\":\"quetzal\",\"version\":1,\"created\":true}",
                            "{\"id\":\"kiwi\",\"version\":1,\"created\":true}");
            softly.assertThat(seen.get("sum").asInt()).isEqualTo(5);
            softly.assertThat(seen.at("/hits/0/id").asText()).isEqualTo("quetzal");
            softly.assertThat(seen.at("/loaded/0/content/text").asText()).isEqualTo("The kiwi walks by night.");
            softly.assertThat(seen.at("/resource/uri").asText()).isEqualTo(URI);
            softly.assertThat(seen.at("/resource/text").asText()).contains("The quetzal flies at noon.");
            softly.assertThat(seen.get("errors")).isEmpty();
        });
        return this;
    }

    ClientReport spoke(String revision) {
        assertThat(seen.path("revision").asText()).isEqualTo(revision);
        return this;
    }

    /** One save while it was subscribed, one update; what it read then was the new document. */
    ClientReport sawTheUpdate() {
        assertThat(seen.get("updates")).extracting(JsonNode::asText).containsExactly(URI);
        assertThat(seen.at("/changed/text").asText()).contains("The quetzal flies at dusk.");
        return this;
    }

    /** As {@link #sawTheUpdate}, where the document was saved until an update was seen. */
    ClientReport sawUpdates() {
        assertThat(seen.get("updates"))
                .extracting(JsonNode::asText)
                .isNotEmpty()
                .containsOnly(URI);
        assertThat(seen.at("/changed/text").asText()).contains("The quetzal flies at dusk.");
        return this;
    }

    /** The call ended at once for the client, left nothing behind, and the next was served. */
    ClientReport cancelled() {
        assertThat(seen.at("/cancelled/error").asText()).contains("no longer of interest");
        assertThat(seen.at("/cancelled/after").asInt()).isLessThan(1_000);
        assertThat(seen.get("next").asInt()).isEqualTo(23);
        assertThat(seen.get("kept")).extracting(JsonNode::asText).containsExactly("kiwi", "quetzal");
        return this;
    }

    /** The server's metrics say that it left off; for a visit that watched the server. */
    ClientReport andTheServerLeftOff() {
        assertThat(seen.at("/cancelled/idleAfter").asInt(Integer.MAX_VALUE)).isLessThan(PROMPTLY_MS);
        assertThat(seen.at("/cancelled/counted").asInt()).isOne();
        return this;
    }

    /** The server that the client had started ended by itself: no call kept it, cancelled or not. */
    ClientReport andTheServerEnded() {
        assertThat(seen.get("closing").asInt()).isLessThan(BY_ITSELF_MS);
        return this;
    }
}
