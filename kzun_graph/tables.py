"""Tables: the entities and the facts of a view as CSV for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kzun_graph.ground import Grounded
from kzun_graph.labels import Labels
from kzun_graph.messages import LANGUAGES, say
from kzun_graph.parts import facts
from kzun_graph.sources import Sources
from kzun_graph.terms import DCTERMS, KZUN, SKOS, TYPE
from kzun_graph.view import View

BETWEEN = " | "  # stands between several values of one cell

_TEXTS = {
    "label": SKOS["prefLabel"],
    "description": DCTERMS["description"],
    "other_labels": SKOS["altLabel"],
}
ENTITIES = (
    "id",
    "type",
    "type_label",
    *(f"{name}_{language}" for name in _TEXTS for language in LANGUAGES),
    "coined_labels",
)
FACTS = (
    "subject",
    "subject_label",
    "property",
    "property_label",
    "object",
    "object_label",
    "datatype",
    "language",
    "claim",
    "kind",
    "kind_label",
    "quote",
    "sentence",
    "paragraph",
    "start",
    "end",
)
Row = tuple[str, ...]


class Tables:
    """The two tables of a view; names of types and properties are in ``language``."""

    def __init__(self, view: View, sources: Sources, language: str) -> None:
        self._article = sources.article
        self._language = language
        self._labels = Labels(view.quads)
        self._facts = facts(view, sources, claims=True)
        self._types: dict[object, list[NamedNode]] = {}
        stated = set(view.stated)  # the classes that somebody states, not the derived ones
        for quad in self._facts:
            typing = quad.predicate == TYPE and quad.graph_name == DefaultGraph()
            if typing and quad in stated and isinstance(quad.object, NamedNode):
                self._types.setdefault(quad.subject, []).append(quad.object)
        self._quotes: dict[object, list[Grounded]] = {}
        for found in view.quotes:
            self._quotes.setdefault(found.node, []).append(found)

    def entities(self) -> bytes:
        """Return what is labelled as CSV, one row each: types, labels, descriptions.

        ``coined_labels`` names the languages in which the label is the editors' own.
        """
        own: dict[object, list[Quad]] = {}
        for quad in self._facts:
            if quad.graph_name == DefaultGraph():
                own.setdefault(quad.subject, []).append(quad)
        labelled = {q.subject for q in self._facts if q.predicate == SKOS["prefLabel"]}
        return to_csv(ENTITIES, (self._entity(n, own[n]) for n in sorted(labelled, key=str)))

    def facts(self) -> bytes:
        """Return what the claims state as CSV: a row for each fact, claim and quote of the claim.

        ``start`` and ``end`` count Unicode code points of the article, half-open.
        """
        claimed = [quad for quad in self._facts if quad.graph_name != DefaultGraph()]
        return to_csv(FACTS, (row for quad in claimed for row in self._fact(quad)))

    def _entity(self, node: object, quads: list[Quad]) -> Row:
        assert isinstance(node, NamedNode)
        texts = [
            BETWEEN.join(sorted(_values(quads, predicate, language)))
            for predicate in _TEXTS.values()
            for language in LANGUAGES
        ]
        coined = BETWEEN.join(sorted(_values(quads, KZUN["coinedLabelIn"], None)))
        return (node.value, *self._kind(node), *texts, coined)

    def _fact(self, quad: Quad) -> Iterator[Row]:
        what = (
            *self._named(quad.subject),
            *self._named(quad.predicate),
            *self._named(quad.object),
            *_literal_kind(quad.object),
            *self._named(quad.graph_name)[:1],
            *self._kind(quad.graph_name),
        )
        for found in self._quotes.get(quad.graph_name, ()):
            yield (*what, *self._ground(found))
        if quad.graph_name not in self._quotes:
            yield (*what, "", "", "", "", "")

    def _ground(self, found: Grounded) -> Row:
        sentences = self._article.sentences_of(found.span)
        return (
            found.words.value,
            BETWEEN.join(sentence.iri.value for sentence in sentences),
            found.paragraph.iri.value,
            str(found.span.start),
            str(found.span.end),
        )

    def _kind(self, node: object) -> Row:
        """Return the stated types of ``node``: their IRIs and their labels."""
        types = self._types.get(node, [])
        labels = (self._labels.label(kind, self._language) for kind in types)
        return BETWEEN.join(kind.value for kind in types), BETWEEN.join(labels)

    def _named(self, term: object) -> Row:
        """Return a node's IRI and label, or a literal's text and nothing."""
        if term == TYPE:
            return TYPE.value, say("type", self._language)
        if isinstance(term, NamedNode):
            return term.value, self._labels.label(term, self._language)
        assert isinstance(term, Literal)
        return term.value, ""


def _values(quads: list[Quad], predicate: NamedNode, language: str | None) -> Iterator[str]:
    for quad in quads:
        text = quad.object
        if quad.predicate == predicate and isinstance(text, Literal) and text.language == language:
            yield text.value


def _literal_kind(term: object) -> Row:
    """Return the datatype and the language of a literal; nothing for a node."""
    return (term.datatype.value, term.language or "") if isinstance(term, Literal) else ("", "")


def to_csv(columns: Row, rows: Iterable[Row]) -> bytes:
    """Return a table as spreadsheets read it right: UTF-8 with byte order mark, CRLF line ends.

    Source: RFC 4180, 2 (the byte order mark is what tells LibreOffice and Excel that it is UTF-8).
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
