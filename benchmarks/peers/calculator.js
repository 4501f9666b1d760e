import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

/** A server with the one tool that all contenders have. */
export function calculatorServer() {
    const server = new McpServer({ name: 'typescript-peer', version: '1.0.0' });
    server.registerTool(
        'calculator_add',
        {
            description: 'Adds two numbers.',
            inputSchema: { a: z.number().describe('the first'), b: z.number().describe('the second') },
            outputSchema: { sum: z.number().describe('a + b') },
        },
        async ({ a, b }) => ({
            content: [{ type: 'text', text: String(a + b) }],
            structuredContent: { sum: a + b },
        }),
    );
    return server;
}
