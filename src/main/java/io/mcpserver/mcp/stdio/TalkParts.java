package io.mcpserver.mcp.stdio;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.mcp.call.Questions;
import io.mcpserver.mcp.call.ResourceWatch;
import io.mcpserver.mcp.call.SessionCalls;
import io.mcpserver.mcp.extension.Protocol;
import io.mcpserver.mcp.stateless.Stateless;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What every talk of this process takes its messages to. */
@Singleton
public class TalkParts {

    private final Protocol protocol;
    private final SessionCalls calls;
    private final Stateless stateless;
    private final LiveConfig config;
    private final Vertx vertx;
    private final ResourceWatch watch;
    private final Questions questions;

    @Inject
    TalkParts(
            Protocol protocol,
            SessionCalls calls,
            Stateless stateless,
            LiveConfig config,
            Vertx vertx,
            ResourceWatch watch,
            Questions questions) {
        this.protocol = protocol;
        this.calls = calls;
        this.stateless = stateless;
        this.config = config;
        this.vertx = vertx;
        this.watch = watch;
        this.questions = questions;
    }

    Protocol protocol() {
        return protocol;
    }

    SessionCalls calls() {
        return calls;
    }

    Stateless stateless() {
        return stateless;
    }

    LiveConfig config() {
        return config;
    }

    Vertx vertx() {
        return vertx;
    }

    ResourceWatch watch() {
        return watch;
    }

    Questions questions() {
        return questions;
    }
}
