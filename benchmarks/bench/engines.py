"""(f) every engine at 1,000, 10,000 and 100,000 documents, through the server: times, memory, disk, and opening again."""

import time

from bench import documents, meaning, places
from bench.calls import server_command, server_environment
from bench.client import Client
from bench.conditions import said
from bench.processes import Measured, free_port
from bench.readiness import await_ok

# How many documents an engine is made for, at most.
ENGINES = {"lancedb": 100_000, "duckdb": 100_000, "tinydb": 10_000}

HEAP = "-Xmx512m"


def run(options, data):
    places.need_program("wrk", "wrk")
    sizes = (200, 1_000) if options.quick else (1_000, 10_000, 100_000)
    return [measure(options, data, engine, size) for size in sizes for engine, most in ENGINES.items() if size <= most]


def measure(options, data, engine, size):
    """One server, one store, one size; then the same store opened by a second server."""
    print(f"  {engine}, {size:,} documents", flush=True)
    folder = data / f"{engine}-{size}"
    folder.mkdir()
    environment = server_environment(folder / "store") | {"MCP_STORAGE_TYPE": engine, "MCP_JAVA_OPTS": HEAP}
    log, port = folder / "server.log", free_port()
    with Measured(server_command(port), folder, environment, log) as server:
        server.await_port(port)
        with Client(port) as client:
            client.open_session()
            documents.warm(client, options)
            steps = documents.at_size(client, size, options)
            memory = server.memory_mib()[0]
            disk = int(said("du", "-sk", folder / "store").split()[0]) / 1024
    port, begin = free_port(), time.perf_counter()
    with Measured(server_command(port), folder, environment, log) as server:
        await_ok(port, "/q/health/ready")
        opened = time.perf_counter() - begin
        with Client(port) as client:
            client.open_session()
            savers = meaning.wordless(client, folder, port, options)
    return {
        "engine": engine,
        "documents": size,
        "steps": {step["operation"]: step for step in steps},
        "savers_per_second": savers["savers_per_second"],
        "rss_mib": memory,
        "disk_mib": disk,
        "open_ms": opened * 1000,
    }
