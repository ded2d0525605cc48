"""Compare: sort what differs between two sets of quads by what it is, and pair old with new."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kzun_graph.diff.model import (
    CLAIMED,
    RECORDED,
    SOURCED,
    UNCLAIMED,
    UNSORTED,
    Changes,
    ClaimChange,
    Fact,
    LabelChange,
    Node,
    Term,
    Verdict,
    VerdictChange,
    ordered,
)
from kzun_graph.diff.versions import Pair
from kzun_graph.terms import (
    CHECK,
    CLAIM,
    DCTERMS,
    KZUN,
    MAPPING,
    NIF,
    OA,
    OWL,
    PUBLISHER,
    RDFS,
    REVIEW,
    SCHEMA,
    SKOS,
    SOURCE,
    SSSOM,
    TYPE,
    VOID,
)

_QUOTE = KZUN["quote"]
_VERDICT = (KZUN["verdict"], KZUN["independentSupport"], KZUN["independentDissent"])
_LABELS = {
    SKOS["prefLabel"],
    SKOS["altLabel"],
    SKOS["hiddenLabel"],
    SKOS["definition"],
    RDFS["label"],
    RDFS["comment"],
    DCTERMS["title"],
    DCTERMS["description"],
}
_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
_LINKS = {OWL["sameAs"], *(SKOS[match] for match in _MATCHES)}
_RECORDS = (SOURCE, PUBLISHER, CHECK, REVIEW, MAPPING)
_SEGMENTS = (NIF["Paragraph"], NIF["Sentence"])

_Key = Callable[[Fact], Hashable]
# What makes two facts one that was changed, the surest sign first.
_SAME: tuple[_Key, ...] = (
    lambda f: (f.origin, f.subject, f.predicate, f.object),  # stated by another claim
    lambda f: (f.origin, f.graph, f.subject, f.predicate),
    lambda f: (f.origin, f.graph, f.subject, f.object),
    lambda f: (f.origin, f.block, f.predicate, f.object),  # said of another subject by that claim
    lambda f: (f.origin, f.subject, f.predicate),  # said otherwise by another claim
)


@dataclass
class _Sorted:
    """The quads that only one version holds, by what they are; ``rest`` counts the others.

    ``by_claim`` are the quotes and verdicts, which are compared claim by claim.
    """

    facts: list[Fact] = field(default_factory=list)
    links: list[Fact] = field(default_factory=list)
    labels: list[Quad] = field(default_factory=list)
    by_claim: list[Quad] = field(default_factory=list)
    rest: int = 0


class _Side:
    """One version, with what is needed to tell what each of its quads is."""

    def __init__(self, quads: frozenset[Quad], *, graphs: bool) -> None:
        self.quads = quads
        self._graphs = graphs

    @cached_property
    def stated(self) -> set[object]:
        """The triples that stand in some named graph."""
        return {quad.triple for quad in self.quads if quad.graph_name != DefaultGraph()}

    @cached_property
    def ground(self) -> set[object]:
        """The nodes that only the grounding speaks of: annotations, passages, selectors."""
        return {
            q.subject
            for q in self.quads
            if q.predicate == TYPE and (q.object in OA or q.object in _SEGMENTS)
        }

    @cached_property
    def claims(self) -> dict[Node, tuple[str, ...]]:
        """The quotes of each claim, sorted."""
        found: dict[Node, set[str]] = defaultdict(set)
        for quad in self.quads:
            if quad.graph_name in CLAIM:
                found[cast(Node, quad.graph_name)]
            if quad.subject in CLAIM and quad.graph_name == DefaultGraph():
                words = found[cast(Node, quad.subject)]
                if quad.predicate == _QUOTE and isinstance(quad.object, Literal):
                    words.add(quad.object.value)
        return {claim: tuple(sorted(words)) for claim, words in found.items()}

    @cached_property
    def verdicts(self) -> dict[Node, Verdict]:
        """The overall verdict on each claim that has one."""
        found: dict[Node, dict[NamedNode, Term]] = defaultdict(dict)
        held = (q for q in self.quads if q.predicate in _VERDICT and q.subject in CLAIM)
        for quad in sorted(held, key=str):
            found[cast(Node, quad.subject)][quad.predicate] = quad.object
        return {claim: _verdict(held) for claim, held in found.items()}

    def sort(self, quads: Iterable[Quad]) -> _Sorted:
        """Return ``quads``, which are some of this version's, by what they are."""
        found = _Sorted()
        quads = tuple(quads)
        listed = {quad.triple for quad in quads if quad.graph_name != DefaultGraph()}
        for quad in quads:
            if quad.graph_name != DefaultGraph():
                found.facts.append(self._fact(quad))
            elif quad.triple in listed:
                continue
            elif quad.subject in CLAIM and quad.predicate in (_QUOTE, *_VERDICT):
                found.by_claim.append(quad)
            elif quad.triple in self.stated or self._follows(quad):
                found.rest += 1
            elif _recorded(quad.subject):
                found.facts.append(self._fact(quad))
            elif quad.predicate in _LABELS and isinstance(quad.object, Literal):
                found.labels.append(quad)
            elif quad.predicate in _LINKS:
                found.links.append(self._fact(quad))
            else:
                found.facts.append(self._fact(quad))
        return found

    def _follows(self, quad: Quad) -> bool:
        """Tell whether ``quad`` is grounding, or a copy or count that the build makes of others."""
        predicate = quad.predicate
        if quad.subject in self.ground or quad.object in self.ground:
            return True
        if quad.subject in REVIEW and predicate in (SCHEMA["reviewBody"], SCHEMA["author"]):
            return True
        if quad.subject in CLAIM and predicate == SCHEMA["about"]:
            return True
        return predicate == SSSOM["mappings"] or any(predicate in n for n in (OA, NIF, VOID))

    def _fact(self, quad: Quad) -> Fact:
        subject = cast(Node, quad.subject)
        graph = None if quad.graph_name == DefaultGraph() else cast(Node, quad.graph_name)
        predicate, value = quad.predicate, quad.object
        return Fact(subject, predicate, value, graph, self._origin(subject, graph))

    def _origin(self, subject: Node, graph: Node | None) -> str:
        if graph in CLAIM or subject in CLAIM:
            return CLAIMED
        if graph is not None:
            return SOURCED
        if _recorded(subject):
            return RECORDED
        return UNCLAIMED if self._graphs else UNSORTED


