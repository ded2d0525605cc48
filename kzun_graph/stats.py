"""Stats: how much of what a view holds."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import mean, median

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kzun_graph.sources import Sources
from kzun_graph.terms import CLAIM, ID, KZUN, SKOS, TYPE, curie
from kzun_graph.view import View

_KINDS = tuple(
    KZUN[name] for name in ("FactualClaim", "Assessment", "Announcement", "TextDescription")
)


@dataclass(frozen=True)
class Stats:
    """Counts of one view; lengths of quotes are in Unicode code points."""

    claims: Mapping[str, int]
    entities: Mapping[str, int]
    predicates: Mapping[str, int]
    languages: Mapping[str, int]
    quote_lengths: Mapping[str, float]
    mentions: Mapping[str, int]
    triples: int


def stats(view: View, sources: Sources) -> Stats:
    """Return what ``view`` holds.

    Claims by kind, entities by the class that ``sources`` state, predicates of the claims' triples,
    labels by language, lengths of quotes, direct and indirect mentions.
    """
    default = [quad for quad in view.quads if quad.graph_name == DefaultGraph()]
    stated = [quad for quad, _ in sources.located]
    lengths = [found.span.end - found.span.start for found in view.quotes]
    typed = Counter(q.object for q in default if q.predicate == TYPE)
    return Stats(
        claims={curie(kind): typed[kind] for kind in _KINDS},
        entities=_ranked(
            curie(q.object)
            for q in stated
            if q.predicate == TYPE and q.subject in ID and isinstance(q.object, NamedNode)
        ),
        predicates=_ranked(curie(q.predicate) for q in view.quads if q.graph_name in CLAIM),
        languages=_languages(default),
        quote_lengths={
            "shortest": min(lengths),
            "median": median(lengths),
            "mean": round(mean(lengths), 1),
            "longest": max(lengths),
        },
        mentions={
            "direct": typed[KZUN["Mention"]] - typed[KZUN["IndirectMention"]],
            "indirect": typed[KZUN["IndirectMention"]],
        },
        triples=len(default),
    )


def _languages(default: Iterable[Quad]) -> dict[str, int]:
    labels = (SKOS["prefLabel"], SKOS["altLabel"])
    return _ranked(
        q.object.language or ""
        for q in default
        if q.predicate in labels and isinstance(q.object, Literal)
    )


def _ranked(names: Iterable[str]) -> dict[str, int]:
    """Return how often each name occurs, the most frequent first, then by name."""
    counts = Counter(names)
    return {name: counts[name] for name in sorted(counts, key=lambda n: (-counts[n], n))}
