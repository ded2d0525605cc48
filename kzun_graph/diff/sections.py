"""Sections: a comparison as sections, blocks and lines of words, for any kind of page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import NamedNode

from kzun_graph import messages
from kzun_graph.diff.model import (
    CLAIMED,
    ORIGINS,
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
from kzun_graph.render import cell
from kzun_graph.results import Row
from kzun_graph.terms import TYPE, curie

ROWS = 5  # of each answer, of those that went and those that came: the JSON holds all


class Line(NamedTuple):
    """A line of a report with its sign: "+" came, "-" went, "~" changed, "" none of these."""

    sign: str
    text: str


@dataclass(frozen=True)
class Block:
    """What changed about one thing."""

    head: Line
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Section:
    """What changed of one kind."""

    title: str
    blocks: tuple[Block, ...]


def sections(diff: Diff, lang: str) -> Iterator[Section]:
    """Yield the sections of the report that are not empty."""
    words = _Words(diff.names, lang)
    titles = {origin: say(origin, lang) for origin in ORIGINS}
    found = [(titles[o], _facts(diff, o, words)) for o in ORIGINS]
    found += [
        (say("labels", lang), _labels(diff.labels, words)),
        (say("links", lang), _blocks(diff.links, {}, words)),
        (say("verdicts", lang), [_verdict(change, words) for change in diff.verdicts]),
        (say("answers", lang), [_answer(change, words) for change in diff.answers or ()]),
        (say("gaps", lang), [Block(Line("", say(g.key, lang, *g.values))) for g in diff.gaps]),
    ]
    yield from (Section(title, tuple(blocks)) for title, blocks in found if blocks)


class _Words:
    """How nodes, facts and rows read in a language."""

    def __init__(self, names: Names, lang: str) -> None:
        self.names = names
        self.lang = lang

    def term(self, term: Term | None, *, short: bool = False) -> str:
        return cell(term, self.names.labels, self.lang, short=short)

    def head(self, node: Node) -> Line:
        """Return the line that names ``node``: a claim by its words, else its label and CURIE."""
        quotes = self.names.quotes(node)
        if quotes is not None:
            return Line(self.names.sign(node), f"{self.term(node)}  {_quoted(quotes)}".rstrip())
        return Line(self.names.sign(node), self._full(node))

    def _full(self, node: Node) -> str:
        if not isinstance(node, NamedNode):
            return self.term(node)
        label, name = self.names.labels.label(node, self.lang), curie(node)
        return name if label == name else f"{label} ({name})"

    def property(self, fact: Fact) -> str:
        if fact.predicate == TYPE:
            return messages.say("type", self.lang)
        return self.term(fact.predicate)

    def fact(self, fact: Fact, block: Node) -> str:
        said = f"{self.property(fact)}: {self.term(fact.object)}"
        return said if fact.subject == block else f"{self.term(fact.subject)} – {said}"

    def change(self, old: Fact, new: Fact) -> str:
        """Return the change in one line: only the value twice where only the value changed."""
        block = new.block
        if old[:2] == new[:2] and old.object != new.object:
            said = f"{self.fact(old, block)} → {self.term(new.object)}"
        elif old[:3] == new[:3]:
            said = self.fact(new, block)
        else:
            said = f"{self.fact(old, block)} → {self.fact(new, block)}"
        if old.graph != new.graph:
            said += f"  [{self.term(old.graph)} → {self.term(new.graph)}]"
        return said

    def row(self, row: Row) -> str:
        return " | ".join(self.term(term, short=True) for term in row)


def _quoted(quotes: Iterable[str]) -> str:
    return ", ".join(f"«{words}»" for words in quotes)


def _facts(diff: Diff, origin: str, words: _Words) -> list[Block]:
    def of(fact: Fact) -> bool:
        return fact.origin == origin

    facts = Changes(
        tuple(filter(of, diff.facts.added)),
        tuple(filter(of, diff.facts.removed)),
        tuple(pair for pair in diff.facts.changed if of(pair[1])),
    )
    claims = {change.claim: _claim(change, words) for change in diff.claims}
    return _blocks(facts, claims if origin == CLAIMED else {}, words)


def _claim(change: ClaimChange, words: _Words) -> Line:
    if change.old is None or change.new is None:
        return words.head(change.claim)
    moved = f"{_quoted(change.old)} → {_quoted(change.new)}"
    return Line("~", f"{words.term(change.claim)}  {moved}")


def _blocks(facts: Changes[Fact], heads: dict[Node, Line], words: _Words) -> list[Block]:
    """Return the facts by block, under the heads given or the blocks' names."""
    lines: dict[Node, list[Line]] = {node: [] for node in heads}
    for old, new in facts.changed:
        lines.setdefault(new.block, []).append(Line("~", words.change(old, new)))
    for sign, plain in (("-", facts.removed), ("+", facts.added)):
        for fact in plain:
            lines.setdefault(fact.block, []).append(Line(sign, words.fact(fact, fact.block)))
    return [
        Block(heads.get(node) or words.head(node), tuple(lines[node]))
        for node in sorted(lines, key=str)
    ]


def _labels(changes: Iterable[LabelChange], words: _Words) -> list[Block]:
    lines: dict[Node, list[Line]] = {}
    for change in changes:
        language = f", {change.language}" if change.language else ""
        start = f"{words.term(change.predicate)}{language}: "
        found = lines.setdefault(change.node, [])
        if len(change.removed) == len(change.added) == 1:
            found.append(Line("~", f"{start}{change.removed[0]} → {change.added[0]}"))
            continue
        found += [Line("-", start + gone) for gone in change.removed]
        found += [Line("+", start + come) for come in change.added]
    return [Block(words.head(node), tuple(found)) for node, found in lines.items()]


def _verdict(change: VerdictChange, words: _Words) -> Block:
    old, new = (_said(verdict, words) for verdict in (change.old, change.new))
    return Block(words.head(change.claim), (Line("-", old), Line("+", new)))


def _said(verdict: Verdict | None, words: _Words) -> str:
    if verdict is None:
        return say("nothing", words.lang)
    kind = words.term(verdict.kind) or say("nothing", words.lang)
    return say("voices", words.lang, kind, verdict.support or "–", verdict.dissent or "–")


def _answer(change: AnswerChange, words: _Words) -> Block:
    given = "".join(f" --{name} {value}" for name, value in change.values.items())
    head = f"{change.name}{given}  {change.title[words.lang]} {_count(change)}".rstrip()
    lines = []
    for sign, error in (("-", change.old_error), ("+", change.new_error)):
        if error:
            lines.append(Line(sign, say("error", words.lang, error)))
    for sign, rows in (("-", change.removed), ("+", change.added)):
        lines += [Line(sign, words.row(row)) for row in rows[:ROWS]]
        if len(rows) > ROWS:
            lines.append(Line(sign, say("more", words.lang, len(rows) - ROWS)))
    if change.counts[0] and not change.counts[1] and not change.new_error:
        lines.append(Line("~", say("emptied", words.lang)))
    if not lines:
        lines.append(Line("~", say("reordered", words.lang)))
    return Block(Line("~", head), tuple(lines))


def _count(change: AnswerChange) -> str:
    parts = ((n, s) for n, s in ((len(change.removed), "−"), (len(change.added), "+")) if n)
    counts = " ".join(f"{sign}{number}" for number, sign in parts)
    return f"({counts})" if counts else ""
