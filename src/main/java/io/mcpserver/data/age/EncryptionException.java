package io.mcpserver.data.age;

import java.io.IOException;

/** Why something encrypted cannot be read; the message, without a subject, says why. */
public final class EncryptionException extends IOException {

    public EncryptionException(String why) {
        super(why);
    }

    public EncryptionException(String why, Throwable cause) {
        super(why, cause);
    }
}
