// Holds one session through the SDK's own client until its input ends. The argument is the address, or the command that
// starts the server. Each line of
// input, {method, params}, is a request and answered by a line, {result} or {error}; the method "http" is answered
// here, with what HTTP was asked and answered so far. What the server says by itself is a line {notification}.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { createInterface } from 'node:readline';

const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const http = [];
async function recorded(url, init) {
    const message = init.body ? JSON.parse(init.body).method : '';
    const answer = await fetch(url, init);
    http.push({ verb: init.method, message, status: answer.status });
    return answer;
}

const client = new Client({ name: 'acceptance', version: '1.0.0' });
client.fallbackNotificationHandler = async (notification) => print({ notification });
const [target, ...args] = process.argv.slice(2);
await client.connect(
    /^https?:/.test(target)
        ? new StreamableHTTPClientTransport(new URL(target), { fetch: recorded })
        : new StdioClientTransport({ command: target, args, env: { ...process.env }, stderr: 'inherit' }),
);

for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    try {
        print({ result: request.method === 'http' ? { http } : await client.request(request, ResultSchema) });
    } catch (error) {
        print({ error: String(error) });
    }
}
await client.close();
