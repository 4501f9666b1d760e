package io.mcpserver.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.ProgramVersion;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import io.mcpserver.config.reload.ReloadTrigger;
import io.mcpserver.config.reload.Reloader;
import io.mcpserver.data.desk.DataDesk;
import io.mcpserver.insight.InsightOffer;
import io.mcpserver.insight.Latencies;
import io.mcpserver.insight.LatencyReport;
import io.mcpserver.insight.ServerInsight;
import io.mcpserver.insight.memory.MemoryReport;
import io.mcpserver.mcp.stdio.PassedTalks;
import io.mcpserver.server.ActiveConfig;
import io.mcpserver.storage.CollectionInfo;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.catalog.ToolOffering;
import io.mcpserver.tool.discovery.DiscoveryJson;
import io.mcpserver.tool.discovery.ToolDiscovery;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** What this server tells of itself; takes part in the start with a log handler and nothing else. */
@Singleton
public class RunningServerInsight implements ServerInsight {

    private static final int EARLY = 1;

    private final LiveConfig live;
    private final Instance<StoreService> stores;
    private final Instance<MeterRegistry> registry;
    private final Instance<ToolOffering> offering;
    private final Instance<Reloader> reloader;
    private final Instance<ToolDiscovery> discovery;
    private final Instance<DataDesk> desk;
    private final Instance<PassedTalks> passed;
    private final LastErrors errors = new LastErrors();

    RunningServerInsight(
            LiveConfig live,
            Instance<StoreService> stores,
            Instance<MeterRegistry> registry,
            Instance<ToolOffering> offering,
            Instance<Reloader> reloader,
            Instance<ToolDiscovery> discovery,
            Instance<DataDesk> desk,
            Instance<PassedTalks> passed) {
        this.live = live;
        this.stores = stores;
        this.registry = registry;
        this.offering = offering;
        this.reloader = reloader;
        this.discovery = discovery;
        this.desk = desk;
        this.passed = passed;
    }

    void start(@Observes @Priority(EARLY) StartupEvent event) {
        Logger.getLogger("").addHandler(errors);
        InsightOffer.offer(this);
    }

    @Override
    public String status() {
        return statusJson().toString();
    }

    @Override
    public String memory(int classes, boolean live) {
        return memoryJson(classes, live).toString();
    }

    @Override
    public String latencies() {
        return new LatencyReport(ToolTimes.of(registry.get()), stores.get().times())
                .toJson()
                .toString();
    }

    @Override
    public String reload(boolean dryRun) {
        Reloader now = reloader.get();
        return (dryRun ? now.dryRun(ReloadTrigger.COMMAND) : now.reload(ReloadTrigger.COMMAND))
                .toJson()
                .toString();
    }

    @Override
    public String data(String operation, String body) {
        return desk.get().answer(DataDesk.operation(operation), body);
    }

    @Override
    public String reloads() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("generation", live.generation());
        ArrayNode all = json.putArray("reloads");
        reloader.get().history().forEach(done -> all.add(done.toJson()));
        return json.toString();
    }

    @Override
    public String toolFiles() {
        return DiscoveryJson.whole(discovery.get().last()).toString();
    }

    ObjectNode memoryJson(int classes, boolean live) {
        OptionalLong engine =
                stores.get().opened().map(DocumentStore::nativeBytes).orElse(OptionalLong.empty());
        return MemoryReport.ofProcess(engine, classes, live).toJson();
    }

    ObjectNode statusJson() {
        ServerConfig config = live.now();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Instant now = Instant.now();
        Instant started =
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        json.put("version", ProgramVersion.get())
                .put("pid", ProcessHandle.current().pid())
                .put("started", started.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("uptime_seconds", ChronoUnit.SECONDS.between(started, now))
                .put("java", Runtime.version() + " in " + System.getProperty("java.home"));
        json.putObject("configuration")
                .put(
                        "file",
                        ActiveConfig.get()
                                .flatMap(LoadedConfig::file)
                                .map(Path::toString)
                                .orElse(null))
                .put("keys", config.security().apiKeys().size())
                .put("log_level", config.logging().level().name())
                .put("generation", live.generation());
        transport(config.transport(), json.putObject("transport"));
        store(config, json.putObject("store"));
        clients(config, json.putObject("clients"));
        json.set("tool_files", DiscoveryJson.summary(discovery.get().last()));
        if (config.tools().enabled()) {
            tools(json.putArray("tools"));
        } else {
            json.putArray("tools");
        }
        errors.addTo(json.putArray("errors"));
        MemoryReport memory = MemoryReport.ofProcess(OptionalLong.empty(), 0, false);
        Runtime heap = Runtime.getRuntime();
        json.putObject("memory")
                .put("used_bytes", memory.used())
                .put("limit_bytes", memory.limit().bytes())
                .put("limit_from", memory.limit().source())
                .put("heap_used_bytes", heap.totalMemory() - heap.freeMemory())
                .put("heap_limit_bytes", heap.maxMemory());
        return json;
    }

    private static void transport(ServerConfig.Transport transport, ObjectNode json) {
        json.put("type", transport.type().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (transport.type() != TransportType.STDIO) {
            String host = transport.host().contains(":") ? "[" + transport.host() + "]" : transport.host();
            String path = transport.type() == TransportType.SSE ? "/sse" : "/mcp";
            json.put("address", "http://" + host + ":" + transport.port() + path);
        }
    }

    private void store(ServerConfig config, ObjectNode json) {
        json.put("engine", config.storage().type())
                .put("path", config.storage().path().toString())
                .put("open", stores.get().isOpen());
        stores.get().opened().ifPresent(store -> {
            List<CollectionInfo> collections = store.collections();
            json.put("collections", collections.size())
                    .put(
                            "documents",
                            collections.stream()
                                    .mapToLong(CollectionInfo::documents)
                                    .sum())
                    .put(
                            "bytes",
                            collections.stream()
                                    .mapToLong(CollectionInfo::bytes)
                                    .sum());
        });
        stores.get().index().ifPresent(index -> json.put("index_behind", Math.max(0, index.written() - index.read())));
        json.put("model", config.embedding().model());
    }

    private void clients(ServerConfig config, ObjectNode json) {
        json.put("calls", gauge("mcp.tool.calls.active"))
                .put("processes", passed.get().count());
        if (config.transport().type() != TransportType.STDIO) {
            json.put("requests", gauge("mcp.calls.open"))
                    .put("streams", gauge("mcp.streams.open"))
                    .put("sessions", gauge("mcp.sessions.open"))
                    .put("most_connections", config.performance().maxConnections());
        }
    }

    private long gauge(String name) {
        Gauge gauge = registry.get().find(name).gauge();
        return gauge == null || Double.isNaN(gauge.value()) ? 0 : Math.round(gauge.value());
    }

    private void tools(ArrayNode json) {
        Map<String, Latencies> times =
                ToolTimes.of(registry.get()).stream().collect(Collectors.toMap(Latencies::name, Function.identity()));
        for (ToolSpec tool : offering.get().tools()) {
            Latencies taken = times.getOrDefault(tool.name(), Latencies.none(tool.name()));
            json.addObject()
                    .put("name", tool.name())
                    .put("calls", taken.count())
                    .put("errors", taken.errors())
                    .put("mean_ms", Math.round(taken.meanMillis() * 100) / 100.0)
                    .put("max_ms", Math.round(taken.maxMillis() * 100) / 100.0);
        }
    }
}
