// Sees a file of tools come, change and go, as a client that was connected before. The task is that of visit.mjs and
// {line: first | second, file, tool, versions: [text of the file, text of the file]}; each text is answered by the tool as
// "version 1", then "version 2". What was seen is printed as one JSON object: how many milliseconds it took until the client
// was told of each change, and until it could be called.
import { rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { started, task } from './visit.mjs';

const PATIENCE = 60_000;
let listening = false;

/** Says when the stream of a session is open on which the server speaks by itself. */
async function watched(url, init) {
    const answer = await fetch(url, init);
    listening ||= (init?.method ?? 'GET') === 'GET' && answer.status === 200;
    return answer;
}

async function first() {
    const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
    const { SSEClientTransport } = await import('@modelcontextprotocol/sdk/client/sse.js');
    const { StdioClientTransport } = await import('@modelcontextprotocol/sdk/client/stdio.js');
    const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/sdk/client/streamableHttp.js');
    const { ToolListChangedNotificationSchema } = await import('@modelcontextprotocol/sdk/types.js');
    const client = new Client({ name: 'acceptance', version: '1.0.0' });
    const transports = {
        stdio: () => new StdioClientTransport(started()),
        sse: () => new SSEClientTransport(new URL(task.url)),
        http: () => new StreamableHTTPClientTransport(new URL(task.url), { fetch: watched }),
    };
    await client.connect(transports[task.transport]());
    if (task.transport === 'http') {
        await until('stream of the session', () => listening);
    }
    return {
        client,
        onChanged: (handler) => client.setNotificationHandler(ToolListChangedNotificationSchema, handler),
        listen: async () => {},
        revision: () => (task.transport === 'http' ? client.transport.protocolVersion : 'with sessions'),
    };
}

async function second() {
    const { Client, StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client');
    const { StdioClientTransport } = await import('@modelcontextprotocol/client/stdio');
    const client = new Client({ name: 'acceptance', version: '2.0.0' }, { versionNegotiation: { mode: task.era } });
    const transports = {
        stdio: () => new StdioClientTransport(started()),
        http: () => new StreamableHTTPClientTransport(new URL(task.url), { fetch: watched }),
    };
    await client.connect(transports[task.transport]());
    const modern = client.getProtocolEra() === 'modern';
    if (task.transport === 'http' && !modern) {
        await until('stream of the session', () => listening);
    }
    return {
        client,
        onChanged: (handler) => client.setNotificationHandler('notifications/tools/list_changed', handler),
        listen: async () => modern && client.listen({ toolsListChanged: true }),
        revision: () => client.getNegotiatedProtocolVersion(),
    };
}

async function until(what, condition) {
    const end = performance.now() + PATIENCE;
    while (!(await condition())) {
        if (performance.now() > end) {
            throw new Error(`There was no ${what} within ${PATIENCE} ms`);
        }
        await pause(5);
    }
}

const { client, onChanged, listen, revision } = await (task.line === 'first' ? first() : second());
let told = 0;
onChanged(() => {
    told++;
});
await listen();

const listed = async () => (await client.listTools()).tools.some((tool) => tool.name === task.tool);

async function answer() {
    try {
        const result = await client.callTool({ name: task.tool, arguments: {} });
        return result.isError ? `failed: ${result.content[0].text}` : result.content[0].text;
    } catch (error) {
        return `failed: ${error.message}`;
    }
}

/** Waits until the client is told of a change and calls are answered as they should be; says how long either took. */
async function change(make, answered) {
    const before = told;
    const begin = performance.now();
    const seen = {};
    await make();
    await Promise.all([
        until('notification', () => told > before).then(() => {
            seen.told = Math.round(performance.now() - begin);
        }),
        until('other answer', async () => answered(await answer())).then(() => {
            seen.answered = Math.round(performance.now() - begin);
        }),
    ]);
    return seen;
}

const before = await listed();
const added = await change(() => writeFile(task.file, task.versions[0]), (said) => said === 'version 1');
const after = await listed();
const changed = await change(
    async () => {
        await writeFile(`${task.file}.next`, task.versions[1]);
        await rename(`${task.file}.next`, task.file);
    },
    (said) => said === 'version 2',
);
const removed = await change(() => rm(task.file), (said) => said.startsWith('failed'));
const gone = await listed();
const last = await answer();
console.log(JSON.stringify({ revision: revision(), listed: [before, after, gone], added, changed, removed, last }));
await client.close();
