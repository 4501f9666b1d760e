/** Tests of Java files and jars as tool files. */
package io.mcpserver.tool.dropin;
