"""View: choose what counts, and make one dataset of it: a default graph and the claims."""

from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode, Quad, Store

from kzun_graph.annotate import annotations, identifications, segments
from kzun_graph.derive import derive
from kzun_graph.ground import Grounded, Ungrounded, ground
from kzun_graph.sources import Sources
from kzun_graph.terms import CLAIM


@dataclass(frozen=True)
class View:
    """One view, ready to be asked, and how it came about.

    The default graph holds each triple once: the claims' own, the entities, the ontology, the
    grounding and what was derived. ``stated`` is all but the derived, some of it more than once;
    ``ungrounded`` are the quotes and forms that the article lacks.
    """

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


def article_view(sources: Sources) -> View:
    """Return the view of what the article says, with all its claims.

    Derivation comes after the choice of claims, so that nothing left out leaks into it.
    """
    grounded, ungrounded = ground(sources.located, sources.article)
    grounded.sort(key=lambda found: found.span)  # the order of the text, whatever a file's order
    quotes = tuple(found for found in grounded if found.node in CLAIM)
    mentions = tuple(found for found in grounded if found.node not in CLAIM)
    stated = [found.quad for found in sources.located]
    claims = [quad for quad in stated if isinstance(quad.graph_name, NamedNode)]
    stated += [Quad(quad.subject, quad.predicate, quad.object) for quad in claims]
    stated += annotations(quotes, sources.article)
    stated += identifications(mentions, sources.article)
    stated += segments(sources.article)
    store = Store()
    store.bulk_extend(stated)
    derived = tuple(derive(store))
    return View(store, tuple(stated), derived, quotes, mentions, tuple(ungrounded))


def order(quad: Quad) -> tuple[str, str, str, str]:
    """Return the key of the canonical order: the default graph, then the claims by IRI."""
    graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
    return graph, str(quad.subject), str(quad.predicate), str(quad.object)
