"""Engine: what every place that holds one view can do, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from kzun_graph.errors import KzunError, QueryError
from kzun_graph.labels import NAMING
from kzun_graph.results import Result, ask
from kzun_graph.terms import BASE, PREFIXES, TYPE, VIEW, VOID
from kzun_graph.text import Place
from kzun_graph.viewnames import VIEWS


class StoreError(KzunError):
    """A store on disk, or what a store or a server holds, is not what was asked for."""


class Engine(Protocol):
    """Holds one view and answers SPARQL 1.1 queries; ``name`` tells users which engine it is."""

    @property
    def name(self) -> str:
        """What to call the engine in messages: "memory", a folder, an address."""

    @property
    def view(self) -> str:
        """The name of the view that it holds. Raises KzunError: that cannot be found out."""

    def query(self, text: str, place: Place | None = None) -> Result:
        """Return the answer to a SELECT, ASK, CONSTRUCT or DESCRIBE.

        The project's prefixes need no declaration. Raises QueryError: broken syntax, with the line
        in ``place``. EndpointError: a server that does not answer.
        """


def check_syntax(text: str, place: Place | None) -> None:
    """Raise QueryError where ``text`` is no SPARQL 1.1 query, in the words of the engine in memory.

    So the same mistake reads the same on every engine, and an update is never sent as a query.
    """
    nothing = Store()
    try:
        nothing.query(text, prefixes=PREFIXES)
    except SyntaxError:
        ask(nothing, text, place)  # raises the error with line, column and remedy
    except (OSError, RuntimeError, ValueError):  # SERVICE: for the engine itself to answer
        pass


def view_quads(name: str) -> list[Quad]:
    """Return the quad that says in the data which view they are.

    It stands in a graph of its own, so that the default graph stays the view's.
    """
    node = VIEW[name]
    return [Quad(node, TYPE, VOID["Dataset"], node)]


def stated_view(engine: Engine, default: str | None = None) -> str:
    """Return the view that the data in ``engine`` say they are, ``default`` where they name none.

    Raises StoreError: they name none, or several. KzunError: as :meth:`Engine.query`.
    """
    text = "SELECT DISTINCT ?view WHERE { GRAPH ?view { ?view a void:Dataset } } ORDER BY ?view"
    nodes = [row[0] for row in engine.query(text).rows]
    found = [n.value.removeprefix(VIEW.iri) for n in nodes if isinstance(n, NamedNode)]
    known = [name for name in found if name in VIEWS]
    if not known and default is not None:
        return default
    if len(known) == 1:
        return known[0]
    what = f"holds {' and '.join(known)} at once" if known else "does not say which view it holds"
    remedy = "load one with 'kzun load'"
    if not known:
        remedy += ", or name it with --view"
    raise StoreError(Place(engine.name), what, remedy)


def other_view(name: str, held: str, wanted: str) -> StoreError:
    """Return the error that the engine ``name`` holds the view ``held``, and not ``wanted``."""
    remedy = f"leave --view out, or load the view {wanted}"
    return StoreError(Place(name), f"holds the view {held}, not {wanted}", remedy)


def quads_of(engine: Engine) -> Iterator[Quad]:
    """Yield every quad of the view in ``engine``, in no order; as the engine spells literals."""
    yield from _quads(engine.query("SELECT ?s ?p ?o WHERE { ?s ?p ?o }"))
    ours = f'FILTER (STRSTARTS(STR(?g), "{BASE}"))'  # a server may have graphs of its own
    named = f"SELECT ?s ?p ?o ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {ours} }}"
    for quad in _quads(engine.query(named)):
        if not str(quad.graph_name).startswith(f"<{VIEW.iri}"):
            yield quad


def naming_quads(engine: Engine) -> Iterator[Quad]:
    """Yield the quads of the default graph that give names to things."""
    names = " ".join(map(str, NAMING))
    yield from _quads(engine.query(f"SELECT ?s ?p ?o WHERE {{ VALUES ?p {{ {names} }} ?s ?p ?o }}"))


def _quads(result: Result) -> Iterator[Quad]:
    for row in cast("Iterable[list[NamedNode | BlankNode | Literal]]", result.rows):
        subject, predicate, value, *graph = row
        assert isinstance(predicate, NamedNode) and not isinstance(subject, Literal)
        if graph and isinstance(graph[0], NamedNode):
            yield Quad(subject, predicate, value, graph[0])
        else:
            yield Quad(subject, predicate, value)


def refuse_view(name: str) -> None:
    """Raise QueryError where there is no view ``name``."""
    if name not in VIEWS:
        raise QueryError(None, f"there is no view {name!r}", f"use one of {', '.join(VIEWS)}")
