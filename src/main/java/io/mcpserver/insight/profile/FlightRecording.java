package io.mcpserver.insight.profile;

import io.mcpserver.insight.InsightException;
import io.mcpserver.insight.process.AttachedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import jdk.management.jfr.ConfigurationInfo;
import jdk.management.jfr.FlightRecorderMXBean;
import jdk.management.jfr.RecordingInfo;

/** A recording of Flight Recorder that goes on in a server until it is closed; closing leaves nothing behind there. */
public final class FlightRecording implements AutoCloseable {

    private static final String RECORDER = "jdk.management.jfr:type=FlightRecorder";
    private static final String CONFIGURATION = "profile";
    private static final String NAME = "mcp-server profile";

    /** Bytes of a recording at most, so that a small temporary folder holds it; what is older is left out. */
    private static final String MOST_BYTES = Long.toString(32L << 20);

    /** More than the stacks of a call have: HTTP, dispatch, guard, tool, store. */
    private static final int FRAMES = 160;

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("jdk.ExecutionSample#period", "10 ms"),
            Map.entry("jdk.NativeMethodSample#period", "20 ms"),
            Map.entry("jdk.JavaMonitorEnter#threshold", "1 ms"),
            Map.entry("jdk.ThreadPark#threshold", "1 ms"),
            Map.entry("jdk.FileRead#threshold", "1 ms"),
            Map.entry("jdk.FileWrite#threshold", "1 ms"),
            Map.entry("jdk.FileForce#threshold", "1 ms"),
            Map.entry("jdk.CPULoad#period", "500 ms"));

    private final FlightRecorderMXBean recorder;
    private final long id;

    private FlightRecording(FlightRecorderMXBean recorder, long id) {
        this.recorder = recorder;
        this.id = id;
    }

    /**
     * Starts recording.
     *
     * @param longest after which the server ends the recording by itself, should this process die
     */
    public static FlightRecording start(AttachedServer server, Duration longest) {
        try {
            ObjectName name = new ObjectName(RECORDER);
            if (!server.connection().isRegistered(name)) {
                throw new InsightException("The Java of the server with pid " + server.pid()
                        + " lacks the modules jdk.jfr and jdk.management.jfr, which every JDK has.");
            }
            FlightRecorderMXBean recorder = JMX.newMXBeanProxy(server.connection(), name, FlightRecorderMXBean.class);
            closeAbandoned(recorder);
            deepenStacks(server.connection());
            FlightRecording recording = new FlightRecording(recorder, recorder.newRecording());
            recording.configure(longest);
            recorder.startRecording(recording.id);
            return recording;
        } catch (IOException | MalformedObjectNameException e) {
            throw new InsightException("The server ended before a recording could begin.", e);
        } catch (IllegalStateException | SecurityException e) {
            throw new InsightException("The server cannot record: " + e.getMessage(), e);
        }
    }

    /** Possible before the first recording of a process only; later the stacks stay as deep as they are. */
    private static void deepenStacks(MBeanServerConnection connection) throws IOException {
        try {
            connection.invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "jfrConfigure",
                    new Object[] {new String[] {"stackdepth=" + FRAMES}},
                    new String[] {String[].class.getName()});
        } catch (JMException | RuntimeException e) {
            System.getLogger(FlightRecording.class.getName()).log(System.Logger.Level.DEBUG, "stacks", e);
        }
    }

    /** What commands that were killed left behind. */
    private static void closeAbandoned(FlightRecorderMXBean recorder) throws IOException {
        for (RecordingInfo recording : recorder.getRecordings()) {
            if (recording.getName().equals(NAME) && recording.getState().equals("STOPPED")) {
                recorder.closeRecording(recording.getId());
            }
        }
    }

    private void configure(Duration longest) {
        Map<String, String> settings = new HashMap<>();
        recorder.getConfigurations().stream()
                .filter(configuration -> configuration.getName().equals(CONFIGURATION))
                .map(ConfigurationInfo::getSettings)
                .forEach(settings::putAll);
        settings.putAll(SETTINGS);
        recorder.setRecordingSettings(id, settings);
        recorder.setRecordingOptions(
                id,
                Map.of(
                        "name",
                        NAME,
                        "duration",
                        longest.toSeconds() + " s",
                        "disk",
                        "true",
                        "maxSize",
                        MOST_BYTES,
                        "dumpOnExit",
                        "false"));
    }

    /** Stops recording and brings what was recorded here, over the connection: both need not see the same files. */
    public void copyTo(Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            recorder.stopRecording(id);
            long stream = recorder.openStream(id, null);
            try {
                for (byte[] bytes = recorder.readStream(stream); bytes != null; bytes = recorder.readStream(stream)) {
                    out.write(bytes);
                }
            } finally {
                recorder.closeStream(stream);
            }
        } catch (IOException e) {
            throw new InsightException("The recording cannot be brought to " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            recorder.closeRecording(id);
        } catch (IOException | RuntimeException gone) {
            System.getLogger(FlightRecording.class.getName()).log(System.Logger.Level.DEBUG, "closing", gone);
        }
    }
}
