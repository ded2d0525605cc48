"""JSON-LD: the context is the ontology's, the graph survives, annotations keep the W3C's rules."""

import json
import socket
import warnings
from collections.abc import Callable, Iterable
from typing import Any

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from kzun_graph.context import build_context
from kzun_graph.errors import UnknownNameError
from kzun_graph.jsonld import CONTEXT, WEB_ANNOTATION, Compactor, document, load_context
from kzun_graph.parts import annotations, ontology
from kzun_graph.rdf import rdf
from kzun_graph.rdflib_terms import from_rdflib
from kzun_graph.resources import root
from kzun_graph.sources import Sources
from kzun_graph.terms import ID, KZUN, OA, OWL, PREFIXES, SKOS, TYPE, XSD, curie, expand
from kzun_graph.view import View, order
from kzun_graph.webanno import web_annotations

FOLDER = root() / "ontology" / "context"


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something asked for a network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def with_contexts(found: dict[str, Any]) -> dict[str, Any]:
    """Put the shipped contexts in where a document names their addresses."""
    named = values(found, "@context")
    contexts = [load_context(c) if isinstance(c, str) else c for c in named]
    return found | {"@context": contexts}


def by_oxigraph(value: object) -> set[Quad]:
    return set(parse(json.dumps(value), format=RdfFormat.JSON_LD))


def by_rdflib(value: object) -> set[Quad]:
    """The triples of the default graph, as rdflib finds them."""
    found = rdflib.Graph()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib warns of what it calls itself
        found.parse(data=json.dumps(value), format="json-ld")
    return {Quad(*map(from_rdflib, triple)) for triple in found}  # type: ignore[arg-type]


# ---------------------------------------------------------------- contexts


def test_the_shipped_context_is_the_one_of_the_ontology(sources: Sources) -> None:
    built = build_context(ontology(sources))
    remedy = "write it anew: python -m kzun_graph.context > ontology/context/kzun.jsonld"
    assert load_context(CONTEXT) == built, remedy
    assert list(load_context(CONTEXT)) == list(built), remedy


