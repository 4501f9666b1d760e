/** The store that the program works with. */
package io.mcpserver.storage.service;
