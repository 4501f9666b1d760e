/** Plain HTTP beside the protocol: the tools for those who have curl only, and whether the server is ready. */
package io.mcpserver.admin;
