"""Engines: load, ten stored queries, export, validation and memory, engine by engine, in one run.

Every query goes to each engine in turn, so that a change of the machine's speed meets all of them;
the ratios are of such turns. Prints the tables; with ``--docs`` they go into docs/benchmarks.md,
with the plot beside it.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from measured import Measured, Size
from report import machine, plot, tables
from synthetic import SPACE, Plan, articles_for, write
from validating import WAYS
from workers import ENGINES, Worker

from kzun_graph.queries import bind, stored_query

SIZES = (100_000, 1_000_000, 10_000_000)
MOST = {"rdflib": 100_000, "kzun, memory": 1_000_000, "pyoxigraph, memory": 1_000_000}
RUNS, SLOW = 5, 5.0  # an answer that takes more seconds than that is asked for once
TURN = 0.05  # seconds that a turn takes at least: what is quick is asked several times
DOCS = Path(__file__).parents[1] / "docs"
MARKS = ("<!-- tables: make bench-engines -->\n", "<!-- end of tables -->\n")

# a stored query and its values; what is looked up stands in one article, whatever the size
QUERIES: dict[str, dict[str, str]] = {
    "provenance/fact": {
        "subject": "id:synthetic-admission-7-1",
        "property": "kzun:organization",
    },
    "text/paragraph-claims": {"paragraph": f"{SPACE}7/article/2024-03-05-p02"},
    "memberships/admissions": {"member": "id:synthetic-country-5"},
    "mentions/of": {"entity": "id:synthetic-resolution-20"},
    "timelines/between": {"from": "1992-05-01", "to": "1992-05-31"},
    "documents/adopted": {},
    "claims/provenance": {"entity": "id:synthetic-mission-1"},
    "numbers/by-unit": {},
    "statistics/classes": {},
    "labels/find": {"text": "ұйым 7"},
}
LOOK_UPS = tuple(QUERIES)[:2]


def measure(path: Path, quads: int, wanted: int) -> dict[str, Measured]:
    """Return what each engine takes that ``wanted`` triples are not too many for."""
    workers = [Worker(name) for name in ENGINES if wanted <= MOST.get(name, wanted)]
    found = {worker.name: Measured() for worker in workers}
    try:
        for worker in workers:
            found[worker.name].load = worker.do("load", path)[0]
            _tell(f"{quads} quads: {worker.name} loaded in {found[worker.name].load:.1f} s")
        for name, values in QUERIES.items():
            _ask(name, bind(stored_query(name), values), workers, found)
        for worker in workers:
            found[worker.name].peak = worker.do("peak")[1]
        for worker in workers:
            # our export sorts, and so holds all at once; Virtuoso has none over HTTP
            if wanted <= 1_000_000 and worker.name != "Virtuoso":
                found[worker.name].export = worker.do("export", Path("out.nq"))[0]
    finally:
        for worker in workers:
            worker.stop()
    return found


def _ask(name: str, text: str, workers: list[Worker], found: dict[str, Measured]) -> None:
    """Ask ``workers`` in turn, after one turn to warm up."""
    asked = []
    for worker in workers:
        seconds, rows = worker.do("ask", text)
        measured = found[worker.name]
        measured.queries[name] = [] if rows is None else [seconds]
        measured.rows[name] = -1 if rows is None else rows
        if seconds < SLOW:
            measured.queries[name] = []
            asked.append((worker, max(1, round(TURN / seconds))))
    for _ in range(RUNS):
        for worker, times in asked:
            found[worker.name].queries[name].append(worker.do("ask", text, times)[0])
    _tell(f"  {name}: {[found[worker.name].rows[name] for worker in workers]} rows")


def validation(path: Path, limit: int, names: tuple[str, ...]) -> dict[str, float | None]:
    """Return the seconds of each way to validate, as whole processes; None: not in ``limit``."""
    found: dict[str, float | None] = {}
    for name in names:
        command = [sys.executable, str(Path(__file__).with_name("validating.py")), name, str(path)]
        try:
            done = subprocess.run(command, check=True, capture_output=True, timeout=limit)
            found[name] = float(done.stdout.split()[0])
            _tell(f"  validation, {name}: {done.stdout.decode().strip()}")
        except subprocess.SubprocessError as error:
            found[name] = None
            _tell(f"  validation, {name}: {error}")
    return found


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def run(wanted: int, limit: int) -> Size:
    """Make a dataset of about ``wanted`` triples and measure with it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "data.nq")
        quads = write(path, Plan(articles_for(wanted)))
        size = Size(quads, measure(path, quads, wanted))
        if wanted <= 1_000_000:
            names = tuple(WAYS) if wanted <= 100_000 else ("kzun",)
            size.validation = validation(path, limit, names)
        return size


def _document(text: str) -> None:
    """Put ``text`` between the marks of docs/benchmarks.md."""
    path = DOCS / "benchmarks.md"
    before, _, rest = path.read_text("utf-8").partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    path.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}", "utf-8")


def main() -> None:
    """Measure, and print or store the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="about so many triples")
    parser.add_argument("--limit", type=int, default=120, help="seconds for one validation")
    parser.add_argument("--docs", action="store_true", help="renew docs/benchmarks.md and .svg")
    parser.add_argument("--raw", type=Path, help="write all that was measured as JSON")
    given = parser.parse_args()
    measured = []
    for wanted in given.sizes:
        measured.append(run(wanted, given.limit))
        if given.raw:
            given.raw.write_text(json.dumps(measured, default=vars, indent=1), "utf-8")
    text = f"{machine()}\n\n{tables(measured, list(QUERIES))}"
    print(text)
    if given.docs:
        _document(text)
        (DOCS / "benchmarks.svg").write_text(plot(measured, LOOK_UPS), "utf-8")


if __name__ == "__main__":
    main()
