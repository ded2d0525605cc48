"""Check: what a Wikidata-shaped endpoint says of our links today."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kzun_graph.links import mappings as rows
from kzun_graph.protocol.endpoint import Endpoint
from kzun_graph.terms import ID, SKOS, WD
from kzun_graph.wikidata.items import Items, is_item
from kzun_graph.wikidata.names import Ours, agreeing

EXACT, CLOSE = SKOS["exactMatch"], SKOS["closeMatch"]
_ABOVE = SKOS["broadMatch"]
_BELOW = SKOS["narrowMatch"]
_CLASS_MATCHES = (EXACT, CLOSE, _ABOVE, _BELOW)

Rules = dict[NamedNode, list[tuple[NamedNode, NamedNode]]]
"""The Wikidata classes that a class of ours is mapped to, each with the kind of match."""


@dataclass(frozen=True)
class LinkReport:
    """What was found about one link.

    ``state`` is "exists", "redirect" or "absent" (deleted, or never there: an endpoint cannot tell
    the two apart); ``target`` is where a redirect ends, None when nothing is there either.
    ``labels`` is "agree", "differ", or "none" (there or here is no label in kk, ru or en), and
    ``languages`` those that agree. ``kind`` is "fits", "does not fit" or "unknown" (no class of
    ours is mapped, the item has none, or the link does not say that the two are the same).
    ``clash`` says why the target of a redirect must not simply take the old item's place:
    "rejected", "taken" or "twice".
    """

    mapping: rows.Mapping
    state: str
    target: NamedNode | None = None
    target_label: str = ""
    labels: str = "none"
    languages: tuple[str, ...] = ()
    theirs: tuple[Literal, ...] = ()
    kind: str = "unknown"
    clash: str = ""

    @property
    def findings(self) -> tuple[str, ...]:
        """What to look at: "absent", "redirect", "label differs", "class does not fit".

        Names may differ where the match is not exact: such a difference is no finding.
        """
        if self.state == "absent":
            return ("absent",)
        found = ["redirect"] if self.state == "redirect" else []
        if self.labels == "differ" and self.mapping.predicate == EXACT:
            found.append("label differs")
        if self.kind == "does not fit":
            found.append("class does not fit")
        return tuple(found)

    @property
    def fine(self) -> bool:
        """Whether there is nothing to look at."""
        return not self.findings


def check_links(
    mappings: Collection[rows.Mapping],
    endpoint: Endpoint,
    ours: Ours,
    tell: Callable[[str], object] = str,
) -> list[LinkReport]:
    """Return a report on each link into Wikidata among ``mappings``, in their order.

    Links elsewhere (GeoNames, schema.org) are not asked about. ``tell`` hears of each step.

    Raises EndpointError: as :meth:`Endpoint.query`, and when the endpoint does not hold Wikidata.
    """
    links = [mapping for mapping in mappings if to_wikidata(mapping)]
    items = Items(endpoint)
    objects = {mapping.object for mapping in links if mapping.object}
    tell("existence")
    known = items.known(objects)
    if objects and not known and not items.shaped():
        what = "holds none of our items and no statement P31: it is not Wikidata-shaped"
        raise endpoint.error(what, "ask another endpoint")
    tell("redirects")
    redirects = items.redirects(known)
    ends = {item: redirects.get(item, item) for item in known}
    there = known - redirects.keys() | items.known(set(redirects.values()))
    tell("labels")
    labels = items.labels(there)
    tell("classes")
    rules = class_rules(mappings)
    single = {end for end in there if is_item(end)}
    under = items.under(single, {target for found in rules.values() for _, target in found})
    looked = _Looked(ends, there, labels, under, items.classified(single), rules)
    return [_report(mapping, looked, ours, mappings) for mapping in links]


def doubtful(reports: Collection[LinkReport]) -> bool:
    """Tell whether so much is absent that the endpoint, and not our links, may be what is wrong.

    That is more than half of the links, and more than five: such an endpoint holds a part only.
    """
    absent = sum(report.state == "absent" for report in reports)
    return absent > 5 and absent > len(reports) / 2


def to_wikidata(mapping: rows.Mapping) -> bool:
    """Tell whether a row is a link into Wikidata."""
    return mapping.positive and mapping.object in WD


def class_rules(mappings: Iterable[rows.Mapping]) -> Rules:
    """Return which classes of ours are mapped to which of Wikidata; related ones say nothing.

    A broader match of an entity is a class of it, or a whole that it is part of: an item that is an
    instance of that fits, and one that is not may fit all the same.
    """
    found: Rules = {}
    for mapping in mappings:
        target, kind = mapping.object, mapping.predicate
        if not mapping.positive or target is None or not is_item(target):
            continue
        if mapping.subject in ID:
            if kind == _ABOVE:
                found.setdefault(mapping.subject, []).append((_BELOW, target))
        elif kind in _CLASS_MATCHES:
            found.setdefault(mapping.subject, []).append((kind, target))
    return found


def our_kinds(node: NamedNode, ours: Ours) -> set[NamedNode]:
    """Return what may have class rules for ``node``: its classes, and an entity itself."""
    return ours.kinds.get(node, set()) | ({node} if node in ID else set())


def fit(kinds: Iterable[NamedNode], under: Collection[NamedNode], rules: Rules) -> str:
    """Return whether an item that is an instance of ``under`` fits ours: an entity and its classes.

    "does not fit" needs a class that is the same as ours, or above it; one below it (a world day
    for our observances) says nothing of an item that is not an instance of it.
    """
    answer = "unknown"
    for kind in kinds:
        matches = rules.get(kind, [])
        if any(target in under for _, target in matches):
            answer = "fits" if answer == "unknown" else answer
        elif any(predicate != _BELOW for predicate, _ in matches):
            answer = "does not fit"
    return answer


@dataclass(frozen=True)
class _Looked:
    """What the endpoint said of all items, so that one report needs no more questions."""

    ends: Mapping[NamedNode, NamedNode]
    there: Collection[NamedNode]
    labels: Mapping[NamedNode, list[Literal]]
    under: Mapping[NamedNode, set[NamedNode]]
    classified: Collection[NamedNode]
    rules: Rules


def _report(
    mapping: rows.Mapping, looked: _Looked, ours: Ours, mappings: Iterable[rows.Mapping]
) -> LinkReport:
    item = mapping.object
    end = looked.ends.get(item) if item else None
    if end is None:
        return LinkReport(mapping, "absent")
    moved = end != item
    if end not in looked.there:  # it leads to what is no longer there
        return LinkReport(mapping, "absent")
    theirs = looked.labels.get(end, [])
    names = ours.names.get(mapping.subject, [])
    languages = agreeing(names, theirs)
    kinds = our_kinds(mapping.subject, ours)
    single = mapping.predicate in (EXACT, CLOSE) and end in looked.classified
    return LinkReport(
        mapping,
        "redirect" if moved else "exists",
        target=end if moved else None,
        target_label=_english(theirs) if moved else "",
        labels="agree" if languages else "differ" if theirs and names else "none",
        languages=languages,
        theirs=tuple(theirs),
        kind=fit(kinds, looked.under.get(end, set()), looked.rules) if single else "unknown",
        clash=_clash(mapping, end, mappings) if moved else "",
    )


def _clash(link: rows.Mapping, target: NamedNode, mappings: Iterable[rows.Mapping]) -> str:
    """Return why ``target`` cannot simply take the place of the link's item, or nothing.

    ``rejected``: denied for this subject; ``twice``: linked in the same way already; ``taken``:
    the exact match of another subject.
    """
    for other in mappings:
        if other is link or other.object != target:
            continue
        if other.subject == link.subject and other.predicate == link.predicate:
            return "rejected" if other.negative else "twice"
        exact = other.predicate == link.predicate == EXACT
        if exact and other.positive and other.subject != link.subject:
            return "taken"
    return ""


def _english(labels: Iterable[Literal]) -> str:
    """Return the English label, else the label for all languages, else the first one."""
    by_tag: dict[str, str] = {}
    for label in labels:
        by_tag.setdefault(label.language or "", label.value)
    return by_tag.get("en") or by_tag.get("mul") or next(iter(by_tag.values()), "")
