"""Workers: each engine in a process of its own, so that its memory can be told from the others'.

A worker loads a file of N-Quads, answers queries and says how many seconds it took; the one who
measures asks all of them in turn.
"""
# ruff: noqa: D102 (what the methods do stands once, in Engine)

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Collection, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol, cast

from measured import peak
from pyoxigraph import (
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from kzun_graph.terms import PREFIXES

LIMIT = 60  # seconds that rdflib may take for one query


class Engine(Protocol):
    """What is measured of an engine."""

    def load(self, path: Path) -> None:
        """Load a file of N-Quads."""

    def ask(self, text: str) -> int | None:
        """Answer a SELECT, make rows of the answer, and return how many; None: no answer."""

    def export(self, path: Path) -> None:
        """Write all as N-Quads."""


class Parsed(Collection[Quad]):
    """The quads of a file, parsed anew each time, and never all in memory."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __iter__(self) -> Iterator[Quad]:
        return parse(path=str(self.path), format=RdfFormat.N_QUADS)

    def __len__(self) -> int:
        with self.path.open("rb") as lines:
            return sum(1 for _ in lines)

    def __contains__(self, quad: object) -> bool:
        return any(quad == other for other in self)


class Memory:
    """Ours, in memory: quads go through Python, answers through ``Result``."""

    def load(self, path: Path) -> None:
        from kzun_graph.engines.memory import Memory as Ours

        self.store = Store()
        self.store.bulk_extend(Parsed(path))
        self.engine: Any = Ours(self.store, "article")

    def ask(self, text: str) -> int:
        return len(self.engine.query(text).rows)

    def export(self, path: Path) -> None:
        """Write the lines sorted, as every export of ours is."""
        from kzun_graph.formats import dataset_bytes

        path.write_bytes(dataset_bytes(self.store, "nq"))


class Disk(Memory):
    """Ours, on disk: written beside the old version and switched to."""

    def load(self, path: Path) -> None:
        from kzun_graph.engines.disk import Disk as Ours
        from kzun_graph.engines.disk_load import load_disk

        folder = Path("store")
        load_disk(folder, Parsed(path), "article")
        self.engine = Ours(folder)
        self.store = self.engine.store


class BareMemory:
    """pyoxigraph by itself, in memory."""

    store: Store

    def load(self, path: Path) -> None:
        self.store = Store()
        self.store.bulk_load(path=str(path), format=RdfFormat.N_QUADS)

    def ask(self, text: str) -> int:
        found = cast(QuerySolutions, self.store.query(text, prefixes=PREFIXES))
        return len([tuple(row) for row in found])

    def export(self, path: Path) -> None:
        self.store.dump(str(path), format=RdfFormat.N_QUADS)


class BareDisk(BareMemory):
    """pyoxigraph by itself, on disk."""

    def load(self, path: Path) -> None:
        writing = Store("bare")
        writing.bulk_load(path=str(path), format=RdfFormat.N_QUADS)
        writing.optimize()
        writing.flush()
        del writing
        self.store = Store.read_only("bare")


class Rdflib:
    """rdflib by itself, in memory."""

    def load(self, path: Path) -> None:
        import rdflib

        self.dataset = rdflib.Dataset()
        self.dataset.parse(str(path), format="nquads")

    def ask(self, text: str) -> int:
        signal.signal(signal.SIGALRM, _too_long)
        signal.alarm(LIMIT)
        try:
            return len(list(self.dataset.query(text, initNs=PREFIXES)))
        finally:
            signal.alarm(0)

    def export(self, path: Path) -> None:
        self.dataset.serialize(str(path), format="nquads")


def _too_long(*_: object) -> None:
    raise TimeoutError


class Server:
    """The Oxigraph server, over HTTP; loading is its own command."""

    process: "subprocess.Popen[bytes] | None" = None

    def load(self, path: Path) -> None:
        sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
        import servers

        program = servers._oxigraph()
        store = Path("served")
        command = [program, "load", "--location", str(store), "--file", str(path)]
        subprocess.run(command, check=True, capture_output=True)
        self.loaded = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        self.process, port = servers._serve(store)
        self.address = f"http://127.0.0.1:{port}"
        self.prefixes = "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in PREFIXES.items())

    def ask(self, text: str) -> int:
        headers = {"Content-Type": "application/sparql-query"}
        headers["Accept"] = "application/sparql-results+json"
        body = (self.prefixes + text).encode()
        request = urllib.request.Request(f"{self.address}/query", body, headers)  # noqa: S310
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            found = parse_query_results(answer.read(), format=QueryResultsFormat.JSON)
        return len([tuple(row) for row in cast(QuerySolutions, found)])

    def export(self, path: Path) -> None:
        request = urllib.request.Request(f"{self.address}/store")  # noqa: S310
        request.add_header("Accept", "application/n-quads")
        with urllib.request.urlopen(request) as answer, path.open("wb") as out:  # noqa: S310
            shutil.copyfileobj(answer, out)

    def peak(self) -> float:
        """Return the MiB of the server, or of its loader, whichever took more."""
        assert self.process
        return max(self.loaded, peak(self.process.pid))

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(30)


def _virtuoso() -> Engine:
    from virtuoso_engine import Virtuoso

    return Virtuoso()


ENGINES: dict[str, Callable[[], Engine]] = {
    "kzun, memory": Memory,
    "pyoxigraph, memory": BareMemory,
    "kzun, disk": Disk,
    "pyoxigraph, disk": BareDisk,
    "Oxigraph server": Server,
    "rdflib": Rdflib,
    "Virtuoso": _virtuoso,
}


def _serve(name: str, wire: Connection) -> None:
    """Do what ``wire`` asks for, in a folder of its own, till the one who asks stops or is gone."""
    engine = ENGINES[name]()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            while (asked := wire.recv())[0] != "stop":
                wire.send(_timed(engine, *asked))
        except EOFError:
            pass  # the one who asks is gone
        finally:
            getattr(engine, "stop", lambda: None)()
            os.chdir("/")


def _timed(engine: Engine, what: str, value: object, times: int) -> tuple[float, Any]:
    """Return the seconds that ``what`` takes each time, and its value; None: it took too long."""
    if what == "peak":
        return 0.0, getattr(engine, "peak", peak)()
    start, found = time.perf_counter(), None
    with contextlib.suppress(TimeoutError):
        for _ in range(times):
            found = getattr(engine, what)(value)
    return (time.perf_counter() - start) / times, found


class Worker:
    """An engine in a process of its own, as seen from outside."""

    def __init__(self, name: str) -> None:
        self.name = name
        context = get_context("spawn")
        self._wire, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(name, theirs))
        self._process.start()
        theirs.close()

    def do(self, what: str, value: object = None, times: int = 1) -> tuple[float, Any]:
        """Return seconds a time, and what was found. Raises EOFError: the process died."""
        self._wire.send((what, value, times))
        return cast("tuple[float, Any]", self._wire.recv())

    def stop(self) -> None:
        """End the process and whatever it started."""
        self._wire.send(("stop", None, 1))
        self._process.join(60)
