package io.mcpserver.tool.source;

/** Closes what nobody needs any more, whatever it says to that. */
final class Closing {

    private Closing() {}

    static void quietly(AutoCloseable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception e) {
            System.getLogger(Closing.class.getName()).log(System.Logger.Level.DEBUG, "closing", e);
        }
    }
}
