/** Tools that ask a database of {@code sources:} with a statement of their author. Plain Java without Quarkus. */
package io.mcpserver.tool.declarative.sql;
