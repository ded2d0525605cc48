"""Virtuoso engine: Virtuoso as a server that the benchmarks start, load and ask over HTTP."""
# ruff: noqa: D102, S310 (what the methods do stands once, in workers.Engine; we make the addresses)

import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any, cast

from measured import peak
from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
    serialize,
)

from kzun_graph.terms import PREFIXES

GRAPH = NamedNode("https://example.org/kzun-synthetic/view")  # it has no default graph of its own
PART = 100_000  # quads that are loaded at once


class Virtuoso:
    """Virtuoso, over HTTP; loading is ``TTLP`` by way of isql."""

    def __init__(self) -> None:
        self._ends = ExitStack()

    def load(self, path: Path) -> None:
        sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
        import virtuoso

        self.server: Any = self._ends.enter_context(virtuoso.virtuoso())
        command = [virtuoso.CLIENT, self.server.address, virtuoso.USER, virtuoso.PASSWORD]
        file = self.server.folder / "load.nq"
        quads = _named(path)
        # of a file of 200 MB it loaded 88 per cent, and said that it was done
        while part := list(islice(quads, PART)):
            serialize(part, output=str(file), format=RdfFormat.N_QUADS)
            load = f"DB.DBA.TTLP(file_to_string_output('{file}'), '', '{GRAPH.value}', 512)"
            subprocess.run([*command, f"exec={load};"], check=True, capture_output=True)

    def ask(self, text: str) -> int | None:
        """Return how many rows; None: an error."""
        prefixes = "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in PREFIXES.items())
        asked = {"query": prefixes + text, "default-graph-uri": GRAPH.value}
        body = urllib.parse.urlencode(asked).encode()
        headers = {"Accept": "application/sparql-results+json"}
        request = urllib.request.Request(self.server.endpoint, body, headers)
        try:
            with urllib.request.urlopen(request) as answer:
                found = parse_query_results(answer.read(), format=QueryResultsFormat.JSON)
            return len([tuple(row) for row in cast(QuerySolutions, found)])
        except (OSError, SyntaxError):
            return None

    def export(self, path: Path) -> None:
        """Not measured: it has no export of a whole dataset over HTTP."""

    def peak(self) -> float:
        """Return the MiB of the process whose command line holds the server's settings."""
        for status in Path("/proc").glob("[0-9]*/cwd"):
            try:
                if status.resolve() == self.server.folder.resolve():
                    return peak(status.parent.name)
            except OSError:  # another user's, or ended meanwhile
                continue
        return 0.0

    def stop(self) -> None:
        self._ends.close()


def _named(path: Path) -> Iterator[Quad]:
    for q in parse(path=str(path), format=RdfFormat.N_QUADS):
        graph = GRAPH if q.graph_name == DefaultGraph() else q.graph_name
        yield Quad(q.subject, q.predicate, q.object, graph)
