"""(d) from the start to the first answer: over stdio, over HTTP, and of the container image with half a CPU and two."""

import http.client
import os
import shutil
import subprocess
import time
import uuid

from bench import places
from bench.calls import server_environment
from bench.figures import spread
from bench.processes import Measured, free_port
from bench.startup import start as start_stdio

UNTRAINED = {"MCP_JAVA_OPTS": "-XX:AOTMode=off"}
CPUS = ("0.5", "2")
PATIENCE = 60


def run(options, data):
    """Starts every contender in turn and returns the spread of their times and memory; without podman, no containers."""
    runs = 2 if options.quick else options.starts
    contenders = {}
    for trained in (True, False):
        word = "trained" if trained else "plain"
        contenders[f"stdio, {word}"] = lambda trained=trained: over_stdio(data, trained)
        contenders[f"HTTP, {word}"] = lambda trained=trained: over_http(data, trained)
        if image_is_there():
            for cpus in CPUS:
                contenders[f"image, HTTP, {cpus} CPUs, {word}"] = (
                    lambda trained=trained, cpus=cpus: in_container(data, trained, cpus)
                )
    measured = {name: [] for name in contenders}
    for number in range(runs + 1):
        for name, measure in contenders.items():
            said = measure()
            shutil.rmtree(data / "start", ignore_errors=True)
            if number > 0:
                measured[name].append(said)
    return [{"name": name, **{key: spread([said[key] for said in runs]) for key in runs[0]}}
            for name, runs in measured.items()]


def image_is_there():
    if not places.IMAGE_ARCHIVE.exists() or shutil.which("podman") is None:
        print(f"  no containers: podman and {places.IMAGE_ARCHIVE} (./mvnw package -Pimage) are needed", flush=True)
        return False
    podman("load", "--quiet", "--input", places.IMAGE_ARCHIVE)
    return True


def environment(data, trained):
    return server_environment(data / "start") | ({} if trained else UNTRAINED)


def over_stdio(data, trained):
    said = start_stdio([places.LAUNCHER, "--transport", "stdio"], data, environment(data, trained))
    # Nothing is opened before a call needs it, so the first answer is all there is to wait for.
    return {"milliseconds": said["milliseconds"], "ready": said["milliseconds"], "rss_mib": said["rss_mib"]}


def over_http(data, trained):
    port = free_port()
    command = [places.LAUNCHER, "--transport", "http-stream", "--port", port]
    begin = time.perf_counter()
    with Measured(command, data, environment(data, trained), data / "start.log") as program:
        return answered(port, begin) | {"rss_mib": program.memory_mib()[0]}


def in_container(data, trained, cpus):
    """From `podman run`, which itself takes its time, in a hardened container of 512 MiB."""
    name, port = f"mcp-benchmark-{uuid.uuid4()}", free_port()
    variables = {} if trained else UNTRAINED
    begin = time.perf_counter()
    podman(
        "run", "--detach", f"--name={name}", "--network=host", f"--cpus={cpus}", "--memory=512m", "--read-only",
        "--tmpfs=/tmp:rw,size=64m", "--tmpfs=/app/data:rw,size=64m,mode=777", "--cap-drop=ALL",
        "--security-opt=no-new-privileges", "--env=MCP_EMBEDDING_MODEL=none",
        *(f"--env={key}={value}" for key, value in variables.items()),
        "localhost/mcp-server:latest", "--transport", "http-stream", "--host", "127.0.0.1", "--port", port,
    )
    try:
        times = answered(port, begin)
        pid = podman("inspect", "--format={{.State.Pid}}", name).strip()
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            resident = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
        return times | {"rss_mib": resident / 1024}
    finally:
        podman("rm", "--force", "--time=0", name)


def answered(port, begin):
    """Milliseconds from `begin` to the first list of tools, and to readiness, for which the store must be open."""
    await_ok(port, "/tools/list")
    listed = time.perf_counter()
    await_ok(port, "/q/health/ready")
    return {"milliseconds": (listed - begin) * 1000, "ready": (time.perf_counter() - begin) * 1000}


def await_ok(port, path):
    """Asks until the answer is 200."""
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            if answer.status == 200:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.005)
    raise RuntimeError(f"nothing answered on port {port} within {PATIENCE} s")


def podman(*arguments):
    """What the engine printed. Where its defaults do not run, CONTAINERS_CONF names a file of others."""
    done = subprocess.run(
        ["podman", *map(str, arguments)], env=os.environ, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"podman {arguments[0]}: {done.stderr.strip()}")
    return done.stdout
