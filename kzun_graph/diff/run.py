"""Run: compare two builds as a whole, and say what could not be compared."""

from collections.abc import Mapping
from itertools import chain
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kzun_graph.diff.answers import Step, answer_changes
from kzun_graph.diff.compare import Compared, compare
from kzun_graph.diff.model import AnswerChange, Diff, Gap, Names
from kzun_graph.diff.versions import FILE, Pair, pairs, version
from kzun_graph.labels import Labels
from kzun_graph.messages import LANGUAGES
from kzun_graph.queries import stored_queries
from kzun_graph.terms import PUBLISHER, RDFS, SCHEMA, SOURCE
from kzun_graph.viewnames import ALL, ARTICLE, CHECKED


def _silent(step: str) -> None:
    """Tell nobody that ``step`` begins."""


def diff(old: Path, new: Path, *, queries: bool = True, step: Step = _silent) -> Diff:
    """Return what changed between two builds: two files of one view, or two folders.

    Of folders, facts, labels and links are compared in the view article, and reviews, verdicts and
    the sources' statements in the view all; each stored query is asked of its own view. ``step`` is
    told each query before it is asked. Nothing is built again.

    Raises KzunError: a file cannot be read, or the two cannot be compared.
    """
    before, after = version(old), version(new)
    views, gaps = pairs(before, after)
    base = _base(views)
    compared = compare(base)
    gaps += _unheld(views, compared)
    answers: tuple[AnswerChange, ...] | None = None
    if queries:
        changes, unasked = answer_changes(views, stored_queries(), step)
        answers, gaps = tuple(changes), gaps + unasked
    return Diff(
        before.name,
        after.name,
        claims=compared.claims,
        facts=compared.facts,
        labels=compared.labels,
        links=compared.links,
        verdicts=compared.verdicts,
        answers=answers,
        others={"grounding": compared.rest, "checked": _beyond(views, base)},
        gaps=tuple(gaps),
        names=_names(base, compared),
    )


def _base(views: Mapping[str, Pair]) -> Pair:
    """Return what facts are read from: the file; or the views article and all; or checked."""
    chosen = [views[v] for v in (FILE, ARTICLE, ALL) if v in views] or [views[CHECKED]]
    old = frozenset[Quad]().union(*(pair.old for pair in chosen))
    new = frozenset[Quad]().union(*(pair.new for pair in chosen))
    return Pair(old, new, any(pair.graphs for pair in chosen))


def _beyond(views: Mapping[str, Pair], base: Pair) -> int:
    """Return how many quads of the view checked differ without differing in ``base``."""
    if CHECKED not in views:
        return 0
    pair = views[CHECKED]
    return len((pair.old ^ pair.new) - (base.old ^ base.new))


def _unheld(views: Mapping[str, Pair], compared: Compared) -> list[Gap]:
    flat = (view for view, pair in views.items() if not pair.graphs)
    found = [Gap("no graphs", (f"({view})" if view else "",)) for view in flat]
    if FILE in views and not compared.judged:
        found.append(Gap("no verdicts", ()))
    return found


def _names(base: Pair, compared: Compared) -> Names:
    labels = Labels(chain(_labelled(base.new), _labelled(base.old)))
    old, new = (_nodes(quads) for quads in (base.old, base.new))
    return Names(labels, compared.old_quotes, compared.new_quotes, old, new)


def _labelled(quads: frozenset[Quad]) -> list[Quad]:
    """Return what names nodes: the texts of the default graph, a source's title as its label."""
    found = []
    for quad in quads:
        text = quad.object
        if not isinstance(text, Literal) or quad.graph_name != DefaultGraph():
            continue
        if quad.predicate == SCHEMA["name"] and (
            quad.subject in SOURCE or quad.subject in PUBLISHER
        ):
            language = text.language if text.language in LANGUAGES else "en"
            quad = Quad(quad.subject, RDFS["label"], Literal(text.value, language=language))
        found.append(quad)
    return sorted(found, key=str)


def _nodes(quads: frozenset[Quad]) -> frozenset[object]:
    graphs = {quad.graph_name for quad in quads if isinstance(quad.graph_name, NamedNode)}
    return frozenset({quad.subject for quad in quads} | graphs)
