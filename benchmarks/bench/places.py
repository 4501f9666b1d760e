"""Where the things are that the benchmarks run."""

import shutil
import subprocess
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent.parent
REPOSITORY = BENCHMARKS.parent
LAUNCHER = REPOSITORY / "target/mcp-server/bin/mcp-server"
IMAGE_ARCHIVE = REPOSITORY / "target/mcp-server-image.tar"
PEERS = BENCHMARKS / "peers"
NODE = PEERS / "node_modules/node/bin/node"
BARE = BENCHMARKS / "bare-quarkus"
BARE_JAR = BARE / "target/quarkus-app/quarkus-run.jar"
POST_LUA = BENCHMARKS / "load/post.lua"
RESULTS = BENCHMARKS / "results"
WORK = REPOSITORY / "target/benchmarks"


class Missing(Exception):
    """Something has to be installed or built first; the message says what and how."""


def need_program(name, package):
    if shutil.which(name) is None:
        raise Missing(f"{name} is not installed (Debian: apt-get install {package})")


def need_distribution():
    if not LAUNCHER.exists():
        raise Missing(f"{LAUNCHER} is not there: run ./mvnw package first")


def need_peers():
    """Installs what the lock file of the peers names, once."""
    if NODE.exists():
        return
    need_program("npm", "npm")
    print("Installing the TypeScript peers …", flush=True)
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=PEERS, check=True, stdout=subprocess.DEVNULL)


def need_bare_quarkus():
    """Builds the bare endpoint, once."""
    if BARE_JAR.exists():
        return
    wrapper = REPOSITORY / "mvnw"
    if not wrapper.exists():
        raise Missing(f"{BARE_JAR} is not there and neither is {wrapper} to build it")
    print("Building the bare Quarkus endpoint …", flush=True)
    subprocess.run(
        [wrapper, "-q", "-f", BARE / "pom.xml", "package"], check=True, stdout=subprocess.DEVNULL
    )
