/** Tests of the configuration: what is accepted, what is refused and in which words. */
package io.mcpserver.config;
