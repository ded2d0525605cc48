"""Loading: build a view from the shipped sources and put it where it is to be asked."""

from collections.abc import Callable
from pathlib import Path

from kzun_graph.engines.disk_load import load_disk
from kzun_graph.sources import read_sources
from kzun_graph.view import build_view


def load_into(
    view: str,
    store: Path | None = None,
    endpoint: str | None = None,
    update: str | None = None,
    graph_store: str | None = None,
    step: Callable[[str], object] = str,
) -> int:
    """Replace what ``store`` or ``endpoint`` holds by ``view``; return how many quads that are.

    ``update`` and ``graph_store`` are where the service takes data, where they cannot be guessed.
    ``step`` is told each step as it begins: read, ground, write.
    Raises KzunError: as :func:`load_disk`, :func:`kzun_graph.engines.service_load.load_service` and
    :func:`kzun_graph.engines.virtuoso.load_virtuoso`.
    """
    step("read")
    sources = read_sources()
    step("ground")
    quads = build_view(sources, view).quads
    step("write")
    if store is not None:
        return load_disk(store, quads, view)
    from kzun_graph.engines.places import engine_for
    from kzun_graph.engines.service import Service
    from kzun_graph.engines.service_load import load_service
    from kzun_graph.engines.virtuoso import load_virtuoso
    from kzun_graph.protocol.access import access

    engine = engine_for(access(str(endpoint), update, graph_store))
    if isinstance(engine, Service):
        return load_service(engine, quads, view)
    return load_virtuoso(engine, quads, view)
