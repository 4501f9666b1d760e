package io.mcpserver.insight.profile;

import io.mcpserver.insight.memory.ClassShare;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;

/** Names of frames, classes and threads as people read them. */
final class Frames {

    private static final String OWN = "io.mcpserver.";
    private static final String UNKNOWN = "unknown";

    private Frames() {}

    /** The stack of an event, the outermost frame first, below it the kind of its thread. */
    static List<String> stack(RecordedEvent event, RecordedThread thread) {
        List<String> frames = new ArrayList<>();
        RecordedStackTrace trace = event.getStackTrace();
        if (trace != null) {
            trace.getFrames().stream()
                    .filter(RecordedFrame::isJavaFrame)
                    .map(Frames::name)
                    .forEach(frames::add);
        }
        if (trace != null && trace.isTruncated()) {
            frames.add("…");
        }
        frames.add(kind(thread));
        Collections.reverse(frames);
        return frames;
    }

    /** The innermost frame of this program; where there is none, the innermost of all. */
    static String site(RecordedEvent event) {
        RecordedStackTrace trace = event.getStackTrace();
        if (trace == null || trace.getFrames().isEmpty()) {
            return UNKNOWN;
        }
        return trace.getFrames().stream()
                .filter(RecordedFrame::isJavaFrame)
                .map(Frames::name)
                .filter(name -> name.startsWith(OWN))
                .findFirst()
                .orElseGet(() -> name(trace.getFrames().getFirst()));
    }

    /** The innermost frame. */
    static String top(RecordedEvent event) {
        RecordedStackTrace trace = event.getStackTrace();
        return trace == null || trace.getFrames().isEmpty()
                ? UNKNOWN
                : name(trace.getFrames().getFirst());
    }

    static String name(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        if (method == null) {
            return UNKNOWN;
        }
        // Hidden classes have addresses in their names, which would keep equal frames apart.
        return method.getType().getName().replaceAll("/0x[0-9a-f]+|\\+0x[0-9a-f]+(/0x[0-9a-f]+)?|\\.0x[0-9a-f]+", "")
                + "." + method.getName();
    }

    static String className(RecordedClass type) {
        return type == null ? UNKNOWN : ClassShare.readable(type.getName());
    }

    /** The name of a thread without its number, so that the threads of a pool are one. */
    static String kind(RecordedThread thread) {
        if (thread == null) {
            return UNKNOWN;
        }
        String name = thread.getJavaName() == null || thread.getJavaName().isBlank()
                ? thread.getOSName()
                : thread.getJavaName();
        if (name == null || name.isBlank()) {
            return thread.isVirtual() ? "virtual threads" : UNKNOWN;
        }
        return name.replaceAll("[0-9]+", "#");
    }
}
