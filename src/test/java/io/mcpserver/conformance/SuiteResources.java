package io.mcpserver.conformance;

import io.quarkiverse.mcp.server.BlobResourceContents;
import io.quarkiverse.mcp.server.RequestUri;
import io.quarkiverse.mcp.server.Resource;
import io.quarkiverse.mcp.server.ResourceTemplate;
import io.quarkiverse.mcp.server.TextResourceContents;

/** The resources that the suite reads and subscribes to. */
class SuiteResources {

    @Resource(uri = "test://static-text", description = "Text", mimeType = "text/plain")
    String text() {
        return "This is the content of the static text resource.";
    }

    @Resource(uri = "test://static-binary", description = "An image", mimeType = "image/png")
    BlobResourceContents binary(RequestUri uri) {
        return new BlobResourceContents(uri.value(), Samples.PNG, "image/png");
    }

    @Resource(uri = "test://watched-resource", description = "Can be subscribed to", mimeType = "text/plain")
    String watched() {
        return "Watched";
    }

    @ResourceTemplate(
            uriTemplate = "test://template/{id}/data",
            description = "One resource for each id",
            mimeType = "application/json")
    TextResourceContents template(String id, RequestUri uri) {
        return new TextResourceContents(
                uri.value(), "{\"id\":\"%s\",\"templateTest\":true}".formatted(id), "application/json");
    }
}
