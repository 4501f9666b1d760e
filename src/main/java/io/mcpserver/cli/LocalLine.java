package io.mcpserver.cli;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.DataLine;
import io.mcpserver.data.desk.DataDesk;
import io.mcpserver.storage.service.StoreService;

/** A store that this process has opened; closing closes it. */
final class LocalLine implements DataLine {

    private final ServerConfig config;
    private final StoreService stores;
    private final DataDesk desk;

    LocalLine(ServerConfig config, StoreService stores) {
        this.config = config;
        this.stores = stores;
        this.desk = new DataDesk(config.storage(), stores);
    }

    @Override
    public String ask(Operation operation, String body) {
        return desk.answer(operation, body);
    }

    @Override
    public String where() {
        return config.storage().path().toString();
    }

    @Override
    public void close() {
        desk.close();
        stores.close();
    }
}
