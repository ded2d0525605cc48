"""Fact-check: what other sources say of each claim, in the order of the text."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kzun_graph.index import Index
from kzun_graph.terms import DCTERMS, KZUN, RDFS, SCHEMA
from kzun_graph.verdicts import NOT_EXAMINED
from kzun_graph.view import View


@dataclass(frozen=True)
class Review:
    """One source's verdict; ``source`` is None where sources were looked for in vain."""

    verdict: NamedNode
    source: NamedNode | None
    title: str | None
    publisher: NamedNode | None
    address: str | None
    published: str | None


@dataclass(frozen=True)
class Check:
    """What was found on one matter, by language, and the reviews that it rests on."""

    finding: dict[str, str]
    reviews: tuple[Review, ...]


@dataclass(frozen=True)
class Statement:
    """What sources state of one node, and the article does not.

    ``relation`` is "correction" or "refinement" where the claim speaks of that node too, else
    "besides".
    """

    relation: str
    triples: tuple[Quad, ...]
    sources: tuple[NamedNode, ...]


@dataclass(frozen=True)
class Verdict:
    """A claim and what its reviews come to.

    ``support`` and ``dissent`` are numbers of sources independent of each other.
    """

    claim: NamedNode
    quotes: tuple[str, ...]
    paragraph: int
    verdict: NamedNode
    support: int
    dissent: int
    checks: tuple[Check, ...]
    statements: tuple[Statement, ...]


class FactCheck:
    """The verdicts on the claims of the view ``all``."""

    def __init__(self, view: View) -> None:
        self._default = Index(q for q in view.quads if q.graph_name == DefaultGraph())
        self._graphs: dict[object, list[Quad]] = {}
        for quad in view.quads:
            if quad.graph_name != DefaultGraph():
                self._graphs.setdefault(quad.graph_name, []).append(quad)
        self._quotes: dict[NamedNode, list[str]] = {}
        self._paragraphs: dict[NamedNode, int] = {}
        for found in view.quotes:  # in the order of the text
            self._quotes.setdefault(found.node, []).append(found.words.value)
            number = int(found.paragraph.iri.value.rpartition("-p")[2])
            self._paragraphs.setdefault(found.node, number)

    def verdicts(self) -> list[Verdict]:
        """Return the verdict on every claim, in the order of the text."""
        return [self.verdict(claim) for claim in self._quotes]

    def verdict(self, claim: NamedNode) -> Verdict:
        """Return the verdict on one claim."""
        return Verdict(
            claim=claim,
            quotes=tuple(self._quotes.get(claim, ())),
            paragraph=self._paragraphs.get(claim, 0),
            verdict=next(self._default.nodes(claim, KZUN["verdict"]), NOT_EXAMINED),
            support=self._number(claim, "independentSupport"),
            dissent=self._number(claim, "independentDissent"),
            checks=tuple(self._checks(claim)),
            statements=tuple(self._statements(claim)),
        )

    def _number(self, claim: NamedNode, name: str) -> int:
        return next((int(n.value) for n in self._default.literals(claim, KZUN[name])), 0)

    def _checks(self, claim: NamedNode) -> Iterator[Check]:
        checks: dict[NamedNode, list[NamedNode]] = {}
        for review in self._default.subjects(SCHEMA["itemReviewed"], claim):
            for check in self._default.nodes(review, DCTERMS["isPartOf"]):
                checks.setdefault(check, []).append(review)
        for check, reviews in sorted(checks.items(), key=lambda item: item[0].value):
            yield self._check(check, reviews)

    def check(self, check: NamedNode) -> Check:
        """Return what was found on one matter, with all its reviews."""
        return self._check(check, self._default.subjects(DCTERMS["isPartOf"], check))

    def _check(self, check: NamedNode, reviews: Iterable[NamedNode]) -> Check:
        found = self._default.literals(check, KZUN["finding"])
        finding = {text.language or "": text.value for text in found}
        return Check(finding, tuple(self._review(review) for review in reviews))

    def _review(self, review: NamedNode) -> Review:
        source = next(self._default.nodes(review, SCHEMA["isBasedOn"]), None)
        address = next(self._default.nodes(source, SCHEMA["url"]), None)
        title = next(self._default.literals(source, RDFS["label"]), None)
        day = next(self._default.literals(source, SCHEMA["datePublished"]), None)
        return Review(
            verdict=next(self._default.nodes(review, SCHEMA["reviewRating"])),
            source=source,
            title=title.value if title else None,
            publisher=next(self._default.nodes(source, SCHEMA["publisher"]), None),
            address=address.value if address else None,
            published=day.value if day else None,
        )

    def _statements(self, claim: NamedNode) -> list[Statement]:
        """Return what sources state on a claim's matter and the article does not.

        What they state of the claim's own nodes comes first.
        """
        subjects = {quad.subject for quad in self._graphs.get(claim, ())}
        found = []
        for name, relation in (("corrects", "correction"), ("refines", "refinement")):
            saying: dict[tuple[object, ...], list[Quad]] = {}
            for source in self._default.subjects(KZUN[name], claim):
                about = self._about(claim, source)
                for quad in self._graphs.get(source, ()):
                    if quad.subject in about and not self._said(quad):
                        spo = (quad.subject, quad.predicate, quad.object)
                        saying.setdefault(spo, []).append(quad)
            grouped: dict[tuple[object, tuple[NamedNode, ...]], list[Quad]] = {}
            for quads in saying.values():
                sources = tuple(cast(NamedNode, quad.graph_name) for quad in quads)
                grouped.setdefault((quads[0].subject, sources), []).append(quads[0])
            for (subject, sources), triples in grouped.items():
                kind = relation if subject in subjects else "besides"
                found.append(Statement(kind, tuple(triples), sources))
        return sorted(found, key=lambda statement: statement.relation == "besides")

    def _about(self, claim: NamedNode, source: NamedNode) -> set[NamedNode]:
        """Return what the reviews of ``claim`` by ``source`` say that it states something of."""
        return {
            node
            for review in self._default.subjects(SCHEMA["itemReviewed"], claim)
            if source in self._default.nodes(review, SCHEMA["isBasedOn"])
            for node in self._default.nodes(review, SCHEMA["about"])
        }

    def _said(self, quad: Quad) -> bool:
        """Tell whether the article says it too."""
        return any(
            same.predicate == quad.predicate and same.object == quad.object
            for same in self._default.of(quad.subject)
        )


def counts(found: Iterable[Verdict]) -> Counter[NamedNode]:
    """Return how many claims have each verdict."""
    return Counter(verdict.verdict for verdict in found)
