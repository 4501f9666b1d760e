/**
 * Encryption with a passphrase in version 1 of the format of age (age-encryption.org/v1), so that {@code age --decrypt}
 * reads it too: scrypt by Bouncy Castle, everything else by the JDK. What is read is authentic, or reading fails.
 */
package io.mcpserver.data.age;
