"""Places: the engine for an address, whatever server answers there."""

from urllib.parse import urlsplit

from kzun_graph.engines.service import Service
from kzun_graph.engines.virtuoso import Virtuoso, engine_at
from kzun_graph.protocol.access import Access

_OF_VIRTUOSO = ("/sparql", "/sparql-auth", "/sparql/")


def engine_for(known: Access, view: str | None = None) -> Service | Virtuoso:
    """Return the engine for a service; ``view``: the one that it must hold (None: any).

    Only where the address is such as Virtuoso has is the server asked whether it is one: elsewhere
    that would be a request, and for a silent server a long wait, too many. Raises EndpointError: it
    is no http address.
    """
    service = Service(known, view)
    if urlsplit(known.address).path.endswith(_OF_VIRTUOSO):
        return engine_at(known, view)
    return service
