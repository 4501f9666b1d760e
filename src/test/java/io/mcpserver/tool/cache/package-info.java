/** Results that are given again. */
package io.mcpserver.tool.cache;
