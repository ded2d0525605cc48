"""Memory: a view in an Oxigraph store in memory, the default engine."""

from pyoxigraph import Store

from kzun_graph.results import Result, ask
from kzun_graph.text import Place


class Memory:
    """Answers from an Oxigraph store in memory."""

    name = "memory"

    def __init__(self, store: Store, view: str) -> None:
        self.store = store
        self.view = view

    def query(self, text: str, place: Place | None = None) -> Result:
        """Return the answer. Raises QueryError: as :func:`kzun_graph.results.ask`."""
        return ask(self.store, text, place)
