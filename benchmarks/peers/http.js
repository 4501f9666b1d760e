// Streamable HTTP with sessions, on node:http (faster than express) and with JSON answers (faster
// than a stream per call): the SDK at its best while a client keeps one session.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { calculatorServer } from './calculator.js';

const port = Number(process.argv[2]);
const sessions = new Map();

async function openSession() {
    const transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        enableJsonResponse: true,
        onsessioninitialized: (id) => sessions.set(id, transport),
    });
    transport.onclose = () => sessions.delete(transport.sessionId);
    await calculatorServer().connect(transport);
    return transport;
}

const server = createServer(async (request, response) => {
    if (request.url !== '/mcp') {
        response.writeHead(404).end();
        return;
    }
    const id = request.headers['mcp-session-id'];
    const transport = id === undefined ? await openSession() : sessions.get(id);
    if (transport === undefined) {
        response.writeHead(404).end();
        return;
    }
    await transport.handleRequest(request, response);
});

server.listen(port, '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
