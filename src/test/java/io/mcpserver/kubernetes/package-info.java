/** What is in {@code kubernetes/}: rendered as it is applied, and held against the program that it runs. */
package io.mcpserver.kubernetes;
