// Does what a person does with a desktop client, through the SDK's own client, and prints what came
// back as one JSON object. The task is one JSON object on standard input:
// {transport: stdio | sse | http, command | url, environment?, collection, queries: [..], limit}
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { text } from 'node:stream/consumers';

const task = JSON.parse(await text(process.stdin));

function transport() {
    switch (task.transport) {
        case 'stdio':
            return new StdioClientTransport({
                command: task.command[0],
                args: task.command.slice(1),
                env: { ...process.env, ...task.environment },
            });
        case 'sse':
            return new SSEClientTransport(new URL(task.url));
        case 'http':
            return new StreamableHTTPClientTransport(new URL(task.url));
        default:
            throw new Error(`no transport ${task.transport}`);
    }
}

const client = new Client({ name: 'acceptance', version: '1.0.0' });
const errors = [];
client.onerror = (error) => errors.push(String(error));

// The client checks every structured result against the schema that tools/list gave.
async function call(name, args) {
    const result = await client.callTool({ name, arguments: args });
    if (result.isError) {
        throw new Error(`${name}: ${JSON.stringify(result)}`);
    }
    return result.structuredContent;
}

await client.connect(transport());
const { tools } = await client.listTools();
const { prompts } = await client.listPrompts();
const { resourceTemplates } = await client.listResourceTemplates();

const found = [];
for (const query of task.queries) {
    const { hits } = await call('storage_search', { query, collection: task.collection, limit: task.limit });
    found.push(hits);
}

const [first] = found[0];
const uri = `storage://${first.collection}/${encodeURIComponent(first.id)}`;
const { contents } = await client.readResource({ uri });

// A note of one's own, found as soon as it is saved.
const note = { title: 'Rehearsal', text: `The quetzal flies at noon, said ${task.transport}.` };
const { saved } = await call('storage_save', { collection: 'notes', documents: [{ content: note }] });
const { hits: own } = await call('storage_search', { query: 'when does the quetzal fly?', collection: 'notes' });
const { documents } = await call('storage_load', { collection: 'notes', ids: [saved[0].id] });
const { deleted } = await call('storage_delete', { collection: 'notes', ids: [saved[0].id] });

const answer = {
    server: client.getServerVersion(),
    tools: tools.map((tool) => tool.name),
    prompts: prompts.map((prompt) => prompt.name),
    templates: resourceTemplates.map((template) => template.uriTemplate),
    found,
    resource: contents[0],
    note,
    own: own.map((hit) => hit.id),
    saved,
    documents,
    deleted,
    errors,
};
await client.close();
process.stdout.write(`${JSON.stringify(answer)}\n`);