def _recorded(node: object) -> bool:
    """Tell whether ``node`` is a source, publisher, check, review or mapping."""
    return any(node in names for names in _RECORDS)


def _verdict(held: Mapping[NamedNode, Term]) -> Verdict:
    kind, support, dissent = (held.get(predicate) for predicate in _VERDICT)
    counts = (n.value if isinstance(n, Literal) else None for n in (support, dissent))
    return Verdict(kind, *counts)


@dataclass(frozen=True)
class Compared:
    """What differs between two sets of quads.

    ``rest`` counts what follows from other statements (annotations, passages, what a claim is
    about); ``old_quotes`` and ``new_quotes`` are those of all claims; ``judged``: some claim has a
    verdict.
    """

    claims: tuple[ClaimChange, ...]
    facts: Changes[Fact]
    labels: tuple[LabelChange, ...]
    links: Changes[Fact]
    verdicts: tuple[VerdictChange, ...]
    rest: int
    old_quotes: Mapping[Node, tuple[str, ...]]
    new_quotes: Mapping[Node, tuple[str, ...]]
    judged: bool


def compare(pair: Pair) -> Compared:
    """Return what differs between the two versions of ``pair``."""
    before, after = (_Side(quads, graphs=pair.graphs) for quads in (pair.old, pair.new))
    gone, come = before.sort(pair.old - pair.new), after.sort(pair.new - pair.old)
    claims = tuple(
        ClaimChange(claim, before.claims.get(claim), after.claims.get(claim))
        for claim in _differing(before.claims, after.claims)
    )
    verdicts = tuple(
        VerdictChange(claim, before.verdicts.get(claim), after.verdicts.get(claim))
        for claim in _differing(before.verdicts, after.verdicts)
    )
    told = {change.claim for change in claims} | {change.claim for change in verdicts}
    untold = sum(quad.subject not in told for quad in (*gone.by_claim, *come.by_claim))
    return Compared(
        claims=claims,
        facts=paired(gone.facts, come.facts),
        labels=_labels(gone.labels, come.labels),
        links=paired(gone.links, come.links),
        verdicts=verdicts,
        rest=gone.rest + come.rest + untold,  # untold: the language of a quote, for one
        old_quotes=before.claims,
        new_quotes=after.claims,
        judged=bool(before.verdicts or after.verdicts),
    )


def paired(removed: Iterable[Fact], added: Iterable[Fact]) -> Changes[Fact]:
    """Return the facts, those that are one fact changed as pairs.

    By each sign of ``_SAME`` in turn, facts are paired where exactly one went and one came: with
    more, nobody can tell which took the place of which.
    """
    old, new = ordered(removed), ordered(added)
    changed = []
    for key in _SAME:
        groups: dict[Hashable, tuple[list[Fact], list[Fact]]] = defaultdict(lambda: ([], []))
        for side, facts in enumerate((old, new)):
            for fact in facts:
                groups[key(fact)][side].append(fact)
        found = [(a[0], b[0]) for a, b in groups.values() if len(a) == len(b) == 1]
        changed += found
        gone, come = {a for a, _ in found}, {b for _, b in found}
        old = [fact for fact in old if fact not in gone]
        new = [fact for fact in new if fact not in come]
    places = {fact: i for i, fact in enumerate(ordered(b for _, b in changed))}
    return Changes(tuple(new), tuple(old), tuple(sorted(changed, key=lambda p: places[p[1]])))


def _differing(old: Mapping[Node, object], new: Mapping[Node, object]) -> list[Node]:
    return sorted((n for n in {*old, *new} if old.get(n) != new.get(n)), key=str)


def _labels(removed: Iterable[Quad], added: Iterable[Quad]) -> tuple[LabelChange, ...]:
    groups: dict[tuple[Node, NamedNode, str], tuple[list[str], list[str]]]
    groups = defaultdict(lambda: ([], []))
    for side, quads in enumerate((removed, added)):
        for quad in quads:
            text = cast(Literal, quad.object)
            key = (cast(Node, quad.subject), quad.predicate, text.language or "")
            groups[key][side].append(text.value)
    return tuple(
        LabelChange(*key, tuple(sorted(gone)), tuple(sorted(come)))
        for key, (gone, come) in sorted(groups.items(), key=lambda item: tuple(map(str, item[0])))
    )
