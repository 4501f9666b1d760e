/** Tests of restoring: the old store or the new one, at every moment. */
package io.mcpserver.data.restore;
