// The second line of the TypeScript SDK, which speaks revision 2026-07-28 and those before it.
import { Client, SSEClientTransport, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { started, task, visit } from './visit.mjs';

const transports = {
    stdio: () => new StdioClientTransport(started()),
    sse: () => new SSEClientTransport(new URL(task.url)),
    http: () => new StreamableHTTPClientTransport(new URL(task.url)),
};
// The era is the library's own word: legacy, auto, or {pin: REVISION}.
const client = new Client({ name: 'acceptance', version: '2.0.0' }, { versionNegotiation: { mode: task.era } });

await visit({
    client,
    transport: transports[task.transport](),
    call: (name, args, options) => client.callTool({ name, arguments: args }, options),
    onUpdated: (handler) =>
        client.setNotificationHandler('notifications/resources/updated', ({ params }) => handler(params.uri)),
    subscribe: async (uri) => {
        if (client.getProtocolEra() === 'modern') {
            const subscription = await client.listen({ resourceSubscriptions: [uri] });
            return () => subscription.close();
        }
        await client.subscribeResource({ uri });
        return () => client.unsubscribeResource({ uri });
    },
    revision: () => client.getNegotiatedProtocolVersion(),
});
