"""Plain: a comparison as plain objects, for JSON; terms as in SPARQL's JSON results, with labels.

Source of the terms' form: SPARQL 1.1 Query Results JSON Format, 3.2.2.
"""

from collections.abc import Mapping
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode

from kzun_graph.diff.model import (
    AnswerChange,
    Changes,
    ClaimChange,
    Diff,
    Fact,
    LabelChange,
    Names,
    Node,
    Term,
    Verdict,
    VerdictChange,
)
from kzun_graph.diff.phrases import say
from kzun_graph.results import Row
from kzun_graph.terms import XSD

Plain = dict[str, Any]


def plain(diff: Diff, lang: str) -> Plain:
    """Return everything that ``diff`` holds; labels, titles and notes in ``lang``."""
    writer = _Writer(diff.names, lang)
    answers = diff.answers
    return {
        "old": diff.old,
        "new": diff.new,
        "empty": diff.empty,
        "claims": [writer.claim(change) for change in diff.claims],
        "facts": writer.facts(diff.facts),
        "labels": [writer.label(change) for change in diff.labels],
        "links": writer.facts(diff.links),
        "verdicts": [writer.verdict(change) for change in diff.verdicts],
        "queries": None if answers is None else [writer.answer(change) for change in answers],
        "otherStatements": dict(diff.others),
        "notCompared": [
            {"what": gap.key, "values": list(gap.values), "note": say(gap.key, lang, *gap.values)}
            for gap in diff.gaps
        ],
    }


class _Writer:
    """Writes the parts of a comparison as plain objects in one language."""

    def __init__(self, names: Names, lang: str) -> None:
        self._names = names
        self._lang = lang

    def term(self, term: Term) -> Plain:
        if isinstance(term, NamedNode):
            label = self._names.labels.label(term, self._lang)
            return {"type": "uri", "value": term.value, "label": label}
        if isinstance(term, BlankNode):
            return {"type": "bnode", "value": term.value}
        if not isinstance(term, Literal):
            return {"type": "literal", "value": str(term)}
        found: Plain = {"type": "literal", "value": term.value}
        if term.language:
            found["xml:lang"] = term.language
        elif term.datatype != XSD["string"]:
            found["datatype"] = term.datatype.value
        return found

    def facts(self, changes: Changes[Fact]) -> Plain:
        old, new = self._names.old_quotes, self._names.new_quotes
        return {
            "added": [self._fact(fact, new) for fact in changes.added],
            "removed": [self._fact(fact, old) for fact in changes.removed],
            "changed": [
                {"old": self._fact(gone, old), "new": self._fact(come, new)}
                for gone, come in changes.changed
            ],
        }

    def _fact(self, fact: Fact, quotes: Mapping[Node, tuple[str, ...]]) -> Plain:
        return {
            "subject": self.term(fact.subject),
            "property": self.term(fact.predicate),
            "object": self.term(fact.object),
            "graph": self.term(fact.graph) if fact.graph else None,
            "origin": fact.origin,
            "quotes": list(quotes.get(fact.block, ())),
        }

    def claim(self, change: ClaimChange) -> Plain:
        return {
            "claim": self.term(change.claim),
            "old": None if change.old is None else {"quotes": list(change.old)},
            "new": None if change.new is None else {"quotes": list(change.new)},
        }

    def label(self, change: LabelChange) -> Plain:
        return {
            "node": self.term(change.node),
            "property": self.term(change.predicate),
            "language": change.language or None,
            "removed": list(change.removed),
            "added": list(change.added),
        }

    def verdict(self, change: VerdictChange) -> Plain:
        return {
            "claim": self.term(change.claim),
            "quotes": list(self._names.quotes(change.claim) or ()),
            "old": self._held(change.old),
            "new": self._held(change.new),
        }

    def _held(self, verdict: Verdict | None) -> Plain | None:
        if verdict is None:
            return None
        kind = self.term(verdict.kind) if verdict.kind else None
        return {"verdict": kind, "support": verdict.support, "dissent": verdict.dissent}

    def answer(self, change: AnswerChange) -> Plain:
        return {
            "name": change.name,
            "title": change.title[self._lang],
            "values": dict(change.values),
            "rows": {"old": change.counts[0], "new": change.counts[1]},
            "removed": [self._row(change.variables, row) for row in change.removed],
            "added": [self._row(change.variables, row) for row in change.added],
            "oldError": change.old_error or None,
            "newError": change.new_error or None,
        }

    def _row(self, variables: tuple[str, ...], row: Row) -> Mapping[str, Plain]:
        named = zip(variables, row, strict=True)
        return {name: self.term(term) for name, term in named if term is not None}
