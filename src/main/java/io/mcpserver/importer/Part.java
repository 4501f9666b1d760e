package io.mcpserver.importer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One document of a file.
 *
 * @param id the id that the file itself gives; empty where it follows from the file's path and the part's place
 */
record Part(Optional<String> id, ObjectNode content) {}
