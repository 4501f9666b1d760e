/**
 * What a format of tool files is: a file is read into what it offers, its problems and its tests; and what its tools may
 * use. Plain Java.
 */
package io.mcpserver.tool.file;
