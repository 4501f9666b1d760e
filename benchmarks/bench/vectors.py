"""A hundred thousand real sentences with the vectors that the server's own model makes of them, made once."""

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

from bench import places

FOLDER = places.WORK / "known-vectors"
SOURCES = places.BENCHMARKS / "known-vectors"
DIMENSION = 384
TEXTS = 125_000
# The last of them, which the server is not fed the vectors of.
UNKNOWN = 1_000
SHORTEST, LONGEST = 40, 130


def java_home():
    javac = shutil.which("javac")
    home = os.environ.get("JAVA_HOME") or (javac and Path(javac).resolve().parent.parent)
    if not home or not (Path(home) / "lib/src.zip").exists():
        raise places.Missing("A JDK with lib/src.zip is needed, from which sentences are taken: set JAVA_HOME")
    return Path(home)


def need_vectors():
    """Compiles what feeds vectors to a server, and embeds the sentences: some ten minutes, the first time."""
    try:
        import numpy  # noqa: F401
    except ImportError:
        raise places.Missing("numpy is not installed (Debian: apt-get install python3-numpy)") from None
    FOLDER.mkdir(parents=True, exist_ok=True)
    java = java_home()
    jars = f"{places.LAUNCHER.parent.parent}/app/app/*:{places.LAUNCHER.parent.parent}/app/lib/main/*"
    classes = FOLDER / "classes"
    subprocess.run(
        [java / "bin/javac", "-cp", jars, "-d", classes, *sorted(SOURCES.glob("*.java"))], check=True
    )
    texts = FOLDER / "texts.txt"
    if not texts.exists():
        texts.write_text("".join(f"{sentence}\n" for sentence in sentences(java / "lib/src.zip")))
    if not (FOLDER / "vectors.f32").exists():
        print("  embedding the sentences …", flush=True)
        command = [java / "bin/java", "--enable-native-access=ALL-UNNAMED", "-cp", f"{classes}:{jars}"]
        subprocess.run([*command, "io.mcpserver.embedding.onnx.EmbedTexts", FOLDER], check=True)
    return classes


def sentences(archive):
    """Different sentences of the documentation of the JDK, as many as are wanted, in an order that is always the same."""
    seen = {}
    with zipfile.ZipFile(archive) as sources:
        for name in sorted(sources.namelist()):
            if not name.endswith(".java"):
                continue
            text = sources.read(name).decode("utf-8", "replace")
            for comment in re.findall(r"/\*\*(.*?)\*/", text, re.S):
                words = re.sub(r"(?m)^\s*\*", " ", comment)
                words = re.sub(r"\{@\w+\s+([^{}]*)\}", r"\1", words)
                words = re.sub(r"<[^>]*>|&\w+;|@\w+", " ", words)
                for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", " ".join(words.split())):
                    if SHORTEST <= len(sentence) <= LONGEST and sentence.isascii():
                        seen.setdefault(sentence)
    import random

    chosen = list(seen)
    random.Random(7).shuffle(chosen)
    if len(chosen) < TEXTS:
        raise places.Missing(f"{archive} has only {len(chosen)} sentences")
    return chosen[:TEXTS]


def known():
    """The texts, and their vectors of unit length as the rows of a matrix."""
    import numpy

    texts = (FOLDER / "texts.txt").read_text().splitlines()
    matrix = numpy.fromfile(FOLDER / "vectors.f32", dtype="<f4").reshape(-1, DIMENSION)
    if len(texts) != len(matrix):
        raise RuntimeError(f"{len(texts)} texts and {len(matrix)} vectors: delete {FOLDER}")
    return texts, matrix
