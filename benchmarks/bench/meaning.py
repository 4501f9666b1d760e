"""(g) search by meaning in a hundred thousand documents, in a control group of 512 MiB, against exact search."""

import json
import os
import random
import time

from bench import documents, places, vectors
from bench.calls import MARK, jvm_flags, server_command, server_environment
from bench.client import Client, in_session
from bench.conditions import said
from bench.figures import percentile
from bench.limits import Limited
from bench.load import wrk
from bench.processes import Measured, free_port

MIB = 512
BATCH = 100
TIMES = 300
QUESTIONS = vectors.UNKNOWN
HITS = 10
ENGINE = "lancedb"
# Of storage.search_index.
INDEXES = ("lucene", "lance")


def run(options, data):
    places.need_program("wrk", "wrk")
    classes = vectors.need_vectors()
    texts, matrix = vectors.known()
    size = 2_000 if options.quick else 100_000
    return [measure(options, data, index, size, classes, texts, matrix) for index in options.index]


def command(classes, port, data):
    """The server as its launcher starts it, with what feeds vectors before it on the class path."""
    probe = free_port()
    with Measured(server_command(probe), data, server_environment(data / "flags"), data / "flags.log") as ours:
        ours.await_port(probe)
        java = os.readlink(f"/proc/{ours.main_pid()}/exe")
        words = ours.command_line()
    flags = [word for word in words[1 : words.index("-jar")] if not word.startswith("-XX:AOTCache")]
    jar = words[words.index("-jar") + 1]
    opens = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in ("java.lang", "java.nio", "jdk.internal.misc")]
    main = "io.quarkus.bootstrap.runner.AotQuarkusEntryPoint"
    return [java, *flags, *opens, f"-Dknown.vectors={vectors.FOLDER}", f"-Dknown.unknown={vectors.UNKNOWN}", "-cp", f"{classes}:{jar}", main] + [
        str(word) for word in server_command(port)[1:]
    ]


def settings(index):
    return {"MCP_STORAGE_TYPE": ENGINE, "MCP_STORAGE_SEARCH_INDEX": index, "MALLOC_ARENA_MAX": 2}


class Collection:
    """What is stored, and what exact search finds in it."""

    def __init__(self, texts, matrix, size, questions):
        self.texts, self.matrix, self.size = texts, matrix, size
        self.of = list(range(size))  # document number -> text number
        # Of these no vectors are fed: they are embedded as they are asked.
        self.questions = list(range(len(texts) - questions, len(texts)))
        self.free = iter(range(size, len(texts) - questions))
        self.random = random.Random(11)

    def document(self, number):
        return {"id": f"d{number}", "content": {"text": self.texts[self.of[number]], "n": number}}

    def update(self, number):
        self.of[number] = next(self.free)
        return self.document(number)

    def nearest(self, questions):
        """The ids of the nearest documents to each question, by comparing it with all of them."""
        import numpy

        near = self.matrix[questions] @ self.matrix[self.of].T
        return [{f"d{number}" for number in numpy.argpartition(-row, HITS)[:HITS]} for row in near]


