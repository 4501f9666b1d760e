"""(c) save, load, query and search over Streamable HTTP."""

import json
import time

from bench import places
from bench.calls import MARK, server_command, server_environment
from bench.client import Client, in_session
from bench.figures import percentile
from bench.load import wrk
from bench.processes import Measured, free_port
from bench.words import Documents

SAVERS = 64
BATCH = 100


def run(options, data):
    """One server a model; returns a row for each size and operation, and throughputs."""
    places.need_program("wrk", "wrk")
    sizes = (200, 1000) if options.quick else (1000, 10000)
    results = []
    for model in options.models:
        directory = data / f"documents-{model}"
        port = free_port()
        log = data / f"documents-{model}.log"
        with Measured(server_command(port), data, server_environment(directory, model), log) as server:
            server.await_port(port)
            results.append(measure(options, data, model, server, port, sizes))
    return results


def measure(options, data, model, server, port, sizes):
    rows = []
    with Client(port) as client:
        client.open_session()
        warm(client, options)
        for size in sizes:
            print(f"  model {model}, {size} documents", flush=True)
            rows += at_size(client, size, options)
        print(f"  model {model}, {SAVERS} savers", flush=True)
        savers = save_concurrently(client, data, port, options)
    now, highest = server.memory_mib()
    return {"model": model, "rows": rows, "savers": savers, "rss_mib": now, "rss_highest_mib": highest}


def warm(client, options):
    """All operations for ten seconds in a collection of its own."""
    documents = Documents(seed=1)
    until = time.monotonic() + (2 if options.quick else 10)
    number = 0
    while time.monotonic() < until:
        number += 1
        save(client, "warm", [{"id": f"warm-{number}", "content": documents.content()}])
        load(client, "warm", f"warm-{number}")
        query(client, "warm", documents)
        search(client, "warm", documents)


def at_size(client, size, options):
    """Fills a collection to `size`, its last documents one at a time, then reads it."""
    collection = f"documents_{size}"
    documents = Documents()
    times = 100 if options.quick else 500
    batches = size - times
    begin = time.perf_counter()
    for first in range(0, batches, BATCH):
        numbers = range(first, min(first + BATCH, batches))
        save(client, collection, [{"id": f"doc-{n}", "content": documents.content()} for n in numbers])
    batched = {"documents": size, "operation": f"save, {BATCH} a call", "per_second": batches / (time.perf_counter() - begin)}
    numbers = iter(range(batches, size))
    operations = {
        "save": lambda: save(client, collection, [{"id": f"doc-{next(numbers)}", "content": documents.content()}]),
        "load": lambda: load(client, collection, f"doc-{documents.random.randrange(size)}"),
        "query": lambda: query(client, collection, documents),
        "search": lambda: search(client, collection, documents),
    }
    rows = [batched]
    for name, operation in operations.items():
        milliseconds = []
        for _ in range(times):
            begin = time.perf_counter()
            operation()
            milliseconds.append((time.perf_counter() - begin) * 1000)
        p50, p99 = percentile(milliseconds, 50), percentile(milliseconds, 99)
        rows.append({"documents": size, "operation": name, "p50_ms": p50, "p99_ms": p99, "times": times})
    stored = count(client, collection)
    if stored != size:
        raise RuntimeError(f"{collection} holds {stored} documents, not {size}")
    return rows


def save_concurrently(client, data, port, options):
    """One document a call from 64 connections; every acknowledged one has to be there at the end."""
    documents = Documents(seed=64)
    file = data / "saves.txt"
    with file.open("w") as lines:
        for _ in range(2000):
            document = {"id": f"saver-{MARK}", "content": documents.content()}
            params = {"name": "storage_save", "arguments": {"collection": "savers", "documents": [document]}}
            message = {"jsonrpc": "2.0", "id": MARK, "method": "tools/call", "params": params}
            lines.write(json.dumps(message).replace(f'"id": "{MARK}"', f'"id": {MARK}') + "\n")
    warm_up = wrk(port, in_session(client.session), file, SAVERS, 3 if options.quick else 5)
    # Each run of wrk counts from the same number: another collection keeps every save an insert.
    file.write_text(file.read_text().replace('"savers"', '"savers_2"'))
    said = wrk(port, in_session(client.session), file, SAVERS, 6 if options.quick else 10)
    for collection, run in (("savers", warm_up), ("savers_2", said)):
        stored = count(client, collection)
        # wrk stops with up to one unread answer a connection.
        if not run["requests"] <= stored <= run["requests"] + SAVERS:
            raise RuntimeError(f"{run['requests']} saves were acknowledged, {collection} holds {stored}")
    return {"per_second": said["per_second"], "p50_ms": said["p50_us"] / 1000, "p99_ms": said["p99_us"] / 1000}


def count(client, collection):
    collections = client.call("storage_collections", {})["collections"]
    return next(each["documents"] for each in collections if each["name"] == collection)


def save(client, collection, documents):
    saved = client.call("storage_save", {"collection": collection, "documents": documents})["saved"]
    if len(saved) != len(documents):
        raise RuntimeError(f"{len(documents)} documents sent, {len(saved)} saved")


def load(client, collection, identifier):
    loaded = client.call("storage_load", {"collection": collection, "ids": [identifier]})
    if loaded["documents"][0]["id"] != identifier:
        raise RuntimeError(f"asked for {identifier}, got {loaded}")


def query(client, collection, documents):
    arguments = {"collection": collection, "filter": documents.filter(), "sort": ["-year"], "limit": 10}
    client.call("storage_query", arguments)["documents"]


def search(client, collection, documents):
    arguments = {"collection": collection, "query": documents.question(), "limit": 10}
    if collection != "warm" and not client.call("storage_search", arguments)["hits"]:
        raise RuntimeError(f"nothing found for {arguments}")
