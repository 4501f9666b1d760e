/**
 * Types of Java as JSON: the schema of a type, how a value is read, and how one is written. By reflection and without
 * caches that outlive the classes of a tool file. Plain Java.
 */
package io.mcpserver.tool.dropin.shape;
