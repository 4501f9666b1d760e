package io.mcpserver.storage;

import java.util.Optional;

/**
 * One found document.
 *
 * @param score greater is better; comparable only within one answer
 * @param passage the part of the document's text that matched best
 * @param explanation how the score came about, where it was asked for
 */
public record Hit(String collection, Document document, double score, String passage, Optional<String> explanation) {}
