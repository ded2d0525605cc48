"""Nanopublications: each claim of a view alone, with its provenance, so that it can be cited alone.

Source: Nanopublication Guidelines (working draft), "Basic Elements"; TriG, section 2.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, serialize

from kzun_graph.terms import (
    BASE,
    CLAIM,
    DC,
    DCAT,
    DCTERMS,
    NAMESPACES,
    OA,
    PROV,
    SCHEMA,
    TYPE,
    Namespace,
)
from kzun_graph.view import View, order

NANOPUB = Namespace("nanopub", f"{BASE}nanopub/")
NP = Namespace("np", "http://www.nanopub.org/nschema#")

_DATASET = NamedNode(BASE)
_PUBLICATION = (
    DC["rights"],
    DCAT["version"],
    DCTERMS["created"],
    DCTERMS["creator"],
    DCTERMS["license"],
)

Index = Mapping[object, list[Quad]]


def nanopublications(view: View) -> list[Quad]:
    """Return the nanopublications of the claims of ``view``: four graphs each, the head first.

    ``nanopub/p01-18`` has the graphs ``nanopub/p01-18/head``, ``/assertion``, ``/provenance`` and
    ``/pubinfo``. With a slash, and not with "#", the PyPI package nanopub renames the graphs with
    the publication when somebody signs it. Readers of many nanopublications in one file want the
    head before the rest. There is no time of building: "created" is the dataset's.
    """
    return [quad for quads in _by_claim(view).values() for quad in quads]


def nanopub_files(view: View) -> dict[str, bytes]:
    """Return a TriG file for each claim of ``view``, by name, the same bytes on every run.

    The PyPI package nanopub reads one nanopublication a file.
    """
    return {
        f"{claim.value.removeprefix(CLAIM.iri)}.trig": _document(claim, quads)
        for claim, quads in _by_claim(view).items()
    }


def nanopub_bytes(view: View) -> bytes:
    """Return the files of :func:`nanopub_files` one behind the other, which is TriG again."""
    return b"\n".join(nanopub_files(view).values())


def _by_claim(view: View) -> dict[NamedNode, list[Quad]]:
    claims: dict[NamedNode, list[Quad]] = defaultdict(list)
    about: dict[object, list[Quad]] = defaultdict(list)
    inferred = {quad for quad in view.derived if quad.predicate != PROV["wasAttributedTo"]}
    for quad in view.quads:
        if quad.graph_name in CLAIM:
            assert isinstance(quad.graph_name, NamedNode)
            claims[quad.graph_name].append(quad)
        elif quad.graph_name == DefaultGraph() and quad not in inferred:
            about[quad.subject].append(quad)
    bodies: dict[object, list[Quad]] = defaultdict(list)
    for quads in tuple(about.values()):
        for quad in quads:
            if quad.predicate == OA["hasBody"]:
                bodies[quad.object].append(quad)
    return {
        claim: [*_nanopublication(claim, stated, about, bodies[claim])]
        for claim, stated in sorted(claims.items(), key=lambda item: item[0].value)
    }


def _nanopublication(
    claim: NamedNode, stated: list[Quad], about: Index, bodies: list[Quad]
) -> Iterator[Quad]:
    name = claim.value.removeprefix(CLAIM.iri)
    node = NANOPUB[name]
    head, assertion, provenance, pubinfo = (
        NANOPUB[f"{name}/{part}"] for part in ("head", "assertion", "provenance", "pubinfo")
    )
    yield Quad(node, TYPE, NP["Nanopublication"], head)
    yield Quad(node, NP["hasAssertion"], assertion, head)
    yield Quad(node, NP["hasProvenance"], provenance, head)
    yield Quad(node, NP["hasPublicationInfo"], pubinfo, head)
    yield from _in(assertion, stated)
    yield from _in(provenance, _provenance(claim, assertion, about, bodies))
    yield from _in(pubinfo, _publication(node, about))


def _provenance(
    claim: NamedNode, assertion: NamedNode, about: Index, bodies: list[Quad]
) -> Iterator[Quad]:
    """Yield what is known of the claim, said of its assertion, and the places of its quotes.

    The annotations keep the claim as their body: they are the dataset's own, and the assertion is
    another form of that claim.
    """
    yield Quad(assertion, PROV["alternateOf"], claim)
    for quad in about[claim]:
        if quad.predicate != SCHEMA["about"]:
            yield Quad(assertion, quad.predicate, quad.object)
    for quad in _annotated(bodies, about):
        yield quad
        if quad.predicate == OA["hasSource"]:
            yield Quad(assertion, PROV["wasDerivedFrom"], quad.object)


def _annotated(bodies: list[Quad], about: Index) -> Iterator[Quad]:
    """Yield the annotations, their targets (the passages) and the targets' selectors."""
    nodes: list[object] = [body.subject for body in bodies]
    for node in nodes:  # grows while it is walked
        for quad in about[node]:
            yield quad
            if quad.predicate in (OA["hasTarget"], OA["hasSelector"]):
                nodes.append(quad.object)


def _publication(node: NamedNode, about: Index) -> Iterator[Quad]:
    yield Quad(node, DCTERMS["isPartOf"], _DATASET)
    for quad in about[_DATASET]:
        if quad.predicate in _PUBLICATION:
            yield Quad(node, quad.predicate, quad.object)


def _in(graph: NamedNode, quads: Iterable[Quad]) -> list[Quad]:
    """Return the triples of ``quads``, each once, in ``graph`` and in the canonical order."""
    return sorted({Quad(q.subject, q.predicate, q.object, graph) for q in quads}, key=order)


def _document(claim: NamedNode, quads: list[Quad]) -> bytes:
    """Return one nanopublication as TriG with the prefixes that it needs, sorted."""
    name = claim.value.removeprefix(CLAIM.iri)
    sub = Namespace("sub", f"{NANOPUB.iri}{name}/")
    nodes = {term.datatype if isinstance(term, Literal) else term for q in quads for term in q}
    used = (n for n in (*NAMESPACES, NANOPUB, NP, sub) if any(node in n for node in nodes))
    data = serialize(quads, format=RdfFormat.TRIG, prefixes={n.prefix: n.iri for n in used})
    assert data is not None
    lines = data.splitlines(keepends=True)
    declared = [line for line in lines if line.startswith(b"@prefix")]
    return b"".join([*sorted(declared), *lines[len(declared) :]])
