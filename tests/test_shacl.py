"""SHACL: the shapes as they are prepared for speed find just what they find as they are written."""

import pyshacl
import rdflib
from broken_examples import NAMES, example
from pyoxigraph import DefaultGraph, Quad, Store

from kzun_graph.findings import Finding
from kzun_graph.rdflib_terms import to_rdflib
from kzun_graph.shacl import shapes_graph, validate_core
from kzun_graph.terms import PREFIXES, SH
from kzun_graph.view import View

Result = tuple[str, str, str, str, str]


def broken_at_once(view: View) -> list[Quad]:
    """Return the view with all the changes of the broken examples of its kind, one on another."""
    store = Store()
    store.bulk_extend(view.quads)
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    for case in map(example, NAMES):
        if case.update and case.view == view.name:
            store.update(prefixes + case.update)
    return list(store)


def plainly(quads: list[Quad]) -> set[Result]:
    """Return what pySHACL finds with the shapes as they are written."""
    data = rdflib.Graph(bind_namespaces="none")
    for quad in quads:
        if quad.graph_name == DefaultGraph():
            data.add(tuple(to_rdflib(t) for t in (quad.subject, quad.predicate, quad.object)))  # type: ignore[arg-type]
    _, found, _ = pyshacl.validate(data, shacl_graph=shapes_graph(), inplace=True)
    assert isinstance(found, rdflib.Graph)
    names = ("focusNode", "sourceShape", "resultPath", "value", "sourceConstraintComponent")
    kind = rdflib.URIRef(SH["ValidationResult"].value)
    results = set()
    for result in found.subjects(rdflib.RDF.type, kind):
        focus, *rest = (str(found.value(result, rdflib.URIRef(SH[name].value))) for name in names)
        shape, path, value, component = rest
        path = path if ":" in path else "None"  # a path of several steps is a blank node
        # of a constraint on the node itself, the value is the node (SHACL, 3.6.2.3)
        value = "None" if path == "None" and value == focus else value
        results.add((focus, shape, path, value, component))
    return results


def said(finding: Finding) -> Result:
    def text(term: object) -> str:
        return str(getattr(term, "value", term))

    parts = (finding.focus, finding.source, finding.path, finding.value, finding.component)
    return tuple(text(part) for part in parts)  # type: ignore[return-value]


def test_prepared_shapes_find_the_same_as_they_are_written(views: dict[str, View]) -> None:
    for name, least in (("article", 80), ("checked", 15)):
        quads = broken_at_once(views[name])
        ours = {said(finding) for finding in validate_core(quads)}
        assert len(ours) > least
        assert ours == plainly(quads)
