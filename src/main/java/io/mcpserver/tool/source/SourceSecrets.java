package io.mcpserver.tool.source;

import io.mcpserver.config.SecretText;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Address, name and password of a source, read where they are named each time that they are needed. */
record SourceSecrets(String name, ServerConfig.Source source) {

    /** @throws CodedException {@code UNSUPPORTED} if a secret is missing */
    String url() {
        return read("url", source.url());
    }

    Login login() {
        return new Login(this);
    }

    /** Who logs in; read anew for each connection, so that a password can be rotated. */
    record Login(SourceSecrets secrets) {

        Properties properties() {
            Properties properties = new Properties();
            put(properties, "user", "username", secrets.source().username());
            put(properties, "password", "password", secrets.source().password());
            return properties;
        }

        private void put(Properties properties, String property, String key, Optional<String> written) {
            written.ifPresent(text -> properties.setProperty(property, secrets.read(key, text)));
        }

        /** Without what it holds. */
        @Override
        public String toString() {
            return "Login[" + secrets.name() + "]";
        }
    }

    /** The texts that nobody may be told, as far as they can be read now. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        try {
            String url = url();
            texts.add(url);
            texts.add(url.substring(url.indexOf(':', url.indexOf(':') + 1) + 1));
            source.username().ifPresent(written -> texts.add(read("username", written)));
            source.password().ifPresent(written -> texts.add(read("password", written)));
        } catch (CodedException e) {
            // What is not there cannot be told.
        }
        return texts;
    }

    private String read(String key, String written) {
        try {
            return SecretText.resolve(written, source.base());
        } catch (SecretText.Missing e) {
            throw new CodedException(
                    ErrorCode.UNSUPPORTED,
                    "The source %s cannot be opened (sources.%s.%s): %s.".formatted(name, name, key, e.getMessage()));
        }
    }
}
