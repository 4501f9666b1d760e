package io.mcpserver.server;

import java.io.IOException;
import java.io.OutputStream;

/** A program that does not end by itself once it has been told to; {@code SignalsTest} runs it. */
final class StuckProgram {

    private StuckProgram() {}

    public static void main(String... args) throws IOException {
        Signals.install();
        Signals.onTerminate(() -> {
            System.out.println("ending");
            await();
        });
        System.out.println("running");
        awaitEndOfInput();
        Signals.endInTime();
        System.out.println("ending");
        await();
    }

    private static void awaitEndOfInput() throws IOException {
        System.in.transferTo(OutputStream.nullOutputStream());
    }

    private static void await() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
