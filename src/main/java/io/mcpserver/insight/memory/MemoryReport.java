package io.mcpserver.insight.memory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Where the memory of this process is.
 *
 * @param limit how much it may have
 * @param resident what of it is in memory; empty where the system does not tell
 * @param parts what the memory is for; they need not add up, as what is reserved is not all in memory
 * @param classes the largest in the heap, the largest first
 */
public record MemoryReport(
        MemoryLimit limit,
        Optional<ResidentMemory> resident,
        List<MemoryPart> parts,
        List<ClassShare> classes,
        long collections,
        long collectionMillis) {

    /** What of the anonymous memory no part accounts for. */
    public static final String REST = "native libraries, embedding model";

    /** The heap, by its name among the parts. */
    public static final String HEAP = "heap";

    private static final long KIB = 1024;
    private static final long DEFAULT_STACK = KIB * KIB;

    /**
     * Takes stock of this process.
     *
     * @param engine bytes that the storage engine holds outside the heap; empty where it does not tell
     * @param classes how many of the largest classes are told; 0 for none
     * @param live whether the heap is collected first, so that only what is used counts
     */
    public static MemoryReport ofProcess(OptionalLong engine, int classes, boolean live) {
        List<ClassShare> largest = ClassShare.largest(classes, live);
        List<MemoryPart> parts = new ArrayList<>();
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        long touched = Math.min(heap.getCommitted(), peakOfHeap());
        parts.add(new MemoryPart(
                HEAP,
                heap.getUsed(),
                heap.getCommitted(),
                Math.max(0, heap.getMax()),
                "at most " + (touched >> 20) + " MiB of it were ever in use"));
        parts.add(pools("metaspace", name -> name.equals("Metaspace")));
        parts.add(pools("code cache", name -> name.startsWith("Code")));
        parts.add(direct());
        parts.add(threads());
        engine.ifPresent(bytes -> parts.add(new MemoryPart("storage engine", bytes, bytes, 0, "as the engine counts")));
        Optional<ResidentMemory> resident = ResidentMemory.ofProcess();
        resident.ifPresent(found -> parts.add(rest(found, touched, parts)));
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        return new MemoryReport(
                MemoryLimit.ofProcess(),
                resident,
                List.copyOf(parts),
                largest,
                collectors.stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                        .sum(),
                collectors.stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                        .sum());
    }

    /** Bytes in memory; where the system does not tell, what is reserved for the heap and outside of it. */
    public long used() {
        return resident.map(ResidentMemory::rss).orElseGet(() -> parts.stream()
                .filter(part -> !part.name().equals("threads"))
                .mapToLong(MemoryPart::reserved)
                .sum());
    }

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("used_bytes", used()).put("limit_bytes", limit.bytes()).put("limit_from", limit.source());
        resident.ifPresent(found -> json.putObject("resident")
                .put("rss_bytes", found.rss())
                .put("pss_bytes", found.pss())
                .put("anonymous_bytes", found.anonymous())
                .put("file_bytes", found.fileBacked())
                .put("swapped_bytes", found.swapped()));
        limit.pageCache().ifPresent(bytes -> json.put("page_cache_bytes", bytes));
        ArrayNode all = json.putArray("parts");
        parts.forEach(part -> all.add(part.toJson()));
        json.put("collections", collections).put("collection_ms", collectionMillis);
        ArrayNode largest = json.putArray("classes");
        classes.forEach(share -> largest.addObject()
                .put("name", share.name())
                .put("instances", share.instances())
                .put("bytes", share.bytes()));
        return json;
    }

    private static MemoryPart pools(String name, Predicate<String> fits) {
        long used = 0;
        long committed = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (fits.test(pool.getName())) {
                used += pool.getUsage().getUsed();
                committed += pool.getUsage().getCommitted();
            }
        }
        return new MemoryPart(name, used, committed, 0, "");
    }

    /** Bytes of the heap that were ever in use; pages of the rest are reserved and not in memory. */
    private static long peakOfHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    private static MemoryPart direct() {
        BufferPoolMXBean pool = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(one -> one.getName().equals("direct"))
                .findFirst()
                .orElseThrow();
        return new MemoryPart(
                "direct buffers",
                pool.getMemoryUsed(),
                Math.max(pool.getMemoryUsed(), pool.getTotalCapacity()),
                0,
                pool.getCount() + " buffers");
    }

    private static MemoryPart threads() {
        int count = ManagementFactory.getThreadMXBean().getThreadCount();
        long stack = stackBytes();
        return new MemoryPart(
                "threads",
                0,
                count * stack,
                0,
                count + " threads; stacks take what they use of " + stack / KIB + " KiB");
    }

    private static long stackBytes() {
        try {
            com.sun.management.HotSpotDiagnosticMXBean machine =
                    ManagementFactory.getPlatformMXBean(com.sun.management.HotSpotDiagnosticMXBean.class);
            long stack = Long.parseLong(machine.getVMOption("ThreadStackSize").getValue()) * KIB;
            return stack == 0 ? DEFAULT_STACK : stack;
        } catch (RuntimeException e) {
            return DEFAULT_STACK;
        }
    }

    /** What is left of the anonymous memory; at least 0, because not all that is counted is in memory. */
    private static MemoryPart rest(ResidentMemory resident, long heap, List<MemoryPart> known) {
        long accounted = known.stream()
                .filter(part -> !part.name().equals("threads") && !part.name().equals(HEAP))
                .mapToLong(MemoryPart::reserved)
                .sum();
        long rest = Math.max(0, resident.anonymous() - heap - accounted);
        return new MemoryPart(REST, rest, rest, 0, "what is left of the anonymous memory, thread stacks included");
    }
}
