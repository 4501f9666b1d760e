/** Tests of the scripts that build and start the program, on pretended machines; what they need from others. */
package io.mcpserver.packaging;
