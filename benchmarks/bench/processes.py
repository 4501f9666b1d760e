"""Processes that are measured: started, looked at through /proc, and stopped by pid."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def tree(pid):
    """The pid and those of its descendants, parents first."""
    pids = [pid]
    for parent in pids:
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                pids += [int(child) for child in children.read_text().split()]
            except FileNotFoundError:
                pass
    return pids


class Measured:
    """One running program. Used in a `with`; at its end the program is gone."""

    def __init__(self, command, cwd, environment=None, log=None, **streams):
        clean = {name: value for name, value in os.environ.items() if not name.startswith("MCP_")}
        output = open(log, "ab") if log else subprocess.DEVNULL
        streams = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output, **streams}
        try:
            # A session of its own: Ctrl-C reaches this script only, which then stops it properly.
            self.process = subprocess.Popen(
                [str(word) for word in command],
                cwd=cwd,
                env=clean | {name: str(value) for name, value in (environment or {}).items()},
                start_new_session=True,
                **streams,
            )
        finally:
            if log:
                output.close()
        self.pid = self.process.pid
        self.log = log

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def main_pid(self):
        """The program itself when a script started it, not the script."""
        return tree(self.pid)[-1]

    def cpu_seconds(self):
        """User and system time of all its processes so far."""
        ticks = 0
        for pid in tree(self.pid):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICKS_PER_SECOND

    def memory_mib(self):
        """Resident memory now and at its highest, in MiB."""
        status = Path(f"/proc/{self.main_pid()}/status").read_text().splitlines()
        values = {line.split(":")[0]: line.split()[1] for line in status if line.startswith("Vm")}
        return int(values["VmRSS"]) / 1024, int(values["VmHWM"]) / 1024

    def command_line(self):
        return Path(f"/proc/{self.main_pid()}/cmdline").read_bytes().decode().split("\0")[:-1]

    def await_port(self, port, seconds=60):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.process.args[0]} ended with {self.process.returncode}; see {self.log}")
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"{self.process.args[0]} does not listen on {port} after {seconds} s; see {self.log}")

    def stop(self):
        """SIGTERM, after 15 s SIGKILL; returns the exit code."""
        for pid in tree(self.pid) if self.process.poll() is None else []:
            try:
                os.kill(pid, signal.SIGTERM)
            except ProcessLookupError:
                pass
        try:
            return self.process.wait(15)
        except subprocess.TimeoutExpired:
            for pid in tree(self.pid):
                os.kill(pid, signal.SIGKILL)
            return self.process.wait(15)
