"""wrk with one session, and what it says."""

import json
import subprocess

from bench.places import POST_LUA


def wrk(port, session, templates, connections, seconds, prefix=()):
    """Posts the lines of the file `templates` for some seconds; see load/post.lua.

    Returns requests, bytes, seconds, per_second, p50_us and p99_us; anything but 2xx is raised.
    """
    threads = min(2, connections)
    command = [*prefix, "wrk", f"-c{connections}", f"-t{threads}", f"-d{seconds}s", "--timeout", "30s"]
    command += ["-s", POST_LUA, f"http://127.0.0.1:{port}/mcp", "--", templates, session or ""]
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
