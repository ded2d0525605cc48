"""Start: how long whole processes take, as ratios to what any program of their kind must import.

Each pair runs in turn, A B A B …, so that a change of the machine's speed meets both. Prints one
table of medians: seconds, and the ratio pair by pair.
"""

import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 9
KZUN = [sys.executable, "-m", "kzun_graph"]
CLICK = [sys.executable, "-c", "import click, pyoxigraph"]
PYSHACL = [sys.executable, "-c", "import pyshacl, pyoxigraph"]


def seconds(command: list[str]) -> float:
    """Return how long ``command`` takes as a whole process; it must succeed."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def compare(name: str, command: list[str], base: list[str], aim: float) -> str:
    """Return the table's row for ``command`` against ``base``; ``aim`` is the ratio aimed at."""
    for warm in (command, base):
        seconds(warm)
    pairs = [(seconds(command), seconds(base)) for _ in range(RUNS)]
    ours = statistics.median(pair[0] for pair in pairs)
    theirs = statistics.median(pair[1] for pair in pairs)
    ratio = statistics.median(pair[0] / pair[1] for pair in pairs)
    return f"{name:<42} {ours:7.3f} s {theirs:9.3f} s {ratio:7.2f} {aim:5.1f}"


def main() -> None:
    """Print the table."""
    print(f"{'whole process, cold':<42} {'ours':>9} {'imports':>11} {'ratio':>7} {'aim':>5}")
    query = [*KZUN, "query", "memberships/admissions"]
    print(compare("kzun query memberships/admissions", query, CLICK, 3))
    with tempfile.TemporaryDirectory() as folder:
        build = [*KZUN, "build", "--out", folder]
        print(compare("kzun build (validation and all files)", build, PYSHACL, 5))


if __name__ == "__main__":
    main()
