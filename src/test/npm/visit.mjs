// What every client library is taken through, whichever it is: it lists, saves, calls, searches,
// reads, subscribes, cancels and leaves. What it saw is printed as one JSON object.
//
// The task is one JSON object on standard input:
// {transport: stdio | sse | http, command | url, environment?, era?, metrics?, subscribesLate?, leftOut?: [subscribe, cancel]}
// With metrics, an address of the server's own, it is asked what it is working at. With subscribesLate,
// a subscription may begin some time after it was answered, so the document is saved until it has.
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

export const task = JSON.parse(await text(process.stdin));

const COLLECTION = 'birds';
const URI = `storage://${COLLECTION}/quetzal`;
const PATIENCE = 30_000;
const does = (step) => !task.leftOut?.includes(step);

/** What a client that starts its server starts it with. */
export function started() {
    const [command, ...args] = task.command;
    return { command, args, env: { ...process.env, ...task.environment } };
}

/**
 * Takes a client through all of it.
 *
 * @param library what differs between libraries: client, transport, call(name, args, options),
 *     onUpdated(handler of a URI), subscribe(uri) that answers how to unsubscribe, revision()
 */
export async function visit(library) {
    const { client } = library;
    const errors = [];
    client.onerror = (error) => errors.push(String(error));
    const updates = [];
    library.onUpdated((uri) => updates.push(uri));

    // A structured result that is not as tools/list said is an error of the client's.
    async function call(name, args, options) {
        const result = await library.call(name, args, options);
        if (result.isError) {
            throw new Error(`${name}: ${JSON.stringify(result)}`);
        }
        return result.structuredContent;
    }
    const save = (documents, options) => call('storage_save', { collection: COLLECTION, documents }, options);
    const saveQuetzal = (says) => save([{ id: 'quetzal', content: { text: says } }]);
    const read = async () => (await client.readResource({ uri: URI })).contents[0];

    await client.connect(library.transport);
    const { tools } = await client.listTools();
    const { resourceTemplates } = await client.listResourceTemplates();

    const { saved } = await save([
        { id: 'quetzal', content: { text: 'The quetzal flies at noon.' } },
        { id: 'kiwi', content: { text: 'The kiwi walks by night.' } },
    ]);
    const { sum } = await call('calculator_add', { a: 2, b: 3 });
    const { hits } = await call('storage_search', { collection: COLLECTION, query: 'when does the quetzal fly?' });
    const { documents: loaded } = await call('storage_load', { collection: COLLECTION, ids: ['kiwi'] });
    const resource = await read();

    let changed;
    if (does('subscribe')) {
        const unsubscribe = await library.subscribe(URI);
        const saveAtDusk = () => saveQuetzal('The quetzal flies at dusk.');
        await saveAtDusk();
        await until('an update of the resource', async () => {
            if (task.subscribesLate && updates.length === 0) {
                await saveAtDusk();
            }
            return updates.length > 0;
        });
        changed = await read();
        await unsubscribe();
        await saveQuetzal('The quetzal sleeps.');
    }

    const cancelled = does('cancel') ? await cancel((options) => save(aThousandBooks(), options)) : undefined;
    const { sum: next } = await call('calculator_add', { a: 20, b: 3 });
    if (cancelled && task.metrics) {
        cancelled.idleAfter = await elapsed(until('the server to be idle', async () => (await active()) === 0));
        cancelled.counted = await metric('mcp_tool_calls_seconds_count', 'tool="storage_save"', 'code="CANCELLED"');
    }
    const { documents: kept } = await call('storage_query', { collection: COLLECTION, limit: 10 });

    const server = client.getServerVersion();
    const revision = library.revision();
    const closing = await elapsed(client.close());
    const answer = {
        server,
        revision,
        tools: tools.map((tool) => tool.name),
        templates: resourceTemplates.map((template) => template.uriTemplate),
        saved,
        sum,
        hits,
        loaded,
        resource,
        changed,
        updates,
        cancelled,
        next,
        kept: kept.map((document) => document.id),
        closing,
        errors,
    };
    process.stdout.write(`${JSON.stringify(answer)}\n`);
}

/** Begins a call, cancels it while the server works at it, and says how it ended. */
async function cancel(begin) {
    const abort = new AbortController();
    let ended;
    const call = begin({ signal: abort.signal, timeout: 10 * PATIENCE }).then(
        (result) => (ended = { result }),
        (error) => (ended = { error: `${error.name}: ${error.message}` }),
    );
    if (task.metrics) {
        await until('the call to be worked at', async () => ended || (await active()) > 0);
    } else {
        await Promise.race([call, pause(500)]);
    }
    if (ended) {
        throw new Error(`Ended before it was cancelled: ${JSON.stringify(ended).slice(0, 1_000)}`);
    }
    abort.abort('no longer of interest');
    const after = await elapsed(call);
    return { after, ...ended };
}

/** A thousand documents, 3 MB of short words: work for the embedding model that a cancelled call must not wait for. */
function aThousandBooks() {
    return Array.from({ length: 1_000 }, (_, book) => ({
        id: `book-${book}`,
        content: { text: Array.from({ length: 1_000 }, (_, word) => (book * 31 + word * 17) % 100).join(' ') },
    }));
}

/** How many calls the server works at. */
const active = () => metric('mcp_tool_calls_active');

/** The sum of a metric of the server's over all that has the labels. */
async function metric(name, ...labels) {
    const page = await (await fetch(task.metrics)).text();
    return page
        .split('\n')
        .filter((line) => line.startsWith(name) && labels.every((label) => line.includes(label)))
        .reduce((sum, line) => sum + Number(line.split(' ').pop()), 0);
}

async function until(what, holds) {
    const limit = Date.now() + PATIENCE;
    while (!(await holds())) {
        if (Date.now() > limit) {
            throw new Error(`Waited ${PATIENCE} ms in vain for ${what}`);
        }
        await pause(20);
    }
}

async function elapsed(work) {
    const start = Date.now();
    await work;
    return Date.now() - start;
}
