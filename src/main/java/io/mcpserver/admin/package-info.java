/**
 * Plain HTTP beside the protocol: the tools for those who have curl only, whether the server is ready, and what it tells of
 * itself to those who run it.
 */
package io.mcpserver.admin;