def measure(options, data, index, size, classes, texts, matrix):
    directory, log, port = data / f"meaning-{index}", data / f"meaning-{index}.log", free_port()
    environment = server_environment(directory, "all-minilm-l6-v2-q") | settings(index)
    stored = Collection(texts, matrix, size, QUESTIONS)
    line = command(classes, port, data)
    steps = []
    with Limited("mcp-benchmark", MIB) as group:
        with Measured(group.command(line), data, environment, log) as server:
            server.await_port(port)
            with Client(port).open_session() as client:
                begin = time.perf_counter()
                save(client, [stored.document(number) for number in range(size)])
                filled = size / (time.perf_counter() - begin)
                print(f"  {index}: filled at {filled:,.0f} documents/s", flush=True)
                steps.append({"after": "filling"} | look(client, stored, options) | group.told())
                print(f"  {steps[-1]}", flush=True)
                changed = stored.random.sample(range(size), size // 5)
                save(client, [stored.update(number) for number in changed])
                steps.append({"after": "20 % updated"} | look(client, stored, options) | group.told())
                print(f"  {steps[-1]}", flush=True)
                settle = time.perf_counter()
                time.sleep(2 if options.quick else 20)
                steps.append({"after": f"{time.perf_counter() - settle:.0f} s more"} | look(client, stored, options) | group.told())
                print(f"  {steps[-1]}", flush=True)
                saves = wordless(client, data, port, options)
            told = group.told()
            rss = server.memory_mib()
        begin = time.perf_counter()
        with Measured(group.command(line), data, environment, log) as server:
            server.await_port(port)
            with Client(port).open_session() as client:
                search(client, texts[stored.questions[0]], "meaning")
            opened = time.perf_counter() - begin
        told |= {"oom_kills": group.told()["oom_kills"]}
    return {
        "engine": ENGINE,
        "index": index,
        "documents": size,
        "filled_per_second": filled,
        "steps": steps,
        **saves,
        "rss_mib": rss[0],
        "rss_highest_mib": rss[1],
        "start_to_first_search_s": opened,
        "disk_mib": int(said("du", "-sm", directory).split()[0]),
        "jvm_flags": " ".join(jvm_flags(line)),
        **told,
    }


def save(client, all_documents, collection="sentences"):
    for first in range(0, len(all_documents), BATCH):
        documents.save(client, collection, all_documents[first : first + BATCH])


def search(client, text, mode, limit=HITS):
    arguments = {"collection": "sentences", "query": text, "mode": mode, "limit": limit}
    return client.call("storage_search", arguments)["hits"]


def look(client, stored, options):
    """Times of all modes, and how many of the ten nearest are found."""
    times = 30 if options.quick else TIMES
    questions = stored.random.sample(stored.questions, times)
    nearest = stored.nearest(questions)
    search(client, stored.texts[questions[0]], "hybrid")
    found, row = 0, {}
    for mode in ("meaning", "hybrid", "words"):
        milliseconds = []
        for question, exact in zip(questions, nearest):
            begin = time.perf_counter()
            hits = search(client, stored.texts[question], mode)
            milliseconds.append((time.perf_counter() - begin) * 1000)
            if mode == "meaning":
                found += len({hit["id"] for hit in hits} & exact)
        row |= {f"{mode}_p50_ms": percentile(milliseconds, 50), f"{mode}_p99_ms": percentile(milliseconds, 99)}
    return {"recall": found / (HITS * times)} | row


def wordless(client, data, port, options):
    """Documents without text, so without vectors: one at a time, and by 64 savers."""
    milliseconds = []
    for number in range(100 if options.quick else 1_000):
        begin = time.perf_counter()
        documents.save(client, "numbers", [{"id": f"n{number}", "content": {"n": number}}])
        milliseconds.append((time.perf_counter() - begin) * 1000)
    file = data / "numbers.txt"
    with file.open("w") as lines:
        for number in range(2000):
            document = {"id": f"s-{MARK}", "content": {"n": number}}
            params = {"name": "storage_save", "arguments": {"collection": "many", "documents": [document]}}
            message = {"jsonrpc": "2.0", "id": MARK, "method": "tools/call", "params": params}
            lines.write(json.dumps(message).replace(f'"id": "{MARK}"', f'"id": {MARK}') + "\n")
    many = wrk(port, in_session(client.session), file, documents.SAVERS, 3 if options.quick else 10)
    stored = documents.count(client, "many")
    if not many["requests"] <= stored <= many["requests"] + documents.SAVERS:
        raise RuntimeError(f"{many['requests']} saves were acknowledged, {stored} are there")
    return {
        "save_p50_ms": percentile(milliseconds, 50),
        "save_p99_ms": percentile(milliseconds, 99),
        "savers_per_second": many["per_second"],
        "savers_p50_ms": many["p50_us"] / 1000,
    }
