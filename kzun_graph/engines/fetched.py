"""Fetched: the whole view out of any engine, as if it had been built here."""

from pyoxigraph import Store

from kzun_graph.engines.engine import Engine, quads_of
from kzun_graph.ground import ground
from kzun_graph.sources import Sources
from kzun_graph.terms import CLAIM, KZUN
from kzun_graph.view import View, order


def fetched_view(engine: Engine, sources: Sources) -> View:
    """Return the view in ``engine``; nothing in it tells what is derived, so all counts as stated.

    The quotes and mentions are those of ``sources`` that the engine holds too: their places in the
    article are looked up in the article. Raises KzunError: as :meth:`Engine.query`.
    """
    quads = tuple(sorted(quads_of(engine), key=order))
    store = Store()
    store.bulk_extend(quads)
    written = {quad.subject for quad in quads if quad.predicate in (KZUN["quote"], KZUN["form"])}
    grounded, _ = ground(sources.located, sources.article)
    grounded = sorted((g for g in grounded if g.node in written), key=lambda found: found.span)
    return View(
        engine.view,
        store,
        quads,
        (),
        tuple(found for found in grounded if found.node in CLAIM),
        tuple(found for found in grounded if found.node not in CLAIM),
        (),
    )
