"""Suggest: which items may be our entities, by name, by class and by a second property."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from pyoxigraph import Literal, NamedNode

from kzun_graph.links import mappings as rows
from kzun_graph.results import Term
from kzun_graph.terms import SCHEMA, SKOS, curie
from kzun_graph.wikidata.check import EXACT, Rules, class_rules, fit, our_kinds
from kzun_graph.wikidata.confirm import Evidence, Facts
from kzun_graph.wikidata.items import is_item
from kzun_graph.wikidata.names import LANGUAGES, Ours, agreeing

_SAYS_NOTHING = {SKOS["Concept"], SCHEMA["Thing"]}  # what such things have in common is no class
ORDER = (
    "proposed",
    "ambiguous",
    "no second property",
    "class unknown",
    "name only",
    "wrong class",
    "taken",
    "linked",
    "rejected",
)


class Catalogue(Protocol):
    """What is asked for candidates: a SPARQL endpoint or a reconciliation service."""

    knows_superclasses: bool

    def candidates(
        self, names: Mapping[NamedNode, Sequence[Literal]]
    ) -> dict[NamedNode, dict[NamedNode, list[Literal]]]:
        """Return the items that may be each entity, with their names there."""

    def classes(self, items: Collection[NamedNode]) -> dict[NamedNode, set[NamedNode]]:
        """Return the direct classes of items."""

    def under(
        self, items: Collection[NamedNode], classes: Collection[NamedNode]
    ) -> dict[NamedNode, set[NamedNode]]:
        """Return of which of ``classes`` each item is an instance."""

    def values(
        self, items: Collection[NamedNode], properties: Collection[str]
    ) -> dict[NamedNode, dict[str, set[Term]]]:
        """Return the values of properties."""


@dataclass(frozen=True)
class Candidate:
    """An item that has a name of one of our entities, and what speaks for it.

    ``languages`` are those in which a name agrees. ``kind`` is "fits", "does not fit" or
    "unknown"; ``like`` is the class, or the entity of ours whose item is of the same class.
    ``evidence`` is what our graph and the item say alike, beside the name. ``status`` is one of
    ``ORDER``; only "proposed" is proposed. ``reason`` is why it was rejected, or who has it.
    """

    entity: NamedNode
    item: NamedNode
    label: str
    languages: tuple[str, ...]
    kind: str = "unknown"
    like: NamedNode | None = None
    evidence: tuple[Evidence, ...] = ()
    status: str = "name only"
    reason: str = ""

    @property
    def score(self) -> float:
        """How much speaks for it, from 0 to 1: names 0.4, class 0.3, a second property 0.3.

        The score orders candidates; what is proposed depends on all three being there.
        """
        names = 0.4 * len(self.languages) / len(LANGUAGES)
        return round(names + 0.3 * (self.kind == "fits") + 0.3 * bool(self.evidence), 2)


def suggest(
    entities: Iterable[NamedNode],
    mappings: Collection[rows.Mapping],
    catalogue: Catalogue,
    ours: Ours,
    tell: Callable[[str], object] = str,
) -> list[Candidate]:
    """Return the candidates for ``entities``, best first for each.

    A name alone never makes a match: a candidate is "proposed" when a name agrees **and** its
    class fits **and** a second property says the same as our graph, and when no other candidate
    does as well. Rejected items (negative mappings) are listed with the reason, never proposed.

    Raises EndpointError: the endpoint or service cannot be asked, or its answer is no result.
    """
    tell("names")
    names = {node: ours.names.get(node, []) for node in entities}
    found = [
        Candidate(node, item, _label(theirs), agreeing(names[node], theirs))
        for node, items in catalogue.candidates(names).items()
        for item, theirs in items.items()
    ]
    found = [candidate for candidate in found if candidate.languages]
    tell("classes")
    found = _with_kinds(found, mappings, catalogue, ours)
    tell("properties")
    facts = Facts.of(mappings, ours)
    items = {candidate.item for candidate in found}
    values = catalogue.values(items, facts.properties(names)) if items else {}
    found = [replace(c, evidence=facts.confirmed(c.entity, values.get(c.item, {}))) for c in found]
    judged = [_judged(candidate, mappings) for candidate in found]
    return sorted(_without_ties(judged), key=_order)


def _with_kinds(
    found: Sequence[Candidate],
    mappings: Collection[rows.Mapping],
    catalogue: Catalogue,
    ours: Ours,
) -> list[Candidate]:
    """Return the candidates with their classes held against ours.

    First by the classes that are mapped; where none says anything, by example: an item of the same
    direct class as one that is linked with an entity of the same class of ours fits too.
    """
    rules = class_rules(mappings)
    wanted = {target for matches in rules.values() for _, target in matches}
    items = {candidate.item for candidate in found}
    under = catalogue.under(items, wanted) if items and wanted else {}
    examples = _examples({c.entity for c in found}, mappings, ours)
    classes = catalogue.classes(items | {item for pairs in examples.values() for item, _ in pairs})
    return [
        _with_kind(c, under.get(c.item, set()), rules, examples, classes, catalogue, ours)
        for c in found
    ]


def _with_kind(
    candidate: Candidate,
    under: set[NamedNode],
    rules: Rules,
    examples: Mapping[NamedNode, list[tuple[NamedNode, NamedNode]]],
    classes: Mapping[NamedNode, set[NamedNode]],
    catalogue: Catalogue,
    ours: Ours,
) -> Candidate:
    kinds = our_kinds(candidate.entity, ours)
    kind = fit(kinds, under, rules)
    if kind == "fits":
        targets = {target for ours_ in kinds for _, target in rules.get(ours_, [])}
        return replace(candidate, kind=kind, like=min(targets & under, key=str))
    direct = classes.get(candidate.item, set())
    if kind == "does not fit" and direct and catalogue.knows_superclasses:
        return replace(candidate, kind=kind)
    for item, entity in examples.get(candidate.entity, []):
        if item != candidate.item and direct & classes.get(item, set()):
            return replace(candidate, kind="fits", like=entity)
    return candidate


def _examples(
    entities: Iterable[NamedNode], mappings: Iterable[rows.Mapping], ours: Ours
) -> dict[NamedNode, list[tuple[NamedNode, NamedNode]]]:
    """Return for each entity the linked items of other entities of the same class of ours."""
    linked = {(m.subject, m.object) for m in mappings if m.object and _is_exact_item(m)}
    found: dict[NamedNode, list[tuple[NamedNode, NamedNode]]] = {}
    for entity in entities:
        kinds = ours.own_kinds.get(entity, set()) - _SAYS_NOTHING
        for subject, item in sorted(linked, key=str):
            if subject != entity and kinds & ours.own_kinds.get(subject, set()):
                found.setdefault(entity, []).append((item, subject))
    return found


def _judged(candidate: Candidate, mappings: Iterable[rows.Mapping]) -> Candidate:
    """Return the candidate with its status."""
    status, reason = _by_class_and_property(candidate), ""
    for mapping in mappings:
        if mapping.object != candidate.item:
            continue
        if mapping.subject == candidate.entity and mapping.negative:
            return replace(candidate, status="rejected", reason=mapping.comment)
        if mapping.subject == candidate.entity:
            status, reason = "linked", curie(mapping.predicate)
        elif _is_exact_item(mapping) and status != "linked":
            status, reason = "taken", curie(mapping.subject)
    return replace(candidate, status=status, reason=reason)


def _by_class_and_property(candidate: Candidate) -> str:
    if candidate.kind == "does not fit":
        return "wrong class"
    if candidate.kind == "fits":
        return "proposed" if candidate.evidence else "no second property"
    return "class unknown" if candidate.evidence else "name only"


def _without_ties(found: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates; where several items or entities are proposed for one, none is."""
    proposed = [candidate for candidate in found if candidate.status == "proposed"]
    entities = [candidate.entity for candidate in proposed]
    items = [candidate.item for candidate in proposed]
    return [
        replace(c, status="ambiguous")
        if c.status == "proposed" and (entities.count(c.entity) > 1 or items.count(c.item) > 1)
        else c
        for c in found
    ]


def _order(candidate: Candidate) -> tuple[str, int, float, str]:
    rank = ORDER.index(candidate.status)
    return candidate.entity.value, rank, -candidate.score, candidate.item.value


def _is_exact_item(mapping: rows.Mapping) -> bool:
    target = mapping.object
    exact = mapping.positive and mapping.predicate == EXACT
    return exact and target is not None and is_item(target)


def _label(names: Sequence[Literal]) -> str:
    by_tag = {name.language: name.value for name in reversed(names)}
    return by_tag.get("en") or by_tag.get("mul") or names[0].value
