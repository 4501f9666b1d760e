/**
 * The official conformance suite of the protocol, one test a scenario, and the tools, prompts and
 * resources that it expects of a server under test.
 */
package io.mcpserver.conformance;
