"""About: what the dataset says of itself in ``data/dataset.ttl``, as plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kzun_graph.errors import KzunError
from kzun_graph.terms import BASE, DC, DCAT, DCTERMS, SKOS
from kzun_graph.text import Place

DATASET = NamedNode(BASE)
EDITORS = "kzun-graph editors"  # whom to cite; the same words stand in pyproject.toml
KEYWORDS = ("Kazakhstan", "United Nations", "knowledge graph", "linked data", "newspaper article")
_PLACE = Place("data/dataset.ttl")


@dataclass(frozen=True)
class About:
    """The dataset's own words; the texts by language.

    ``stated`` are the triples that the files write about the dataset; ``names`` are the names of
    its creator.
    """

    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    rights: Mapping[str, str]
    version: str
    modified: str
    license: str
    creator: NamedNode
    names: Mapping[str, str]
    stated: tuple[Quad, ...]


def about(quads: Iterable[Quad]) -> About:
    """Return what the default graph of ``quads`` says of the dataset.

    Raises KzunError: it lacks a title, a description, its version, date, licence or creator.
    """
    triples = [quad for quad in quads if quad.graph_name == DefaultGraph()]
    stated = tuple(quad for quad in triples if quad.subject == DATASET)

    def one(predicate: NamedNode) -> Literal | NamedNode:
        for quad in stated:
            if quad.predicate == predicate and isinstance(quad.object, Literal | NamedNode):
                return quad.object
        remedy = "add it to the dataset's description"
        raise KzunError(_PLACE, f"the dataset has no {predicate}", remedy)

    creator = one(DCTERMS["creator"])
    assert isinstance(creator, NamedNode)
    one(DCTERMS["title"])
    one(DCTERMS["description"])
    return About(
        titles=_texts(stated, DATASET, DCTERMS["title"]),
        descriptions=_texts(stated, DATASET, DCTERMS["description"]),
        rights=_texts(stated, DATASET, DC["rights"]),
        version=one(DCAT["version"]).value,
        modified=one(DCTERMS["modified"]).value,
        license=one(DCTERMS["license"]).value,
        creator=creator,
        names=_texts(triples, creator, SKOS["prefLabel"]),
        stated=stated,
    )


def _texts(quads: Iterable[Quad], subject: NamedNode, predicate: NamedNode) -> dict[str, str]:
    return {
        quad.object.language: quad.object.value
        for quad in quads
        if quad.subject == subject
        and quad.predicate == predicate
        and isinstance(quad.object, Literal)
        and quad.object.language
    }
