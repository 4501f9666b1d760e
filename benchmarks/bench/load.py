"""wrk, and what it says."""

import json
import subprocess
import tempfile

from bench.places import POST_LUA


def wrk(port, headers, templates, connections, seconds, prefix=(), sessions=None):
    """Posts the lines of the file `templates` for some seconds; see load/post.lua.

    `headers` go with every request; `sessions` is a file of ids, of which each request carries another.
    Returns requests, bytes, seconds, per_second, p50_us and p99_us; anything but 2xx is raised.
    """
    threads = min(2, connections)
    with tempfile.NamedTemporaryFile("w", suffix=".headers") as lines:
        lines.writelines(f"{name}: {value}\n" for name, value in headers.items())
        lines.flush()
        command = [*prefix, "wrk", f"-c{connections}", f"-t{threads}", f"-d{seconds}s", "--timeout", "30s"]
        command += ["-s", POST_LUA, f"http://127.0.0.1:{port}/mcp", "--", templates, lines.name, threads]
        command += [sessions] if sessions else []
        output = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True)
    line = next((line for line in output.stdout.splitlines() if line.startswith("RESULT ")), None)
    if line is None:
        raise RuntimeError(f"wrk gave no result: {output.stdout}{output.stderr}")
    said = json.loads(line.removeprefix("RESULT "))
    if said["not_2xx"] or said["socket_errors"] or not said["requests"]:
        raise RuntimeError(f"the load was not served: {said}")
    said["seconds"] = said.pop("microseconds") / 1e6
    said["per_second"] = said["requests"] / said["seconds"]
    return said
