package io.mcpserver.tool;

import java.util.List;
import java.util.Optional;

/**
 * A picture that a client may show.
 *
 * @param src an {@code https:} or {@code data:} URI
 * @param sizes such as {@code 48x48}
 */
public record Icon(String src, Optional<String> mimeType, List<String> sizes) {}
