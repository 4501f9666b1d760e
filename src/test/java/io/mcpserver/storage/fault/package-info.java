/** Errors that the system gives to a process with a store: what is shown by {@code InjectedErrorContract}, and its parts. */
package io.mcpserver.storage.fault;
