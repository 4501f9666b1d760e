package io.mcpserver.tool.declarative.http.client;

/** The server that an address leads to. */
public record Origin(boolean secure, HostName host, int port) {

    /** The port where an address has none. */
    public static int usualPort(boolean secure) {
        return secure ? 443 : 80;
    }

    public String scheme() {
        return secure ? "https" : "http";
    }

    /** Host, and port unless it is the usual one. */
    public String authority() {
        return port == usualPort(secure) ? host.toString() : host + ":" + port;
    }

    @Override
    public String toString() {
        return scheme() + "://" + authority();
    }
}
