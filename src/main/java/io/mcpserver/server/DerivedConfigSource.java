package io.mcpserver.server;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Gives Quarkus the settings that are derived from {@code config.yaml}. They win over environment and
 * {@code application.yaml}; a system property, which only an expert or a test sets, wins over them.
 */
public final class DerivedConfigSource implements ConfigSource {

    private static final int BELOW_SYSTEM_PROPERTIES = 390;

    private final Map<String, String> settings =
            ActiveConfig.get().map(QuarkusSettings::of).orElse(Map.of());

    @Override
    public Map<String, String> getProperties() {
        return settings;
    }

    @Override
    public Set<String> getPropertyNames() {
        return settings.keySet();
    }

    @Override
    public int getOrdinal() {
        return BELOW_SYSTEM_PROPERTIES;
    }

    @Override
    public String getValue(String name) {
        return settings.get(name);
    }

    @Override
    public String getName() {
        return "config.yaml";
    }
}
