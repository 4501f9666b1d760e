/**
 * Tools, prompts and resources in YAML files: how a file is read, checked and made into what the catalog offers. Each kind
 * of tool is a package below, found by name. Plain Java without Quarkus.
 */
package io.mcpserver.tool.declarative;
