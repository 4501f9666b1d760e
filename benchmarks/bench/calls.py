"""(a) tools/call on a trivial tool over Streamable HTTP: in one session, in none, in one that is opened anew."""

import json
import os
import secrets
import threading
import urllib.request
from contextlib import ExitStack
from statistics import median

from bench import places
from bench.client import Client, in_session
from bench.load import wrk
from bench.processes import Measured, free_port

CONNECTIONS = 16
PRODUCTION = {"NODE_ENV": "production"}
MARK = "@@@@@@@@@@"
CALL = {
    "jsonrpc": "2.0",
    "id": MARK,
    "method": "tools/call",
    "params": {"name": "calculator_add", "arguments": {"a": 2, "b": 3}},
}

MODERN = "2026-07-28"
MODERN_HEADERS = in_session(None) | {
    "MCP-Protocol-Version": MODERN,
    "Mcp-Method": "tools/call",
    "Mcp-Name": "calculator_add",
}
MODERN_META = {
    "io.modelcontextprotocol/protocolVersion": MODERN,
    "io.modelcontextprotocol/clientInfo": {"name": "benchmarks", "version": "1"},
    "io.modelcontextprotocol/clientCapabilities": {},
}
MODERN_CALL = CALL | {"params": CALL["params"] | {"_meta": MODERN_META}}

# A process keeps ten opened sessions for each connection in memory: 640, of which none is asked for again.
FEW_CONNECTIONS = 64
KEPT = 10 * FEW_CONNECTIONS
SESSIONS = 4_000


def template(call):
    return json.dumps(call, separators=(",", ":")).replace(f'"{MARK}"', MARK)


class Refused(Exception):
    """The server does not do what a contender stands for; the message says what."""


