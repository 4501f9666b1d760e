"""(e) tool files: discovery of a thousand at the start, the list of their tools, the reload of one of them, memory."""

import http.client
import os
import re
import shutil
import time

from bench import places
from bench.calls import server_command, server_environment
from bench.client import Client
from bench.figures import spread
from bench.processes import Measured, free_port

FILES = 1_000
PATIENCE = 60
TOOL = """tools:
  - name: {name}
    description: Tells how version {version} of the tool number {number} greets somebody.
    input:
      who: {{type: string, description: Who is greeted, maxLength: 100}}
    output: {{type: object, properties: {{text: {{type: string}}}}, required: [text]}}
    text: "version {version} greets ${{who}}"
"""


def run(options, data):
    """Starts a server without tool files and one with them, and returns what was measured of both."""
    rounds = 3 if options.quick else 20
    files = 50 if options.quick else FILES
    folder = data / "tool-files"
    folder.mkdir()
    config = folder / "config.yaml"
    config.write_text("tools: {directories: [./tools]}\n")
    without = measure(data, config, 0, rounds)
    (folder / "tools").mkdir()
    for number in range(files):
        write(folder, number, 1)
    result = {"files": files, "without": without, "with": measure(data, config, files, rounds)}
    shutil.rmtree(folder)
    return result


def write(folder, number, version):
    """As careful writers do: a hidden file that takes the place of the other."""
    text = TOOL.format(name=f"greet_{number:04}", number=number, version=version)
    hidden = folder / "tools" / f".{number:04}.yaml"
    hidden.write_text(text)
    os.rename(hidden, folder / "tools" / f"{number:04}.yaml")


def measure(data, config, files, rounds):
    port = free_port()
    environment = server_environment(data / "tool-files-data")
    command = server_command(port) + ["--config", config]
    with Measured(command, data, environment, data / "tool-files.log") as server:
        server.await_port(port)
        with Client(port).open_session() as client:
            said = {"list_ms": spread([listed(client, files) for _ in range(rounds)])}
            if files:
                said["discovery_ms"] = 1000 * taken(port)
                said |= reloads(client, port, config.parent, rounds)
            said["rss_mib"], said["rss_highest_mib"] = server.memory_mib()
    shutil.rmtree(data / "tool-files-data", ignore_errors=True)
    return said


def listed(client, files):
    """Milliseconds for the whole list, however many pages it has."""
    begin = time.perf_counter()
    tools, cursor = [], None
    while True:
        page = client.post(client.request("tools/list", {"cursor": cursor} if cursor else {})).message()["result"]
        tools += page["tools"]
        cursor = page.get("nextCursor")
        if not cursor:
            break
    milliseconds = 1000 * (time.perf_counter() - begin)
    if sum(tool["name"].startswith("greet_") for tool in tools) != files:
        raise RuntimeError(f"{len(tools)} tools are listed")
    return milliseconds


def reloads(client, port, folder, rounds):
    """What a reload took by the server's own clock, and when the new version answered, seen from outside."""
    own, outside = [], []
    for version in range(2, rounds + 2):
        before = taken(port)
        begin = time.perf_counter()
        write(folder, 7, version)
        while not client.call("greet_0007", {"who": "me"})["text"].startswith(f"version {version} "):
            if time.perf_counter() - begin > PATIENCE:
                raise RuntimeError(f"version {version} was never seen")
            time.sleep(0.002)
        outside.append(1000 * (time.perf_counter() - begin))
        own.append(1000 * (taken(port) - before))
    return {"reload_ms": spread(own), "callable_ms": spread(outside)}


def taken(port):
    """Seconds that all looks took that changed something."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/q/metrics")
    metrics = connection.getresponse().read().decode()
    connection.close()
    return float(re.search(r'^mcp_tools_reloads_seconds_sum\{outcome="applied"\} (\S+)', metrics, re.M).group(1))
