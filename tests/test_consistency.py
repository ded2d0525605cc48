"""Consistency: an OWL 2 RL reasoner finds neither a contradiction nor two names for one thing."""

from collections.abc import Iterable

import owlrl
import pytest
import rdflib
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, parse, serialize

from kzun_graph import resources
from kzun_graph.article import KEY
from kzun_graph.terms import ANNOTATION, ARTICLE, DC, DCTERMS, KZUN, PREFIXES, RDFS, SELECTOR, SKOS
from kzun_graph.view import View

_ERROR = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
_SAME, _NOTHING = rdflib.OWL.sameAs, rdflib.OWL.Nothing
# Texts for people bear no axioms; without them the reasoner needs a second or two.
_TEXTS = {
    RDFS["label"],
    DCTERMS["description"],
    DC["rights"],
    DCTERMS["title"],
    KZUN["coinedLabelIn"],
    KZUN["quote"],
    *(SKOS[name] for name in ("prefLabel", "altLabel", "hiddenLabel", "definition", "example")),
}
_PREFIXES = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())


def ontology() -> list[Quad]:
    folder = resources.root() / "ontology"
    return [q for name in ("kzun.ttl", "reused.ttl") for q in parse(path=folder / name)]


def troubles(quads: Iterable[Quad]) -> list[str]:
    """Return contradictions, members of owl:Nothing, and terms that come out equal.

    Two literals that come out equal count too: so a functional property shows two values.
    """
    graph = rdflib.Graph()
    kept = [Triple(q.subject, q.predicate, q.object) for q in quads if q.predicate not in _TEXTS]
    data = serialize(kept, format=RdfFormat.N_TRIPLES)
    assert data
    graph.parse(data=data, format="nt")
    # improved_datatypes would change what rdflib takes for a valid literal, for all later tests
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, improved_datatypes=False).expand(graph)
    equal = (f"{a} = {b}" for a, b in graph.subject_objects(_SAME) if a != b)
    nothing = (f"{node} is Nothing" for node in graph.subjects(rdflib.RDF.type, _NOTHING))
    return sorted([*map(str, graph.objects(None, _ERROR)), *nothing, *equal])


def grounding(node: object) -> bool:
    """Tell whether ``node`` only says where words stand: thousands of triples without axioms."""
    part = node in ARTICLE and node != ARTICLE[KEY]
    return part or node in ANNOTATION or node in SELECTOR


def test_shipped_data_are_consistent(view: View) -> None:
    quads = [
        q
        for q in view.quads
        if q.graph_name == DefaultGraph() and not grounding(q.subject) and not grounding(q.object)
    ]
    assert len(quads) > 2000
    assert troubles(quads) == []


BROKEN = {
    "disjoint classes": (
        "id:x a kzun:Event , kzun:State .",
        "Disjoint classes",
    ),
    "disjoint kinds of claims": (
        "claim:p01-01 a kzun:FactualClaim , kzun:Assessment .",
        "Disjoint classes",
    ),
    "disjointness by superclass": (
        "id:x a kzun:Admission , kzun:Resolution .",
        "Disjoint classes",
    ),
    "asymmetry": (
        "id:x kzun:after id:y . id:y kzun:after id:x .",
        "Erroneous usage of asymmetric property",
    ),
    "inverse and asymmetry": (
        "id:x kzun:after id:y ; kzun:before id:y .",
        "Erroneous usage of asymmetric property",
    ),
    "irreflexivity": (
        "id:x kzun:leadsTo id:x .",
        "Irreflexive property used",
    ),
    "inverse and irreflexivity": (
        "id:x kzun:resultsFrom id:x .",
        "Irreflexive property used",
    ),
    "functional object property": (
        "id:x kzun:unit kzun:Year , kzun:Percent .",
        f"{KZUN['Percent'].value} = {KZUN['Year'].value}",
    ),
    "functional datatype property": (
        "id:x kzun:value 28 , 27 .",
        "27 = 28",
    ),
    "domain and disjointness": (
        "id:x a kzun:Group ; kzun:place id:y .",
        "Disjoint classes",
    ),
    "domain of a superproperty and disjointness": (
        "id:x a kzun:Document ; kzun:member id:y .",
        "Disjoint classes",
    ),
    "range and disjointness": (
        "id:x kzun:unit id:y . id:y a kzun:Quantity .",
        "Disjoint classes",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_data_are_caught(name: str) -> None:
    data, trouble = BROKEN[name]
    quads = [*ontology(), *parse(_PREFIXES + data, format=RdfFormat.TURTLE)]
    assert any(found.startswith(trouble) for found in troubles(quads))


def test_ontology_alone_is_consistent() -> None:
    assert troubles(ontology()) == []
