package io.mcpserver.mcp.edge;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * How long a connection may be without a byte. Vert.x takes that at the start, from the {@code
 * performance.request_timeout} of then; a connection whose call may take longer, since a
 * reload or because its tool says so, gets longer.
 */
final class IdleLimit {

    /** The name that Vert.x gives it. */
    private static final String HANDLER = "idle";

    private IdleLimit() {}

    /** Lets the connection of this request be idle for so long; one that may be for longer is left as it is. */
    static void atLeast(Duration time, RoutingContext http) {
        if (http.request().connection() instanceof ConnectionBase connection) {
            ChannelHandlerContext channel = connection.channelHandlerContext();
            if (channel.executor().inEventLoop()) {
                extend(channel.pipeline(), time);
            } else {
                channel.executor().execute(() -> extend(channel.pipeline(), time));
            }
        }
    }

    private static void extend(ChannelPipeline pipeline, Duration time) {
        ChannelHandler present = pipeline.get(HANDLER);
        if (present instanceof IdleStateHandler idle && isShorter(idle.getAllIdleTimeInMillis(), time)) {
            pipeline.replace(idle, HANDLER, new IdleStateHandler(0, 0, Math.toIntExact(time.toSeconds())));
        }
    }

    private static boolean isShorter(long limitMillis, Duration time) {
        return limitMillis > 0 && limitMillis < time.toMillis();
    }
}
