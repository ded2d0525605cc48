"""Model: what a comparison of two builds found, with no word on how it is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kzun_graph.labels import Labels
from kzun_graph.results import Row

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal | Triple
T = TypeVar("T")

# Where a fact stands: in a claim's graph (or about the claim); in a source's graph; in the default
# graph about a source, review or mapping; only in the default graph; or nobody can tell, because
# the files hold no named graphs.
CLAIMED, SOURCED, RECORDED, UNCLAIMED, UNSORTED = ORIGINS = (
    "claimed",
    "sourced",
    "recorded",
    "unclaimed",
    "unsorted",
)


class Fact(NamedTuple):
    """A triple, the claim or source whose graph states it (None: no graph), and its origin."""

    subject: Node
    predicate: NamedNode
    object: Term
    graph: Node | None
    origin: str

    @property
    def block(self) -> Node:
        """The node under which a report lists the fact."""
        return self.subject if self.graph is None else self.graph


@dataclass(frozen=True)
class Changes(Generic[T]):
    """What came, what went, and what took the place of what: pairs of old and new."""

    added: tuple[T, ...] = ()
    removed: tuple[T, ...] = ()
    changed: tuple[tuple[T, T], ...] = ()

    def __len__(self) -> int:
        return len(self.added) + len(self.removed) + len(self.changed)


class ClaimChange(NamedTuple):
    """A claim that came (``old`` is None), went (``new`` is None), or has other quotes."""

    claim: Node
    old: tuple[str, ...] | None
    new: tuple[str, ...] | None


class LabelChange(NamedTuple):
    """The texts that a node lost and got under one property in one language ("": none)."""

    node: Node
    predicate: NamedNode
    language: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


class Verdict(NamedTuple):
    """The overall verdict on a claim, and how many independent sources are for and against it."""

    kind: Term | None
    support: str | None
    dissent: str | None


class VerdictChange(NamedTuple):
    """A claim whose verdict, or the count of voices on it, is another; None: none was held."""

    claim: Node
    old: Verdict | None
    new: Verdict | None


@dataclass(frozen=True)
class AnswerChange:
    """A stored query whose answer is another, with the values it was asked with.

    ``counts`` are the old and the new number of rows; ``removed`` and ``added`` rows are both empty
    where only the order is another. ``old_error`` and ``new_error`` say why there was no answer.
    """

    name: str
    title: Mapping[str, str]
    values: Mapping[str, str]
    variables: tuple[str, ...]
    counts: tuple[int, int] = (0, 0)
    removed: tuple[Row, ...] = ()
    added: tuple[Row, ...] = ()
    old_error: str = ""
    new_error: str = ""


class Gap(NamedTuple):
    """Something that could not be compared: the key of its phrase, and the phrase's values."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Names:
    """What nodes are called, the new label before the old, the quotes of claims, and who is new.

    ``old`` and ``new`` are the subjects and the graphs of the two versions.
    """

    labels: Labels
    old_quotes: Mapping[Node, tuple[str, ...]]
    new_quotes: Mapping[Node, tuple[str, ...]]
    old: frozenset[object]
    new: frozenset[object]

    def quotes(self, node: Node) -> tuple[str, ...] | None:
        """Return the quotes of a claim, the new ones if it has any; None for another node."""
        return self.new_quotes.get(node, self.old_quotes.get(node))

    def sign(self, node: object) -> str:
        """Return "+" for a node that only the new version knows, "-" for a lost one, else "~"."""
        return "~" if node in self.old and node in self.new else "+" if node in self.new else "-"


@dataclass(frozen=True)
class Diff:
    """Everything that differs between ``old`` and ``new`` (the names that the user typed).

    ``answers`` is None when no query was asked. ``others`` counts the statements that differ
    without being listed: "grounding" (annotations, passages, what follows from the rest) and
    "checked" (in the view checked alone).
    """

    old: str
    new: str
    claims: tuple[ClaimChange, ...]
    facts: Changes[Fact]
    labels: tuple[LabelChange, ...]
    links: Changes[Fact]
    verdicts: tuple[VerdictChange, ...]
    answers: tuple[AnswerChange, ...] | None
    others: Mapping[str, int]
    gaps: tuple[Gap, ...]
    names: Names = field(repr=False, compare=False)

    @property
    def empty(self) -> bool:
        """Whether nothing differs, as far as it could be compared."""
        parts = (self.claims, self.facts, self.labels, self.links, self.verdicts, self.answers)
        return not any(parts) and not any(self.others.values())


def ordered(facts: Iterable[Fact]) -> list[Fact]:
    """Return ``facts`` in the canonical order: by origin, block, and the triple."""
    return sorted(facts, key=lambda f: (ORIGINS.index(f.origin), *map(str, (f.block, *f[:4]))))
