/** A performance report of a running server: a flight recording over JMX, what it tells, what to do, one HTML page. Plain Java. */
package io.mcpserver.insight.profile;
