"""Validating: check a file of N-Quads our way or with plain pySHACL, and print the seconds.

All begin with the parsed quads; reading the file is not counted. ``kzun`` and ``pyshacl`` check the
same, and find the same (a test compares). pySHACL has rdflib parse a rule anew at each node, which
is nearly all it does: ``pyshacl-once`` has each parsed once. ``core`` and ``pyshacl-core`` check
the Core shapes alone.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache, partial
from unittest import mock

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

Found = tuple[str, str, str]  # severity, focus node, shape or rule


def kzun(quads: list[Quad], core_only: bool = False) -> list[Found]:
    """Return what we find: Core prepared for pySHACL, rules as queries."""
    from kzun_graph.shacl import validate_core
    from kzun_graph.validate import check

    if core_only:
        found = validate_core(quads)
    else:
        store = Store()
        store.bulk_extend(quads)
        found = check(quads, store)
    return [
        (f.severity, f.focus.value if isinstance(f.focus, NamedNode) else "blank", f.source.value)
        for f in found
    ]


def pyshacl(quads: list[Quad], core_only: bool = False) -> list[Found]:
    """Return what pySHACL alone finds: shapes as they are written, rules as ``sh:sparql``."""
    import pyshacl
    import rdflib

    from kzun_graph.rdflib_terms import to_rdflib
    from kzun_graph.rules import as_shapes
    from kzun_graph.shacl import shapes_graph

    def add(triples: Iterable[Triple], graph: rdflib.Graph) -> None:
        for triple in triples:
            graph.add(tuple(map(to_rdflib, (triple.subject, triple.predicate, triple.object))))  # type: ignore[arg-type]

    shapes = rdflib.Graph()
    for core in shapes_graph():
        shapes.add(core)
    add([] if core_only else as_shapes(), shapes)
    data = rdflib.Graph(bind_namespaces="none")
    add((quad.triple for quad in quads if quad.graph_name == DefaultGraph()), data)
    _, found, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    assert isinstance(found, rdflib.Graph)
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    return [
        (
            str(found.value(result, sh.resultSeverity)).rpartition("#")[2],
            str(focus) if isinstance(focus, rdflib.URIRef) else "blank",
            str(found.value(result, sh.sourceShape)),
        )
        for result, focus in found.subject_objects(sh.focusNode)
    ]


def pyshacl_once(quads: list[Quad]) -> list[Found]:
    """Return what ``pyshacl`` does, by way of a rdflib that parses each rule once."""
    from rdflib.plugins.sparql import prepareQuery
    from rdflib.plugins.sparql.processor import SPARQLProcessor

    parsed = cache(prepareQuery)
    query = SPARQLProcessor.query

    def ask(processor: SPARQLProcessor, text: str, *rest: object, **more: object) -> object:
        return query(processor, parsed(text), *rest, **more)  # type: ignore[arg-type]

    with mock.patch.object(SPARQLProcessor, "query", ask):
        return pyshacl(quads)


WAYS: dict[str, Callable[[list[Quad]], list[Found]]] = {
    "kzun": kzun,
    "pyshacl": pyshacl,
    "pyshacl-once": pyshacl_once,
    "core": partial(kzun, core_only=True),
    "pyshacl-core": partial(pyshacl, core_only=True),
}


def main() -> None:
    """Print seconds, and the number of findings of each severity."""
    quads = list(parse(path=sys.argv[2], format=RdfFormat.N_QUADS))
    start = time.perf_counter()
    found = WAYS[sys.argv[1]](quads)
    seconds = time.perf_counter() - start
    print(f"{seconds:.2f}", dict(sorted(Counter(severity for severity, *_ in found).items())))


if __name__ == "__main__":
    main()
