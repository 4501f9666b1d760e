// The first line of the TypeScript SDK, which speaks the revisions up to 2025-11-25.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ResourceUpdatedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { started, task, visit } from './visit.mjs';

const transports = {
    stdio: () => new StdioClientTransport(started()),
    sse: () => new SSEClientTransport(new URL(task.url)),
    http: () => new StreamableHTTPClientTransport(new URL(task.url)),
};
const client = new Client({ name: 'acceptance', version: '1.0.0' });
const transport = transports[task.transport]();

await visit({
    client,
    transport,
    call: (name, args, options) => client.callTool({ name, arguments: args }, undefined, options),
    onUpdated: (handler) =>
        client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => handler(params.uri)),
    subscribe: async (uri) => {
        await client.subscribeResource({ uri });
        return () => client.unsubscribeResource({ uri });
    },
    revision: () => transport.protocolVersion,
});
