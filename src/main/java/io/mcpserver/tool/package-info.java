/**
 * What a tool is, apart from any protocol: its schemas and its results. Plain Java; the packages below
 * hold the tools themselves and the one way in which they are called.
 */
package io.mcpserver.tool;
