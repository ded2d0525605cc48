"""The ontology: complete, used, shown by examples, and within OWL 2 RL."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import pytest
import rdflib
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

import kzun_graph
from kzun_graph import resources
from kzun_graph.reader import read
from kzun_graph.sources import Sources
from kzun_graph.terms import (
    BASE,
    GN,
    ID,
    KZUN,
    NAMESPACES,
    OWL,
    RDF,
    RDFS,
    SKOS,
    SSSOM,
    TYPE,
    WD,
    XSD,
    curie,
    expand,
)
from kzun_graph.view import View

FOLDER = resources.root() / "ontology"
OWN = [found.quad for found in read(FOLDER / "kzun.ttl")]
REUSED = [found.quad for found in read(FOLDER / "reused.ttl")]
ONTOLOGY = [*OWN, *REUSED]
HEADER = NamedNode(f"{BASE}ontology")

CLASS, OBJECT, DATATYPE, ANNOTATION = (
    OWL[name] for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
)
INDIVIDUAL, FUNCTIONAL = OWL["NamedIndividual"], OWL["FunctionalProperty"]
ORDERS = {OWL["AsymmetricProperty"], OWL["IrreflexiveProperty"]}
KINDS = {CLASS, OBJECT, DATATYPE, ANNOTATION, INDIVIDUAL}

LANGUAGES = ["en", "kk", "ru"]
# The words of RDF and OWL themselves need no declaration.
_BUILT_IN = (RDF, RDFS, OWL, XSD)
# Other datasets, which links lead to, hold things and no words.
_THINGS = (GN, WD)
# Declared for rows of mappings that somebody has reviewed; so far nobody has.
_AWAITED = {SSSOM["reviewer_id"], SSSOM["reviewer_label"]}
# A verdict that no claim has today.
_UNUSED = {KZUN["Disputed"]}
# Vocabularies: all namespaces but those built in and those that the project's nodes lie in.
VOCABULARIES = [
    n
    for n in NAMESPACES
    if n not in (*_BUILT_IN, *_THINGS) and (n == KZUN or not n.iri.startswith(BASE))
]
MAPPINGS = {
    RDFS["subClassOf"],
    RDFS["subPropertyOf"],
    *(SKOS[f"{kind}Match"] for kind in ("exact", "close", "broad", "narrow", "related")),
}


def kinds_of(quads: Iterable[Quad]) -> dict[NamedNode, set[NamedNode]]:
    found: dict[NamedNode, set[NamedNode]] = {}
    for quad in quads:
        if quad.predicate == TYPE and quad.object in KINDS:
            found.setdefault(quad.subject, set()).add(quad.object)
    return found


DECLARED = kinds_of(ONTOLOGY)
TERMS = sorted((node for node in kinds_of(OWN)), key=str)


def triples(quads: Iterable[Quad]) -> set[tuple[object, object, object]]:
    return {(q.subject, q.predicate, q.object) for q in quads}


def short(nodes: Iterable[NamedNode]) -> list[str]:
    return sorted(curie(node) for node in nodes)


@pytest.fixture(scope="module")
def view(views: dict[str, View]) -> View:
    """All views at once: some terms stand only in reviews, or only in what sources state."""
    quads = dict.fromkeys(quad for view in views.values() for quad in view.quads)
    return replace(views["all"], stated=tuple(quads), derived=())


@pytest.fixture(scope="module")
def said(view: View) -> list[Quad]:
    """What the view says besides the ontology itself."""
    own = triples(ONTOLOGY)
    return [q for q in view.quads if (q.subject, q.predicate, q.object) not in own]


# ---------------------------------------------------------------- the file and its header


@pytest.mark.parametrize("name", ["kzun.ttl", "reused.ttl"])
def test_two_parsers_read_the_same(name: str) -> None:
    quads = OWN if name == "kzun.ttl" else REUSED
    assert len(rdflib.Graph().parse(FOLDER / name)) == len(triples(quads)) > 100


def test_header_is_complete() -> None:
    header: dict[str, list[str]] = {}
    for quad in OWN:
        if quad.subject == HEADER:
            key = curie(quad.predicate)
            value = quad.object
            text = value.language or value.value if isinstance(value, Literal) else value.value
            header.setdefault(key, []).append(text)
    created, modified = header.pop("dcterms:created"), header.pop("dcterms:modified")
    assert len(created) == len(modified) == 1
    assert created <= modified
    assert {key: sorted(values) for key, values in header.items()} == {
        "rdf:type": [OWL["Ontology"].value],
        "dcterms:title": LANGUAGES,
        "dcterms:description": LANGUAGES,
        "dcterms:creator": [ID["editors"].value],
        "dcterms:license": ["https://creativecommons.org/licenses/by/4.0/"],
        "owl:versionIRI": [f"{HEADER.value}/{kzun_graph.__version__}"],
        "owl:versionInfo": [kzun_graph.__version__],
        "vann:preferredNamespacePrefix": [KZUN.prefix],
        "vann:preferredNamespaceUri": [KZUN.iri],
    }


def test_version_is_the_same_wherever_it_is_written(sources: Sources) -> None:
    dataset = [q.object.value for q, _ in sources.located if curie(q.predicate) == "dcat:version"]
    assert dataset == [kzun_graph.__version__]


def test_no_blank_nodes(sources: Sources, view: View) -> None:
    quads = [*(found.quad for found in sources.located), *view.quads]
    assert quads
    assert not [q for q in quads if BlankNode in (type(q.subject), type(q.object))]


# ---------------------------------------------------------------- declared and used


def test_every_used_term_is_declared(view: View, said: list[Quad]) -> None:
    used = {q.predicate for q in view.quads}
    used |= {q.object for q in view.quads if q.predicate == TYPE}
    used |= {node for q in said for node in (q.subject, q.object)}
    terms = {node for node in used if any(node in space for space in VOCABULARIES)}
    assert short(terms - set(DECLARED)) == []


def test_every_namespace_used_has_a_prefix(view: View) -> None:
    nodes = {q.predicate for q in view.quads} | {
        q.object for q in view.quads if q.predicate == TYPE
    }
    assert [curie(node) for node in nodes if curie(node).startswith("<")] == []


def test_every_own_term_is_used(said: list[Quad]) -> None:
    used = {node for q in said for node in (q.predicate, q.object)}
    # A class whose only instances stand in the ontology lives by the use of those.
    used |= {q.object for q in OWN if q.predicate == TYPE and q.subject in used}
    assert short(set(TERMS) - used) == short(_UNUSED)


def test_every_reused_term_is_used(view: View) -> None:
    used = {q.predicate for q in view.quads}
    used |= {q.object for q in view.quads}
    assert short(set(kinds_of(REUSED)) - used - _AWAITED) == []


def test_each_file_declares_its_own_terms_only() -> None:
    assert short({q.subject for q in OWN if q.subject not in KZUN}) == [f"<{HEADER.value}>"]
    assert short({q.subject for q in REUSED if q.subject in KZUN}) == []
    assert short({q.subject for q in ONTOLOGY} - set(DECLARED) - {HEADER}) == []


def test_reused_terms_have_one_label_in_each_language() -> None:
    labels = Counter((q.subject, q.object.language) for q in REUSED if q.predicate == RDFS["label"])
    assert set(labels) == {(term, lang) for term in kinds_of(REUSED) for lang in LANGUAGES}
    assert set(labels.values()) == {1}


# ---------------------------------------------------------------- each own term


@pytest.mark.parametrize("predicate", [RDFS["label"], SKOS["definition"]], ids=curie)
def test_texts_once_in_each_language(predicate: NamedNode) -> None:
    found: dict[NamedNode, list[str]] = {term: [] for term in TERMS}
    for quad in OWN:
        if quad.predicate == predicate:
            found[quad.subject].append(quad.object.language)
            assert quad.object.value.strip()
    assert [curie(term) for term, langs in found.items() if sorted(langs) != LANGUAGES] == []


def test_definitions_differ() -> None:
    counts = Counter(q.object for q in OWN if q.predicate == SKOS["definition"])
    assert [text for text, count in counts.items() if count > 1] == []


def test_each_term_is_mapped() -> None:
    mapped = {q.subject for q in OWN if q.predicate in MAPPINGS}
    # An individual is placed by its class.
    mapped |= {q.subject for q in OWN if q.predicate == TYPE and q.object in KZUN}
    assert short(set(TERMS) - mapped) == []


def test_mappings_lead_out_of_the_project() -> None:
    """Going up from each class and property, one meets a term of another vocabulary."""
    steps: dict[NamedNode, set[NamedNode]] = {}
    for quad in OWN:
        if quad.predicate in MAPPINGS:
            steps.setdefault(quad.subject, set()).add(quad.object)
    lost = []
    for term in TERMS:
        if INDIVIDUAL in DECLARED[term]:
            continue
        reached, todo = set(), [term]
        while todo:
            node = todo.pop()
            if node not in reached:
                reached.add(node)
                todo += steps.get(node, ())
        if all(node in KZUN for node in reached):
            lost.append(term)
    assert short(lost) == []


def test_examples_show_the_term(view: View) -> None:
    shown: dict[object, set[object]] = {}
    for q in view.quads:
        holder = q.subject if q.graph_name == DefaultGraph() else q.graph_name
        shown.setdefault(holder, set()).update((q.predicate, q.object))
    examples = [(q.subject, q.object) for q in OWN if q.predicate == SKOS["example"]]
    assert {term for term, _ in examples} == set(TERMS)
    wrong = [
        f"{curie(t)} {curie(e)}"
        for t, e in examples
        if t not in shown.get(e, ()) and t not in _UNUSED
    ]
    assert wrong == []


# ---------------------------------------------------------------- the profile, OWL 2 RL
# Allowed: classes, three kinds of properties and individuals, and between named ones the axioms
# below. All of them are of OWL 2 RL (OWL 2 Profiles, 4.2); anything else has to be added here.

AXIOMS = {  # predicate: the kinds that may stand left and right of it
    RDFS["subClassOf"]: [(CLASS, CLASS)],
    OWL["disjointWith"]: [(CLASS, CLASS)],
    RDFS["subPropertyOf"]: [(OBJECT, OBJECT), (DATATYPE, DATATYPE)],
    OWL["inverseOf"]: [(OBJECT, OBJECT)],
    RDFS["domain"]: [(OBJECT, CLASS), (DATATYPE, CLASS)],
    # Datatype properties have no range: OWL 2 has no xsd:date and no xsd:gYear.
    RDFS["range"]: [(OBJECT, CLASS)],
}
CHARACTERISTICS = {FUNCTIONAL: {OBJECT, DATATYPE}} | {order: {OBJECT} for order in ORDERS}
NOTES = {RDFS["isDefinedBy"], RDFS["label"], OWL["versionIRI"], OWL["versionInfo"]}


def test_only_axioms_of_the_profile() -> None:
    logical = {q.predicate for q in ONTOLOGY if any(q.predicate in space for space in _BUILT_IN)}
    assert short(logical - {TYPE} - NOTES) == short(AXIOMS)


def test_other_predicates_are_annotations() -> None:
    others = {
        q.predicate
        for q in ONTOLOGY
        if q.subject != HEADER and not any(q.predicate in space for space in _BUILT_IN)
    }
    assert others
    assert short(p for p in others if DECLARED.get(p) != {ANNOTATION}) == []


def test_axioms_join_declared_terms_of_the_right_kind() -> None:
    wrong = []
    for q in ONTOLOGY:
        if q.predicate in AXIOMS:
            left, right = DECLARED.get(q.subject, set()), DECLARED.get(q.object, set())
            if not any(a in left and b in right for a, b in AXIOMS[q.predicate]):
                wrong.append(f"{curie(q.subject)} {curie(q.predicate)} {curie(q.object)}")
    assert wrong == []


def test_types_are_kinds_characteristics_or_own_classes() -> None:
    wrong = []
    for q in ONTOLOGY:
        if q.predicate != TYPE or q.object in KINDS or q.object == OWL["Ontology"]:
            continue
        kinds = DECLARED.get(q.subject, set())
        if q.object in CHARACTERISTICS:
            fits = bool(kinds & CHARACTERISTICS[q.object])
        else:
            fits = kinds == {INDIVIDUAL} and DECLARED.get(q.object) == {CLASS}
        if not fits:
            wrong.append(f"{curie(q.subject)} a {curie(q.object)}")
    assert wrong == []


def test_each_term_is_of_one_kind() -> None:
    """So no property is both of objects and of data, and no class an individual."""
    assert [curie(term) for term, kinds in DECLARED.items() if len(kinds) != 1] == []


def test_words_of_rdf_and_owl_get_no_new_kind() -> None:
    """OWL 2, 5.3 and 5.5: of the reserved words only the built-in annotations are properties."""
    annotations = {RDFS[name] for name in ("label", "comment", "seeAlso", "isDefinedBy")}
    reserved = {term for term in DECLARED if any(term in space for space in _BUILT_IN)}
    assert short(reserved - annotations) == []


def test_values_fit_the_kind_of_their_property(view: View) -> None:
    assert view.quads
    wrong = {
        curie(q.predicate)
        for q in view.quads
        if (isinstance(q.object, Literal) and OBJECT in DECLARED.get(q.predicate, ()))
        or (isinstance(q.object, NamedNode) and DATATYPE in DECLARED.get(q.predicate, ()))
    }
    assert wrong == set()


def test_superclasses_form_no_circle() -> None:
    up: dict[NamedNode, set[NamedNode]] = {}
    for quad in ONTOLOGY:
        if quad.predicate in (RDFS["subClassOf"], RDFS["subPropertyOf"]):
            up.setdefault(quad.subject, set()).add(quad.object)
    while leaves := {node for node in up if not up[node] & set(up)}:
        up = {node: above for node, above in up.items() if node not in leaves}
    assert short(up) == []


def test_curies_of_the_terms_read_back() -> None:
    assert [expand(curie(term)) for term in TERMS] == TERMS
