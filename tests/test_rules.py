"""The rules, run as queries, and the same rules run by pySHACL as sh:sparql."""

from pathlib import Path
from typing import Any

import pyshacl
import pytest
import rdflib
from broken_examples import NAMES, broken_quads, example, say
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store
from rdflib.plugins.sparql import processor

from kzun_graph.formats import to_bytes
from kzun_graph.rules import RULE, all_shapes, as_shapes, rules
from kzun_graph.sources import Sources
from kzun_graph.terms import SH
from kzun_graph.view import View
from kzun_graph.viewnames import VALIDATED

RULES = {rule.name: rule for rule in rules()}
SPEAKING = [
    (name, rule)
    for name in NAMES
    for rule in sorted({line.split()[0] for line in example(name).expect} & RULES.keys())
]


@pytest.fixture(autouse=True)
def parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let rdflib parse a rule once, and not for each of a thousand nodes: 16 s instead of 460."""
    parsed: dict[object, Any] = {}
    parse, translate = processor.parseQuery, processor.translateQuery

    def parse_once(text: str) -> object:
        if text not in parsed:
            parsed[text] = parse(text)
        return parsed[text]

    def translate_once(tree: object, base: object = None, names: object = None) -> object:
        if id(tree) not in parsed:
            parsed[id(tree)] = translate(tree, base, names)
        return parsed[id(tree)]

    monkeypatch.setattr(processor, "parseQuery", parse_once)
    monkeypatch.setattr(processor, "translateQuery", translate_once)


def _only(rule: str) -> rdflib.Graph:
    """Return the exported shapes graph with the targets of one rule alone."""
    graph = rdflib.Graph().parse(data=to_bytes(as_shapes(), RdfFormat.TURTLE), format="turtle")
    for target in ("targetClass", "targetSubjectsOf"):
        for shape in graph.subjects(rdflib.URIRef(SH[target].value)):
            if str(shape) != RULE[rule].value:
                graph.remove((shape, rdflib.URIRef(SH[target].value), None))
    return graph


@pytest.mark.parametrize("name", VALIDATED)
def test_the_shipped_data_keep_every_rule(name: str, views: dict[str, View]) -> None:
    store = Store()
    store.bulk_extend(q for q in views[name].quads if q.graph_name == DefaultGraph())
    assert RULES
    assert [say(found) for rule in RULES.values() for found in rule.run(store)] == []


@pytest.mark.parametrize(("name", "rule"), SPEAKING)
def test_pyshacl_finds_the_same_focus_nodes(
    name: str, rule: str, sources: Sources, views: dict[str, View], tmp_path: Path
) -> None:
    case = example(name)
    quads = broken_quads(case, sources, views[case.view], tmp_path)
    triples = [quad.triple for quad in quads if quad.graph_name == DefaultGraph()]
    store = Store()
    store.bulk_extend(q for q in quads if q.graph_name == DefaultGraph())
    data = rdflib.Graph().parse(data=to_bytes(triples, RdfFormat.N_TRIPLES), format="nt")
    ours = sorted({_name(found.focus) for found in RULES[rule].run(store)})
    # at every node it would take minutes: those that we find, and each twentieth of the others
    nodes = sorted({str(node) for node in data.subjects() if isinstance(node, rdflib.URIRef)})
    asked = None if "blank" in ours else sorted({*ours, *nodes[::20]})
    _, report, _ = pyshacl.validate(
        data, shacl_graph=_only(rule), advanced=True, focus_nodes=asked, inplace=True
    )
    focus = rdflib.URIRef(SH["focusNode"].value)
    theirs = sorted({_name(node) for node in report.objects(None, focus)})
    assert ours == theirs != []


def _name(node: object) -> str:
    """Return an IRI as it is; blank nodes have other names in every store."""
    if isinstance(node, NamedNode):
        return node.value
    return str(node) if isinstance(node, rdflib.URIRef) else "blank"


def test_the_export_holds_core_shapes_and_rules() -> None:
    graph = rdflib.Graph().parse(data=all_shapes(), format="turtle")
    constraints = set(graph.objects(None, rdflib.URIRef(SH["sparql"].value)))
    assert len(constraints) == len(RULES)
    assert len(set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(SH["PropertyShape"].value)))) > 100
