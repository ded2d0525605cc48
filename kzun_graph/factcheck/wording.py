"""Wording: the parts of a fact-check in the reader's language, for every form of the report."""

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad

from kzun_graph.factcheck.model import Check, Review, Statement, Verdict, counts
from kzun_graph.labels import Labels
from kzun_graph.messages import say
from kzun_graph.render import cell
from kzun_graph.terms import KZUN, curie

MARKS = {
    KZUN["Corroborated"]: "✓",
    KZUN["Imprecise"]: "≈",
    KZUN["Contradicted"]: "✗",
    KZUN["Disputed"]: "⇄",
    KZUN["Unverifiable"]: "?",
    KZUN["NotExamined"]: "·",
}


class Wording:
    """Says the parts of a fact-check in one language."""

    def __init__(self, labels: Labels, language: str) -> None:
        self._labels = labels
        self._language = language

    @property
    def title(self) -> str:
        """The heading of the report."""
        return say("fact-check", self._language)

    @property
    def in_sources(self) -> str:
        """The heading above what other sources say of one claim."""
        return say("in sources", self._language)

    def paragraph(self, number: int) -> str:
        """Return the heading of a paragraph."""
        return say("paragraph number", self._language, number)

    def totals(self, found: Iterable[Verdict]) -> Iterator[tuple[str, int]]:
        """Yield how many claims have each verdict that occurs, in the order of the scheme."""
        numbers = counts(found)
        for verdict, mark in ((v, m) for v, m in MARKS.items() if numbers[v]):
            yield f"{mark} {self.label(verdict)}", numbers[verdict]

    def label(self, verdict: NamedNode) -> str:
        """Return the label of a verdict."""
        return self._labels.label(verdict, self._language)

    def verdict(self, found: Verdict) -> str:
        """Return the overall verdict, with the numbers of independent sources."""
        text = f"{MARKS[found.verdict]} {self.label(found.verdict)}"
        if found.support or found.dissent:
            text += f" ({say('voices', self._language, found.support, found.dissent)})"
        return text

    def finding(self, check: Check) -> str:
        """Return what a check found."""
        return check.finding.get(self._language) or check.finding.get("en", "")

    def source(self, review: Review) -> str:
        """Return a review's verdict, publisher, title and date; its address stands apart."""
        if not review.source:
            return f"{self.label(review.verdict)}: {say('no source', self._language)}"
        named = [cell(review.publisher, self._labels, self._language)]
        if review.title:
            named.append(f"“{review.title}”")
        if review.published:
            named.append(review.published)
        if not review.address:
            named.append(say("no address", self._language))
        return f"{self.label(review.verdict)}: {', '.join(named)}"

    def statement(self, found: Statement) -> str:
        """Return what sources state, in the labels of the ontology, and which sources they are."""
        kind = say(found.relation, self._language)
        subject = cell(found.triples[0].subject, self._labels, self._language, short=True)
        said = "; ".join(self._said(quad) for quad in found.triples)
        sources = ", ".join(curie(source) for source in found.sources)
        return f"{kind}: {subject} – {said} [{sources}]"

    def _said(self, quad: Quad) -> str:
        name, value = (
            cell(term, self._labels, self._language, short=True)
            for term in (quad.predicate, quad.object)
        )
        return f"{name}: {value}"
