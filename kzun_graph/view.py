"""View: choose what counts, and make one dataset of it: a default graph and named graphs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kzun_graph.annotate import annotations, identifications, segments
from kzun_graph.derive import derive
from kzun_graph.errors import SourceError, UnknownNameError
from kzun_graph.ground import Grounded, Ungrounded
from kzun_graph.layers import Layers
from kzun_graph.sources import Sources
from kzun_graph.terms import CLAIM, KZUN, curie
from kzun_graph.verdicts import CONTRADICTED, completed, judged, overall, verdicts
from kzun_graph.viewnames import ALL, ARTICLE, CHECKED, VIEWS


@dataclass(frozen=True)
class View:
    """One view, ready to be asked, and how it came about.

    The default graph holds each triple once: the claims' own, the entities, the ontology, the
    links, the grounding and what was derived; in ``checked`` and ``all`` the reviews too.
    ``stated`` is all but the derived, some of it more than once; ``ungrounded`` are the quotes and
    forms that the article lacks.
    """

    name: str
    store: Store
    stated: tuple[Quad, ...]
    derived: tuple[Quad, ...]
    quotes: tuple[Grounded, ...]
    mentions: tuple[Grounded, ...]
    ungrounded: tuple[Ungrounded, ...]

    @cached_property
    def quads(self) -> tuple[Quad, ...]:
        """All quads, as they were parsed and in the canonical order; the store may respell some."""
        return tuple(sorted({*self.stated, *self.derived}, key=order))


def build_view(sources: Sources, name: str = ARTICLE) -> View:
    """Return the view ``name``: what the article says, its checked reading, or all readings.

    article: all claims, no other source. checked: without the claims that sources contradict, with
    the statements of the sources that correct or refine; and the reviews. all: the default graph as
    in article, and the reviews; all claims and all sources as named graphs.

    Derivation comes after the choice, so that nothing left out leaks into it. Raises
    UnknownNameError: there is no such view; SourceError: a graph is called after no known source.
    """
    if name not in VIEWS:
        raise UnknownNameError(None, f"there is no view {name!r}", f"use one of {', '.join(VIEWS)}")
    layers = sources.layers
    _refuse_unknown(sources, layers)
    voices = verdicts(layers.reviews)
    dropped = {claim for claim in voices if overall(voices[claim].values()) == CONTRADICTED}
    grounded, ungrounded = sources.grounding
    if name == CHECKED:
        grounded = tuple(found for found in grounded if found.node not in dropped)
    quotes = tuple(found for found in grounded if found.node in CLAIM)
    mentions = tuple(found for found in grounded if found.node not in CLAIM)
    stated = _chosen(name, layers, dropped)
    if name != ARTICLE:
        stated += [*layers.reviews, *completed(layers.reviews), *layers.added]
        stated += judged(_claims(layers.article), voices)
    stated += annotations(quotes, sources.article)
    stated += identifications(mentions, sources.article)
    stated += segments(sources.article)
    store = Store()
    store.bulk_extend(stated)
    derived = tuple(derive(store))
    return View(name, store, tuple(stated), derived, quotes, mentions, ungrounded)


def _refuse_unknown(sources: Sources, layers: Layers) -> None:
    """Raise SourceError for a graph in the namespace of sources that no source is described for."""
    known = {q.subject for q in layers.reviews if q.predicate == KZUN["independenceKey"]}
    unknown = {quad.graph_name for quad in layers.statements} - known
    for quad, place in sources.located if unknown else ():
        if isinstance(quad.graph_name, NamedNode) and quad.graph_name in unknown:
            what = f"the graph {curie(quad.graph_name)} is called after no described source"
            remedy = "describe it in data/sources/sources.ttl, or correct its name"
            raise SourceError(place, what, remedy)


def article_view(sources: Sources) -> View:
    """Return the view of what the article says, with all its claims."""
    return build_view(sources, ARTICLE)


def _chosen(name: str, layers: Layers, dropped: set[object]) -> list[Quad]:
    """Return the claims and statements that count, in their graphs and in the default graph."""
    if name == ARTICLE:
        return [*layers.article, *_merged(layers.article)]
    if name == ALL:
        return [*layers.article, *_merged(layers.article), *layers.statements]
    mending = {
        quad.subject
        for quad in layers.reviews
        if quad.predicate in (KZUN["corrects"], KZUN["refines"])
    }
    kept = [q for q in layers.article if q.graph_name not in dropped and q.subject not in dropped]
    kept += [quad for quad in layers.statements if quad.graph_name in mending]
    return [*kept, *_merged(kept)]


def _merged(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the triples of the named graphs as triples of the default graph."""
    for quad in quads:
        if quad.graph_name != DefaultGraph():
            yield Quad(quad.subject, quad.predicate, quad.object)


def _claims(quads: Iterable[Quad]) -> list[NamedNode]:
    return sorted({cast(NamedNode, q.graph_name) for q in quads if q.graph_name in CLAIM}, key=str)


def order(quad: Quad) -> tuple[str, str, str, str]:
    """Return the key of the canonical order: the default graph, then the others by IRI."""
    graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
    return graph, str(quad.subject), str(quad.predicate), str(quad.object)
