"""(h) a day of mixed load, every minute of it shortened to 0.4 s at least, in a control group of 512 MiB."""

import random
import time

from bench import documents, meaning, vectors
from bench.calls import server_environment
from bench.client import Client
from bench.conditions import said
from bench.figures import percentile
from bench.limits import Limited
from bench.processes import Measured, free_port

HOURS = 24
MINUTES = 60
# Longer than the engine waits for more before it writes a version, so that every minute makes one at least.
SECONDS_A_MINUTE = 0.4
DOCUMENTS = 20_000
NEW, UPDATED, DELETED, READ = 20, 10, 20, 5


def run(options, data):
    """What a client sees and the server takes, hour by hour."""
    classes = vectors.need_vectors()
    texts, _ = vectors.known()
    hours = 2 if options.quick else HOURS
    return [day(data, index, hours, classes, texts) for index in options.index]


class Living:
    """Documents that come, change and go; as many go as come."""

    def __init__(self, texts):
        self.texts = texts
        self.random = random.Random(3)
        self.versions = {}
        self.number = 0

    def text(self):
        return self.texts[self.random.randrange(len(self.texts))]

    def fresh(self, count):
        first = self.number
        self.number += count
        return [{"id": f"d{n}", "content": {"text": self.text(), "n": n, "group": n % 50}} for n in range(first, first + count)]

    def some(self, count):
        found = set()
        while len(found) < count:
            name = f"d{self.random.randrange(self.number)}"
            if name in self.versions:
                found.add(name)
        return sorted(found)


def day(data, index, hours, classes, texts):
    directory, log, port = data / f"day-{index}", data / f"day-{index}.log", free_port()
    environment = server_environment(directory, "all-minilm-l6-v2-q") | meaning.settings(index)
    living, rows = Living(texts), []
    with Limited("mcp-benchmark", meaning.MIB) as group:
        with Measured(group.command(meaning.command(classes, port, data)), data, environment, log) as server:
            server.await_port(port)
            with Client(port).open_session() as client:
                save(client, living, living.fresh(DOCUMENTS))
                for hour in range(1, hours + 1):
                    times = {"save": [], "load": [], "query": [], "search": []}
                    begin = time.perf_counter()
                    for _ in range(MINUTES):
                        minute(client, living, times)
                    row = {"hour": hour, "seconds": time.perf_counter() - begin, "disk_mib": disk(directory)}
                    row |= {f"{name}_p50_ms": percentile(each, 50) for name, each in times.items()}
                    row |= {f"{name}_p99_ms": percentile(each, 99) for name, each in times.items()}
                    rows.append(row | group.told() | {"rss_mib": server.memory_mib()[0]})
                    print(f"  {rows[-1]}", flush=True)
                check(client, living)
    return {"engine": meaning.ENGINE, "index": index, "documents": DOCUMENTS, "hours": rows}


def minute(client, living, times):
    """One save of many, single ones, one delete, and what is read; then the rest of the half second."""
    end = time.perf_counter() + SECONDS_A_MINUTE
    save(client, living, living.fresh(NEW))
    for name in living.some(UPDATED):
        document = {"id": name, "content": {"text": living.text(), "n": int(name[1:]), "group": 7}}
        timed(times["save"], lambda: save(client, living, [document]))
    gone = living.some(DELETED)
    deleted = client.call("storage_delete", {"collection": "living", "ids": gone})["deleted"]
    if deleted != len(gone):
        raise RuntimeError(f"{len(gone)} documents were to be deleted, {deleted} were")
    for name in gone:
        del living.versions[name]
    for name in living.some(READ):
        timed(times["load"], lambda: documents.load(client, "living", name))
        group = living.random.randrange(50)
        about = {"collection": "living", "filter": {"group": group}, "sort": ["-n"], "limit": 10}
        timed(times["query"], lambda: client.call("storage_query", about))
        timed(times["search"], lambda: find(client, living.text()))
    time.sleep(max(0.0, end - time.perf_counter()))


def timed(into, operation):
    begin = time.perf_counter()
    operation()
    into.append((time.perf_counter() - begin) * 1000)


def find(client, text):
    if not client.call("storage_search", {"collection": "living", "query": text, "limit": 10})["hits"]:
        raise RuntimeError(f"nothing found for {text}")


def save(client, living, fresh):
    for first in range(0, len(fresh), 100):
        some = fresh[first : first + 100]
        for saved in client.call("storage_save", {"collection": "living", "documents": some})["saved"]:
            living.versions[saved["id"]] = saved["version"]


def check(client, living):
    """What is there is what was acknowledged, in its version."""
    stored = documents.count(client, "living")
    if stored != len(living.versions):
        raise RuntimeError(f"{stored} documents are there, not {len(living.versions)}")
    names = sorted(living.versions)
    for first in range(0, len(names), 500):
        loaded = client.call("storage_load", {"collection": "living", "ids": names[first : first + 500]})
        wrong = [each for each in loaded["documents"] if each["version"] != living.versions[each["id"]]]
        if wrong or loaded.get("missing"):
            raise RuntimeError(f"wrong versions: {wrong[:3]}, missing: {loaded.get('missing')}")


def disk(directory):
    return int(said("du", "-sm", directory).split()[0])
