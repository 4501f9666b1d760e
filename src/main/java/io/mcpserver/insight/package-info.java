/**
 * What a running server tells of itself to the people who run it, and how it is asked. Plain Java: no Quarkus, no CDI; the
 * commands that look inside a server start without one.
 */
package io.mcpserver.insight;
