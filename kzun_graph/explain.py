"""Explain: everything that is known of a node, each line with where it comes from."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kzun_graph.article import Article
from kzun_graph.ground import Grounded
from kzun_graph.index import Index
from kzun_graph.sources import Sources
from kzun_graph.terms import (
    CHECK,
    CLAIM,
    DCTERMS,
    KZUN,
    MAPPING,
    NIF,
    OA,
    OWL,
    PROV,
    RDFS,
    REVIEW,
    SCHEMA,
    SKOS,
    SOURCE,
    TYPE,
)
from kzun_graph.view import View

_LABELLING = {
    SKOS["prefLabel"],
    SKOS["altLabel"],
    SKOS["hiddenLabel"],
    DCTERMS["description"],
    KZUN["coinedLabelIn"],
    RDFS["label"],
    SKOS["definition"],
}
_GROUNDING = (OA, NIF)
_PARTS = ("Source", "Property", "Target")


@dataclass(frozen=True)
class Words:
    """The quote of a claim with what stands around it in its sentence."""

    before: str
    quote: str
    after: str


@dataclass(frozen=True)
class Fact:
    """A triple about the node, and its origin.

    ``claims`` are the claims and sources that state it (with the claims' words), or the rows that
    bear out a link; without any it is "edited" or "derived", as ``origin`` says.
    """

    quad: Quad
    outgoing: bool
    origin: str
    claims: tuple[NamedNode, ...]
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Explanation:
    """What is known of ``node``: its facts, and for a claim its words and its triples.

    ``forms`` are the words that name it in the article, with how often, the most frequent first.
    """

    node: NamedNode
    types: tuple[NamedNode, ...]
    descriptions: dict[str, str]
    other_names: tuple[Literal, ...]
    coined: tuple[str, ...]
    forms: Mapping[str, int]
    words: tuple[Words, ...]
    attributed: NamedNode | None
    facts: tuple[Fact, ...]


class Explainer:
    """Explains the nodes of one view."""

    def __init__(self, view: View, sources: Sources) -> None:
        self._quads = view.quads
        self._article: Article = sources.article
        self._edited = {_spo(q) for q, _ in sources.located if q.graph_name == DefaultGraph()}
        self._rows = _rows_of_links(view.quads)
        self._default = {_spo(q) for q in view.quads if q.graph_name == DefaultGraph()}
        self._mentions = view.mentions
        self._grounded: dict[object, list[Grounded]] = {}
        for found in view.quotes:
            self._grounded.setdefault(found.node, []).append(found)
        self._claims: dict[object, list[NamedNode]] = {}
        for quad in view.quads:
            if isinstance(quad.graph_name, NamedNode):
                self._claims.setdefault(_spo(quad), []).append(quad.graph_name)

    def explain(self, node: NamedNode) -> Explanation:
        """Return everything that the view holds about ``node``."""
        own = Index(q for q in self._quads if q.subject == node and q.graph_name == DefaultGraph())
        return Explanation(
            node=node,
            types=self._types(node, own),
            descriptions={
                text.language or "": text.value
                for text in (
                    *own.literals(node, DCTERMS["description"]),
                    *own.literals(node, SKOS["definition"]),
                )
            },
            other_names=tuple(own.literals(node, SKOS["altLabel"])),
            coined=tuple(text.value for text in own.literals(node, KZUN["coinedLabelIn"])),
            forms=self._forms(node),
            words=self._words(node),
            attributed=next(own.nodes(node, PROV["wasAttributedTo"]), None),
            facts=tuple(self._stated_by(node) if node in CLAIM else self._facts(node)),
        )

    def _forms(self, node: NamedNode) -> dict[str, int]:
        mentions = {
            q.subject for q in self._quads if q.predicate == OA["hasBody"] and q.object == node
        }
        counts = Counter(m.words.value for m in self._mentions if m.node in mentions)
        return dict(counts.most_common())

    def _types(self, node: NamedNode, own: Index) -> tuple[NamedNode, ...]:
        """Return the classes that are stated, most specific ones: not the derived supertypes."""
        kinds = tuple(own.nodes(node, TYPE))
        stated = (self._edited, self._claims)
        return tuple(k for k in kinds if any((node, TYPE, k) in said for said in stated)) or kinds

    def _facts(self, node: NamedNode) -> Iterator[Fact]:
        told: set[object] = set()  # what several sources state is one fact
        for quad in self._quads:
            if node not in (quad.subject, quad.object) or quad.predicate in _LABELLING:
                continue
            if quad.graph_name == DefaultGraph():
                if not self._aside(quad, node):
                    yield self._fact(quad, outgoing=quad.subject == node)
            elif quad.graph_name in SOURCE and not (
                _spo(quad) in self._default or _spo(quad) in told
            ):
                told.add(_spo(quad))
                yield self._fact(quad, outgoing=quad.subject == node)
        if node in SOURCE:
            yield from self._stated_by(node)

    @staticmethod
    def _aside(quad: Quad, node: NamedNode) -> bool:
        """Tell whether a triple is shown elsewhere, or is only about claims, links and places."""
        if quad.predicate == TYPE or quad.subject in CLAIM:
            return True
        if quad.subject in MAPPING and quad.subject != node:
            return True
        if node in CHECK and (quad.subject in REVIEW or quad.object in REVIEW):
            return True  # told by the fact-check
        if quad.subject in SOURCE and quad.predicate == SCHEMA["about"]:
            return True
        return any(quad.predicate in names for names in _GROUNDING)

    def _stated_by(self, graph: NamedNode) -> Iterator[Fact]:
        for quad in self._quads:
            if quad.graph_name == graph:
                yield Fact(quad, True, "claimed", (graph,), ())

    def _fact(self, quad: Quad, *, outgoing: bool) -> Fact:
        claims = tuple(self._claims.get(_spo(quad), self._rows.get(_spo(quad), ())))
        words = tuple(w for claim in claims for w in self._words(claim))
        origin = "claimed" if claims else "edited" if _spo(quad) in self._edited else "derived"
        return Fact(quad, outgoing, origin, claims, words)

    def _words(self, claim: NamedNode) -> tuple[Words, ...]:
        return tuple(self._in_context(found) for found in self._grounded.get(claim, ()))

    def _in_context(self, found: Grounded) -> Words:
        sentences = self._article.sentences_of(found.span)
        text, span = self._article.text, found.span
        start, end = sentences[0].span.start, sentences[-1].span.end
        return Words(text[start : span.start], text[span.start : span.end], text[span.end : end])


def _rows_of_links(quads: Iterable[Quad]) -> dict[object, list[NamedNode]]:
    """Return the rows of mappings by the triple that they are about."""
    index = Index(quad for quad in quads if quad.subject in MAPPING)
    found: dict[object, list[NamedNode]] = {}
    for row in index.subjects(TYPE, OWL["Axiom"]):
        parts = (next(index.nodes(row, OWL[f"annotated{name}"]), None) for name in _PARTS)
        found.setdefault(tuple(parts), []).append(row)
    return found


def _spo(quad: Quad) -> tuple[object, object, object]:
    return quad.subject, quad.predicate, quad.object
