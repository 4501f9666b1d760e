"""Under which conditions the numbers hold."""

import datetime
import os
import platform
import subprocess
import time

from bench import places
from bench.calls import jvm_flags, server_command, server_environment
from bench.figures import percentile
from bench.processes import Measured, free_port


def describe(data):
    """Machine, system, programs and their versions."""
    told = {
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "commit": said("git", "-C", places.REPOSITORY, "describe", "--always", "--dirty"),
        "cpu": cpu(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "load_average_before": os.getloadavg()[0],
        "data_on": said("df", "--output=fstype,source", data).splitlines()[-1],
        "fsync_p50_ms": fsync_milliseconds(data),
        "wrk": said("wrk", "-v").splitlines()[0],
    }
    if places.NODE.exists():
        told["node"] = said(places.NODE, "--version")
    return told | server(data)


def server(data):
    """Which Java our launcher chose, and with which flags."""
    port = free_port()
    with Measured(server_command(port), data, server_environment(data / "look"), data / "look.log") as ours:
        ours.await_port(port)
        java = os.readlink(f"/proc/{ours.main_pid()}/exe")
        command_line = ours.command_line()
    runtime = subprocess.run([java, "-version"], capture_output=True, text=True, check=True).stderr
    cache = [word for word in command_line if word.startswith("-XX:AOTCache")]
    return {
        "java": runtime.splitlines()[1],
        "jvm_flags": " ".join(jvm_flags(command_line)) or "none",
        "aot_cache": bool(cache),
    }


def cpu():
    with open("/proc/cpuinfo") as lines:
        names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def fsync_milliseconds(data):
    """What the disk under the data takes for 4 KiB: no durable save is faster."""
    times = []
    with open(data / "fsync", "wb") as file:
        for _ in range(100):
            begin = time.perf_counter()
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
            times.append((time.perf_counter() - begin) * 1000)
    return round(percentile(times, 50), 3)


def said(*command):
    try:
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
        return (done.stdout or done.stderr).strip() or "unknown"
    except FileNotFoundError:
        return "not installed"