def test_every_term_has_one_key_and_every_key_one_term(sources: Sources) -> None:
    context = load_context(CONTEXT)
    names = {
        key: value if isinstance(value, str) else value["@id"] for key, value in context.items()
    }
    terms = {key: expand(name) for key, name in names.items() if key not in PREFIXES}
    assert len(set(terms.values())) == len(terms)
    kinds = {OWL[k] for k in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")}
    declared = {q.subject for q in ontology(sources) if q.predicate == TYPE and q.object in kinds}
    assert set(terms.values()) == declared
    assert {key: names[key] for key in PREFIXES} == PREFIXES
    assert terms["agent"] == KZUN["agent"]
    assert terms["schema:agent"] is not None
    assert all(key == curie(term) or key in curie(term) for key, term in terms.items() if term)


def test_a_key_says_of_its_values_what_the_view_holds(view: View) -> None:
    """A wrong coercion would not break a document, only make it clumsy."""
    context = load_context(CONTEXT)
    keys = {expand(v["@id"]): v for v in context.values() if isinstance(v, dict)}
    for quad in view.quads:
        key, value = keys.get(quad.predicate), quad.object
        if key is None:
            continue
        if "@container" in key:
            assert isinstance(value, Literal)
            assert value.language
        elif key["@type"] == "@id":
            assert isinstance(value, NamedNode)
        else:
            assert isinstance(value, Literal)
            assert curie(value.datatype) == key["@type"]


def test_the_context_of_annotations_holds_the_terms_we_use(view: View) -> None:
    context = load_context(WEB_ANNOTATION)
    names = [value if isinstance(value, str) else value["@id"] for value in context.values()]
    terms = {expand(name) for name in names if name.startswith("oa:")}
    quads = annotations(view)
    used = {q.predicate for q in quads} | {q.object for q in quads}
    assert terms == {term for term in used if term in OA}


def test_our_addresses_lead_to_files_and_others_to_a_remedy() -> None:
    shipped = {path.name for path in FOLDER.iterdir()}
    assert shipped == {"kzun.jsonld", "anno.jsonld"}
    for address, name in ((CONTEXT, "kzun.jsonld"), (WEB_ANNOTATION, "anno.jsonld")):
        assert load_context(address) == json.loads((FOLDER / name).read_text("utf-8"))["@context"]
    with pytest.raises(UnknownNameError, match="no context is shipped for 'http://a/b': use https"):
        load_context("http://a/b")


def test_a_document_that_names_the_context_is_read_with_the_shipped_one() -> None:
    own = {
        "@context": CONTEXT,
        "@id": "id:admission-1992",
        "@type": "Admission",
        "prefLabel": {"ru": "Приём"},
        "member": ["id:kazakhstan"],
        "earliest": "1992-03-02",
    }
    node = ID["admission-1992"]
    expected = {
        Quad(node, TYPE, KZUN["Admission"]),
        Quad(node, SKOS["prefLabel"], Literal("Приём", language="ru")),
        Quad(node, KZUN["member"], ID["kazakhstan"]),
        Quad(node, KZUN["earliest"], Literal("1992-03-02", datatype=XSD["date"])),
    }
    assert by_rdflib(with_contexts(own)) == by_oxigraph(with_contexts(own)) == expected


# ---------------------------------------------------------------- the graph as JSON-LD


def test_the_view_reads_well(view: View, sources: Sources) -> None:
    """How the view parses back is in test_export.py; this is what a person or jq sees."""
    found = json.loads(rdf(view, sources, "jsonld"))
    assert found["@context"] == load_context(CONTEXT)
    nodes = {node["@id"]: node for node in found["@graph"]}
    assert len(nodes) == len(found["@graph"])
    claim = nodes["claim:p01-18"]
    assert claim["quote"] == {"kk": "1992 жылғы 2 наурызда"}
    assert claim["about"] == "id:admission-1992"
    date = {"@type": "xsd:date", "@value": "1992-03-02"}
    assert claim["@graph"] == [{"@id": "id:admission-1992", "date": date}]
    assert nodes["id:admission-1992"]["earliest"] == "1992-03-02"
    assert nodes["id:unga-46"]["ordinal"] == 46
    assert set(nodes["id:kazakhstan"]["prefLabel"]) == {"kk", "ru", "en"}
    assert "Country" in nodes["id:kazakhstan"]["@type"]


VALUES: list[Literal | NamedNode] = [
    *(Literal(text, language=tag) for text in ("", "a b", "ә") for tag in ("kk", "ru")),
    *(
        Literal(text, datatype=XSD[kind])
        for text in ("1", "007", "-1", "1.0", "9" * 15, "9" * 17, "٣", "true", "kk", "")
        for kind in ("string", "integer", "date", "nonNegativeInteger", "boolean")
    ),
    ID["a"],
    KZUN["member"],
    OA["describing"],
    OA["Annotation"],
    *(
        NamedNode(iri)
        for iri in (
            "https://w3id.org/kzun/article/2024-03-05#char=1,2",
            "https://w3id.org/kzun/id/",
            "https://w3id.org/kzun/id///x",
            "urn:isbn:1",
            "http://example.org/ә",
        )
    ),
]
PROPERTIES = [
    *("skos:prefLabel", "kzun:member", "kzun:earliest", "kzun:value", "rdfs:domain"),
    *("oa:exact", "oa:start", "oa:hasBody", "oa:motivatedBy"),
]
CONTEXTS = [load_context(CONTEXT), load_context(WEB_ANNOTATION) | {"@language": "kk"}]


@pytest.mark.parametrize("context", CONTEXTS, ids=["own", "annotations"])
@pytest.mark.parametrize("name", PROPERTIES)
def test_whatever_the_values_are_the_graph_survives(name: str, context: dict[str, Any]) -> None:
    predicate = expand(name)
    assert predicate
    quads = [Quad(ID["a"], predicate, value) for value in VALUES]
    for some in (*([quad] for quad in quads), quads):
        node = Compactor(context).node(ID["a"], some)
        assert by_oxigraph({"@context": context, **node}) == set(some)


def test_a_number_that_a_reader_may_round_stays_text() -> None:
    for digits, written in (("9" * 15, int("9" * 15)), ("9" * 16, None), ("-1", None)):
        literal = Literal(digits, datatype=XSD["integer"])
        node = Compactor(load_context(CONTEXT)).node(
            ID["a"], [Quad(ID["a"], KZUN["value"], literal)]
        )
        assert node["value"] == (written or {"@type": "xsd:integer", "@value": digits})


def test_named_graphs_and_blank_nodes_survive() -> None:
    graph, blank = NamedNode("https://w3id.org/kzun/claim/p01-01"), BlankNode("b")
    quads = {
        Quad(graph, KZUN["quote"], Literal("a", language="kk")),
        Quad(ID["a"], KZUN["member"], blank, graph),
        Quad(blank, TYPE, KZUN["Group"], graph),
        Quad(ID["a"], TYPE, KZUN["Group"], NamedNode("https://w3id.org/kzun/claim/p01-02")),
    }
    found = set(parse(document(sorted(quads, key=order)), format=RdfFormat.JSON_LD))
    (renamed,) = {q.object for q in found if isinstance(q.object, BlankNode)}
    assert {str(q).replace(str(renamed), "_:b") for q in found} == set(map(str, quads))


# ---------------------------------------------------------------- Web Annotation Data Model


def values(node: dict[str, Any], key: str) -> list[Any]:
    found = node.get(key, [])
    return found if isinstance(found, list) else [found]


def only(node: dict[str, Any], key: str) -> object:
    (found,) = values(node, key)
    return found


def check_annotation(node: dict[str, Any]) -> None:
    """The MUSTs of section 3.1, and of 3.2 for bodies and targets that are not resources' IRIs."""
    contexts = node["@context"]
    assert WEB_ANNOTATION in (contexts if isinstance(contexts, list) else [contexts])
    assert not isinstance(contexts, list) or len(contexts) > 1  # one alone must be a string
    assert_iri(only(node, "id"))
    assert "Annotation" in values(node, "type")
    assert "bodyValue" not in node
    assert set(values(node, "motivation")) <= {"describing", "identifying"}
    for body in values(node, "body"):
        assert_iri(body)
    assert values(node, "target")
    for target in values(node, "target"):
        check_target(target)


def check_target(target: dict[str, Any]) -> None:
    """Section 4: exactly one source; at most one id."""
    assert_iri(only(target, "source"))
    assert len(values(target, "id")) <= 1
    assert "SpecificResource" in values(target, "type")
    kinds = [str(only(selector, "type")) for selector in values(target, "selector")]
    assert sorted(kinds) == ["TextPositionSelector", "TextQuoteSelector"]
    for selector, kind in zip(values(target, "selector"), kinds, strict=True):
        SELECTORS[kind](selector)


def check_quote_selector(selector: dict[str, Any]) -> None:
    """Section 4.2.4: exactly one exact, at most one prefix and suffix, all of them strings."""
    assert only(selector, "exact")
    for key in ("exact", "prefix", "suffix"):
        assert all(isinstance(text, str) for text in values(selector, key))
        assert len(values(selector, key)) <= 1


def check_position_selector(selector: dict[str, Any]) -> None:
    """Section 4.2.5: exactly one start and one end, non-negative integers."""
    start, end = only(selector, "start"), only(selector, "end")
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert 0 <= start < end


SELECTORS: dict[str, Callable[[dict[str, Any]], None]] = {
    "TextQuoteSelector": check_quote_selector,
    "TextPositionSelector": check_position_selector,
}


def assert_iri(value: object) -> None:
    assert isinstance(value, str)
    assert value.startswith("https://w3id.org/kzun/")


@pytest.fixture(scope="module")
def written(view: View, sources: Sources) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(rdf(view, sources, "jsonld", "annotations"))
    assert found == web_annotations(view)
    return found


def test_every_annotation_keeps_the_rules(written: list[dict[str, Any]], view: View) -> None:
    for node in written:
        check_annotation(node)
    ids = [node["id"] for node in written]
    expected = {
        q.subject for q in view.quads if q.predicate == TYPE and q.object == OA["Annotation"]
    }
    assert {NamedNode(iri) for iri in ids} == expected
    assert len(ids) == len(expected) >= len(view.quotes) > 200


@pytest.mark.parametrize(
    "spoil",
    [
        lambda node: node.update({"@context": [WEB_ANNOTATION]}),
        lambda node: node.update({"@context": {}}),
        lambda node: node.pop("id"),
        lambda node: node.update(type="Note"),
        lambda node: node.update(motivation="https://w3id.org/kzun/motivation"),
        lambda node: node.update(target=[]),
        lambda node: node["target"].pop("source"),
        lambda node: node["target"]["selector"].pop(),
        lambda node: [selector.pop("exact", 0) for selector in node["target"]["selector"]],
        lambda node: [selector.update(start="1") for selector in node["target"]["selector"]],
        lambda node: [
            selector.update(prefix=["a", "b"]) for selector in node["target"]["selector"]
        ],
    ],
)
def test_a_broken_annotation_is_found(
    spoil: Callable[[dict[str, Any]], object], written: list[dict[str, Any]]
) -> None:
    node = json.loads(json.dumps(written[0]))
    check_annotation(node)
    spoil(node)
    with pytest.raises((AssertionError, ValueError, KeyError)):
        check_annotation(node)


@pytest.mark.parametrize("reader", [by_oxigraph, by_rdflib])
def test_the_annotations_expand_to_the_triples_of_the_view(
    reader: Callable[[object], set[Quad]], written: list[dict[str, Any]], view: View
) -> None:
    documents = [with_contexts(node) for node in written]
    assert reader(documents) == set(annotations(view))


def test_each_annotation_is_a_document_of_its_own(
    written: list[dict[str, Any]], view: View
) -> None:
    node = next(n for n in written if n["id"].endswith("/p01-18"))
    found = by_oxigraph(with_contexts(node))
    assert found <= set(view.quads)
    assert objects(found, OA["exact"]) == {"1992 жылғы 2 наурызда"}
    assert objects(found, OA["hasBody"]) == {"https://w3id.org/kzun/claim/p01-18"}
    assert len(objects(found, OA["start"])) == len(objects(found, OA["end"])) == 1


def objects(quads: Iterable[Quad], predicate: NamedNode) -> set[str]:
    return {q.object.value for q in quads if q.predicate == predicate}  # type: ignore[union-attr]
