"""Service: a view on a SPARQL 1.1 server, asked by its address."""

from functools import cached_property
from itertools import pairwise

from kzun_graph.engines.engine import check_syntax, other_view, stated_view
from kzun_graph.protocol.access import Access, access
from kzun_graph.protocol.endpoint import Endpoint
from kzun_graph.protocol.fetch import Manners
from kzun_graph.results import Result
from kzun_graph.terms import PREFIXES
from kzun_graph.text import Place
from kzun_graph.tokens import code, tokens

_LARGEST = 2**30  # bytes of one answer


class Service:
    """Answers from a server; reading is tried again where the server is busy or breaks off."""

    def __init__(
        self, address: str | Access, view: str | None = None, manners: Manners | None = None
    ) -> None:
        """Take the service's address, and the view that it holds (None: as its data say).

        Raises EndpointError: it is no http address. KzunError: as :func:`access.access`.
        """
        self.access = address if isinstance(address, Access) else access(address)
        self.name = self.access.address
        timeout = self.access.timeout or Manners.timeout
        usual = Manners(interval=0.0, timeout=timeout, largest=_LARGEST)
        self._endpoint = Endpoint(self.access, manners or usual)
        self._wanted = view

    @cached_property
    def view(self) -> str:
        """The view, as the data say, else as the caller does.

        Raises StoreError: neither says it, or they differ.
        """
        found = stated_view(self, self._wanted)
        if self._wanted is not None and self._wanted != found:
            raise other_view(self.name, found, self._wanted)
        return found

    def query(self, text: str, place: Place | None = None) -> Result:
        """Return the answer.

        Raises QueryError: broken syntax. EndpointError: no answer, or one that is no result.
        """
        check_syntax(text, place)
        return self._endpoint.query(sendable(text))


def sendable(text: str) -> str:
    r"""Return ``text`` without header and comments, and with the prefixes of ours that it uses.

    >>> print(sendable("#+ title: {en: Tasks loaded}\nASK { ?s a kzun:Admission } # DESCRIBE"))
    PREFIX kzun: <https://w3id.org/kzun/ontology#>
    ASK { ?s a kzun:Admission }
    """
    body = "".join(" " if t.kind == "comment" else t.text for t in tokens(text)).strip()
    parts = code(text)
    declared = {second.text for first, second in pairwise(parts) if first.text.upper() == "PREFIX"}
    used = {token.text.partition(":")[0] for token in parts if ":" in token.text[1:]}
    lines = [
        f"PREFIX {prefix}: <{PREFIXES[prefix]}>"
        for prefix in sorted(used & PREFIXES.keys())
        if f"{prefix}:" not in declared
    ]
    return "\n".join([*lines, body])
