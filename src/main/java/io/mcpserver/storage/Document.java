package io.mcpserver.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One stored document.
 *
 * @param id 1–256 characters, unique within its collection
 * @param content a JSON object; callers do not change it
 * @param version grows with every save of the id, starting at 1; never reused for other content
 * @param created when the id was first saved, microsecond precision
 * @param updated when this version was saved, microsecond precision
 */
public record Document(String id, ObjectNode content, long version, Instant created, Instant updated) {}
