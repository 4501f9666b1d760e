"""A control group that limits the memory of what runs in it, of either version."""

import os
import threading
import time
from pathlib import Path

from bench import places

V1 = Path("/sys/fs/cgroup/memory")
V2 = Path("/sys/fs/cgroup")


class Limited:
    """Used in a `with`, around what runs in it; asks for the memory in use five times a second."""

    def __init__(self, name, mib):
        self.v1 = V1.is_dir()
        self.folder = (V1 if self.v1 else V2) / f"{name}-{os.getpid()}"
        self.bytes = mib << 20
        self.highest_anonymous = 0
        self.ended = threading.Event()
        self.watch = threading.Thread(target=self.ask, daemon=True)

    def __enter__(self):
        try:
            self.folder.mkdir()
            if self.v1:
                self.put("memory.limit_in_bytes", self.bytes)
                self.put("memory.memsw.limit_in_bytes", self.bytes)
            else:
                self.put("memory.max", self.bytes)
                self.put("memory.swap.max", 0)
        except OSError as e:
            raise places.Missing(f"No control group can be made ({e}): run it as root") from None
        self.watch.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.watch.join()
        for _ in range(50):
            try:
                self.folder.rmdir()
                return
            except OSError:
                time.sleep(0.1)

    def put(self, file, value):
        (self.folder / file).write_text(str(value))

    def command(self, command):
        """The command, run inside."""
        return ["sh", "-c", f'echo $$ > {self.folder}/cgroup.procs; exec "$@"', "sh", *command]

    def ask(self):
        while not self.ended.wait(0.2):
            self.highest_anonymous = max(self.highest_anonymous, self.anonymous())

    def anonymous(self):
        """Bytes that are no file's: what cannot be given back."""
        return self.lines("memory.stat")["total_rss" if self.v1 else "anon"]

    def lines(self, file):
        return {name: int(value) for name, value in (line.split() for line in (self.folder / file).read_text().splitlines())}

    def told(self):
        """What is known of the memory until now, in MiB, and how many processes were ended for want of it."""
        peak = int((self.folder / ("memory.max_usage_in_bytes" if self.v1 else "memory.peak")).read_text())
        kills = self.lines("memory.oom_control" if self.v1 else "memory.events")["oom_kill"]
        return {
            "limit_mib": self.bytes >> 20,
            "anonymous_mib": self.anonymous() >> 20,
            "highest_anonymous_mib": self.highest_anonymous >> 20,
            "peak_with_files_mib": peak >> 20,
            "oom_kills": kills,
        }
