package io.mcpserver.server;

/** A program that does not end by itself once it has been told to; {@code SignalsTest} runs it. */
final class StuckProgram {

    private StuckProgram() {}

    public static void main(String... args) {
        Signals.install();
        Signals.onTerminate(() -> {
            System.out.println("ending");
            await();
        });
        System.out.println("running");
        await();
    }

    private static void await() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
