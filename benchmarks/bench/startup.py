"""(b) stdio: from exec to the first tools/list answer, and resident memory then."""

import json
import shutil
import subprocess
import time

from bench import places
from bench.calls import PRODUCTION, server_environment
from bench.figures import spread
from bench.processes import Measured

LIST = b'{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}\n'


def run(options, data):
    """Starts the two programs in turn and returns the spread of their times and memory."""
    places.need_peers()
    runs = 3 if options.quick else options.starts
    ours = [places.LAUNCHER, "--transport", "stdio"]
    peer = [places.NODE, places.PEERS / "stdio.js"]
    measured = {"mcp-server": [], "TypeScript SDK": []}
    for number in range(runs + 1):
        for name, command, environment in (
            ("mcp-server", ours, server_environment(data / "start")),
            ("TypeScript SDK", peer, PRODUCTION),
        ):
            said = start(command, data, environment)
            if number > 0:
                measured[name].append(said)
        shutil.rmtree(data / "start", ignore_errors=True)
    return [
        {"name": name, **{key: spread([said[key] for said in runs]) for key in runs[0]}}
        for name, runs in measured.items()
    ]


def start(command, data, environment):
    """One start: writes the request at once, as a client would, and waits for the line."""
    begin = time.perf_counter()
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with Measured(command, data, environment, data / "start.log", **pipes) as program:
        program.process.stdin.write(LIST)
        program.process.stdin.flush()
        line = program.process.stdout.readline()
        seconds = time.perf_counter() - begin
        now, highest = program.memory_mib()
        if not json.loads(line)["result"]["tools"]:
            raise RuntimeError(f"no tools in the answer {line!r}")
        program.process.stdin.close()
        if program.process.wait(30) != 0:
            raise RuntimeError(f"exit code {program.process.returncode} at end of input; see {data}/start.log")
    return {"milliseconds": seconds * 1000, "rss_mib": now, "rss_highest_mib": highest}
