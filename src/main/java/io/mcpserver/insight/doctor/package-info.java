/** What may be wrong on this machine before or while a server runs, and what to do about it. Plain Java. */
package io.mcpserver.insight.doctor;
