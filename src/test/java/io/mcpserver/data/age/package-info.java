/** Tests of encryption with a passphrase. */
package io.mcpserver.data.age;
