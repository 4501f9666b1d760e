import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { calculatorServer } from './calculator.js';

await calculatorServer().connect(new StdioServerTransport());