class Contender:
    """One way of calling one server: its process, its port, its requests, its rounds."""

    def __init__(self, name, process, port, call=CALL):
        self.name = name
        self.process = process
        self.port = port
        self.template = template(call)
        self.headers = None
        self.sessions = None
        self.answer = None
        self.rounds = []

    def verify(self, fixed=None):
        """Looks at every byte of some hundred concurrent answers; `fixed` is the one body to expect."""
        failures = []

        def worker(first):
            try:
                with Client(self.port, headers=self.headers) as client:
                    for number in range(first, first + 50):
                        self.check(client.post(self.template.replace(MARK, str(number)).encode()), number, fixed)
            except Exception as failure:
                failures.append(failure)

        threads = [threading.Thread(target=worker, args=(9_000_000_000 + 1000 * n,)) for n in range(CONNECTIONS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise RuntimeError(f"{self.name}: {failures[0]}") from failures[0]

    def check(self, answer, number, fixed):
        if fixed is not None:
            right = answer.body == fixed
        else:
            message = answer.message()
            answered = message.get("result", {})
            right = (
                message["id"] == number
                and not answered.get("isError")
                and answered.get("structuredContent") == {"sum": 5}
                and answered.get("content") == [{"type": "text", "text": "5"}]
            )
        same_size = self.answer is None or answer.size == self.answer.size
        if answer.status != 200 or not right or not same_size:
            raise RuntimeError(f"wrong answer to call {number}: {answer.status} {answer.body!r}")
        self.answer = answer

    def round(self, data, seconds, pin):
        """One burst of load; checks that every answer had the size of a right one."""
        templates = data / "calls.txt"
        templates.write_text(self.template + "\n")
        before = self.process.cpu_seconds()
        said = wrk(self.port, self.headers, templates, CONNECTIONS, seconds, pin, self.sessions)
        cpu = self.process.cpu_seconds() - before
        unaccounted = abs(said["bytes"] - said["requests"] * self.answer.size)
        if unaccounted > 2 * CONNECTIONS * self.answer.size:
            raise RuntimeError(f"{self.name}: {unaccounted} bytes are not those of right answers")
        said["cpu_us_per_call"] = cpu / said["requests"] * 1e6
        return said


def run(options, data):
    """Loads the servers in turn and returns their medians, and ratios pair by pair."""
    places.need_program("wrk", "wrk")
    places.need_peers()
    places.need_bare_quarkus()
    warm, seconds, rounds = (3, 2, 2) if options.quick else (options.warm_up, 10, options.rounds)
    server_pin, load_pin = pins(options.pin)

    with ExitStack() as stack:

        def start(name, port, command, environment):
            log = data / f"{name.replace(' ', '-').lower()}.log"
            process = stack.enter_context(Measured([*server_pin, *command], data, environment, log))
            process.await_port(port)
            return Contender(name, process, port)

        def start_server(name, port, command, environment):
            contender = start(name, port, command, environment)
            with Client(port) as client:
                contender.headers = in_session(client.open_session().session)
            contender.verify()
            return contender

        port = free_port()
        ours = start_server("mcp-server", port, server_command(port), server_environment(data / "calls"))
        port = free_port()
        peer = start_server("TypeScript SDK", port, [places.NODE, places.PEERS / "http.js", port], PRODUCTION)
        port = free_port()
        bare = start("bare Quarkus", port, bare_command(ours, port, data), {})
        fixed = ours.answer.body
        bare.headers = ours.headers
        bare.verify(fixed)

        contenders = [ours, peer, bare]
        skipped = {}

        def attempt(name, make):
            try:
                contenders.append(make(name))
            except Refused as refused:
                skipped[name] = str(refused)
                print(f"  skipped: {name}: {refused}", flush=True)

        attempt("mcp-server, 2026-07-28", lambda name: modern(name, ours))
        attempt("mcp-server, re-opening", lambda name: reopening(name, start, data))

        for contender in contenders:
            print(f"  warming {contender.name}, {warm} s", flush=True)
            contender.round(data, warm, load_pin)
        for number in range(1, rounds + 1):
            for contender in contenders:
                said = contender.round(data, seconds, load_pin)
                contender.rounds.append(said)
                rate, cpu = said["per_second"], said["cpu_us_per_call"]
                print(f"  round {number}: {contender.name} {rate:,.0f} calls/s, {cpu:.1f} µs of CPU a call", flush=True)
        for contender in contenders:
            contender.verify(fixed if contender is bare else None)
        return summary(contenders, skipped)


def modern(name, ours):
    """The same server by requests that stand for themselves."""
    contender = Contender(name, ours.process, ours.port, MODERN_CALL)
    contender.headers = MODERN_HEADERS
    with Client(ours.port, headers=MODERN_HEADERS) as client:
        answer = client.post(contender.template.replace(MARK, "1").encode())
    if answer.status in (400, 404, 406):
        raise Refused(f"this server does not speak revision {MODERN}: {answer.status} {answer.body[:200].decode()}")
    contender.verify()
    return contender


def reopening(name, start, data):
    """A second server that has forgotten the session of every call, and opens it from its id."""
    port = free_port()
    environment = server_environment(data / "sessions") | {
        "MCP_PERFORMANCE_MAX_CONNECTIONS": FEW_CONNECTIONS,
        "MCP_SECURITY_SECRET": secrets.token_urlsafe(32),
    }
    try:
        contender = start(name, port, server_command(port), environment)
    except RuntimeError as failure:
        raise Refused(f"no server starts with security.secret: {failure}") from failure
    ids = mint(port)
    kept = open_sessions(port)
    if kept > KEPT:
        raise Refused(f"this server holds {kept} of {SESSIONS} sessions open; at most {KEPT} were expected")
    contender.sessions = data / "sessions.txt"
    contender.sessions.write_text("\n".join(ids) + "\n")
    contender.headers = in_session(ids[0])
    with Client(port, ids[0]) as client:
        answer = client.post(contender.template.replace(MARK, "1").encode())
    if answer.status == 404:
        raise Refused("this server does not open a session that it has closed")
    contender.verify()
    return contender


def mint(port):
    """The ids of many sessions, each begun by initialize."""
    ids = []
    for _ in range(SESSIONS):
        with Client(port) as client:
            try:
                ids.append(client.open_session().session)
            except RuntimeError as failure:
                raise Refused(f"after {len(ids)} sessions no more can be begun: {failure}") from failure
    return ids


def open_sessions(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/q/metrics", timeout=30) as metrics:
        for line in metrics.read().decode().splitlines():
            if line.startswith("mcp_sessions_open "):
                return int(float(line.split()[1]))
    raise RuntimeError("the server does not say how many sessions are open")


def server_command(port):
    return [places.LAUNCHER, "--transport", "http-stream", "--host", "127.0.0.1", "--port", port]


def server_environment(directory, model="none"):
    return {"MCP_STORAGE_PATH": directory, "MCP_EMBEDDING_MODEL": model, "MCP_LOG_LEVEL": "WARNING"}


def bare_command(ours, port, data):
    """Bare Quarkus on the Java and the flags of our server, with the answer that it gave."""
    skipped = {"content-length", "transfer-encoding", "date"}
    headers = [f"{name}: {value}" for name, value in ours.answer.headers.items() if name not in skipped]
    recorded = data / "answer.txt"
    recorded.write_bytes(("\n".join(headers) + "\n\n").encode() + ours.answer.body)
    java = os.readlink(f"/proc/{ours.process.main_pid()}/exe")
    flags = jvm_flags(ours.process.command_line())
    return [java, *flags, f"-Dquarkus.http.port={port}", f"-Dbare.answer={recorded}", "-jar", places.BARE_JAR]


def jvm_flags(command_line):
    """The flags that decide on speed; not the archives, which belong to one application."""
    archives = ("-XX:AOT", "-XX:SharedArchive", "-XX:+AutoCreateSharedArchive", "-Xshare", "-Xlog")
    return [word for word in command_line if word.startswith("-X") and not word.startswith(archives)]


def pins(pin):
    """How servers and load are bound to cores: all of them share all cores, or the load has the last."""
    if pin == "none":
        return [], []
    places.need_program("taskset", "util-linux")
    last = os.cpu_count() - 1
    if last < 1:
        raise places.Missing("--pin split needs two cores")
    return ["taskset", "-c", f"0-{last - 1}"], ["taskset", "-c", str(last)]


def summary(contenders, skipped):
    rows = []
    for contender in contenders:
        now, highest = contender.process.memory_mib()
        rows.append(
            {
                "name": contender.name,
                "calls_per_second": median(said["per_second"] for said in contender.rounds),
                "cpu_us_per_call": median(said["cpu_us_per_call"] for said in contender.rounds),
                "p50_us": median(said["p50_us"] for said in contender.rounds),
                "p99_us": median(said["p99_us"] for said in contender.rounds),
                "rss_mib": now,
                "rss_highest_mib": highest,
                "answer_bytes": contender.answer.size,
                "rounds": contender.rounds,
            }
        )
    ours, peer, bare, *others = contenders
    ratios = {
        "rate, mcp-server ÷ TypeScript SDK": paired(ours, peer, "per_second"),
        "CPU a call, TypeScript SDK ÷ mcp-server": paired(peer, ours, "cpu_us_per_call"),
        "rate, mcp-server ÷ bare Quarkus": paired(ours, bare, "per_second"),
        "CPU a call, bare Quarkus ÷ mcp-server": paired(bare, ours, "cpu_us_per_call"),
    }
    for other in others:
        ratios[f"rate, {other.name} ÷ bare Quarkus"] = paired(other, bare, "per_second")
        ratios[f"CPU a call, bare Quarkus ÷ {other.name}"] = paired(bare, other, "cpu_us_per_call")
    return {"contenders": rows, "ratios": ratios, "skipped": skipped}


def paired(upper, lower, measure):
    """The median of the ratios within each round."""
    return median(one[measure] / other[measure] for one, other in zip(upper.rounds, lower.rounds))
