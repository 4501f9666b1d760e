/**
 * JDBC drivers of jars that lie beside the program: looked through without running them, loaded apart from the server and
 * from each other, and given back. Plain Java without Quarkus.
 */
package io.mcpserver.tool.source.driver;
