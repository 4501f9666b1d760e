package io.mcpserver.storage.fault;

import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreOpener;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that runs {@link FaultScript} while the system fails, and says its lines; {@code UNOPENED} and {@code
 * CLOSED-BADLY}, with a code and a sentence, are of the store as a whole. Commands: {@code RUN directory round close}, {@code
 * REST}, each answered with its own word.
 */
public final class FaultVictim {

    private static final int SET_PTRACER = 0x59616d61;
    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private final StoreOpener opener;
    private Path directory;
    private long round;
    private DocumentStore store;

    private FaultVictim(StoreOpener opener) {
        this.opener = opener;
    }

    /** Arguments: the class of a {@link StoreOpener}. */
    public static void main(String[] arguments) throws Throwable {
        letOthersTrace();
        FaultVictim victim = new FaultVictim((StoreOpener)
                Class.forName(arguments[0]).getDeclaredConstructor().newInstance());
        victim.warmUp();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        say("READY");
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            try {
                victim.obey(command.split(" "));
            } catch (RuntimeException | Error e) {
                say("BROKEN " + e + " " + List.of(e.getStackTrace()));
            }
            say(command.split(" ")[0]);
        }
    }

    /** Native code is unpacked and loaded before anything fails. */
    private void warmUp() throws IOException {
        try (DocumentStore warm = opener.open(Files.createTempDirectory("warm"))) {
            new FaultScript(warm, 0, line -> {}).rest();
        }
    }

    /** Where the system lets only parents trace. */
    private static void letOthersTrace() throws Throwable {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor prctl =
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG);
        Object ignored = linker.downcallHandle(
                        linker.defaultLookup().find("prctl").orElseThrow(), prctl, Linker.Option.firstVariadicArg(1))
                .invokeWithArguments(SET_PTRACER, -1L);
    }

    private void obey(String[] command) throws InterruptedException {
        if (command[0].equals("RUN")) {
            directory = Path.of(command[1]);
            round = Long.parseLong(command[2]);
            run(Boolean.parseBoolean(command[3]));
        } else {
            rest();
        }
    }

    private void run(boolean close) throws InterruptedException {
        try {
            store = opener.open(directory);
        } catch (StoreException e) {
            say("UNOPENED " + FaultScript.told(e));
            return;
        }
        new FaultScript(store, round, FaultVictim::say).run();
        if (close) {
            close();
        }
    }

    /** The system fails no more: a store that was not opened can be, one that was open goes on. */
    private void rest() {
        if (store == null) {
            store = opener.open(directory);
        }
        new FaultScript(store, round, FaultVictim::say).rest();
        close();
    }

    private void close() {
        try {
            store.close();
        } catch (StoreException e) {
            say("CLOSED-BADLY " + FaultScript.told(e));
        }
        store = null;
    }

    /** Writing a line may fail like any other writing, and is tried until it works. */
    private static synchronized void say(String line) {
        byte[] bytes = (line.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8);
        for (int attempt = 0; attempt < 1_000; attempt++) {
            try {
                OUT.write(bytes);
                return;
            } catch (IOException e) {
                // Nothing of it was written.
            }
        }
        Runtime.getRuntime().halt(3);
    }
}
