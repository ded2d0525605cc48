"""Disk: a view in an Oxigraph store in a folder, opened to be read."""

from pathlib import Path

from pyoxigraph import Store

from kzun_graph.engines import layout
from kzun_graph.engines.layout import Hold, Version
from kzun_graph.results import Result, ask
from kzun_graph.text import Place

_TRIES = 5  # a new version may take the place of the old between two steps of opening


class Disk:
    """Answers from a store on disk; one that is replaced meanwhile stays as it was opened."""

    def __init__(self, folder: Path) -> None:
        """Open ``folder``. Raises StoreError: it is no store, of another format, or damaged."""
        self.folder = folder
        self.name = str(folder)
        self.version, self.store, self._held = _open(folder)
        self.view = self.version.view

    def query(self, text: str, place: Place | None = None) -> Result:
        """Return the answer. Raises QueryError: as :func:`kzun_graph.results.ask`."""
        return ask(self.store, text, place)


def _open(folder: Path) -> tuple[Version, Store, Hold]:
    reason = ""
    for _ in range(_TRIES):
        try:
            version = layout.current(folder)
            if version is None:
                what = "holds no whole dataset" if folder.exists() else "is not there"
                remedy = "load one with 'kzun load --store DIR'"
                raise layout.error(folder, what, remedy)
            held = layout.hold(folder / f"{version.data}.lock", shared=True)
            if held is not None:
                return version, Store.read_only(str(folder / version.data)), held
        except (OSError, RuntimeError, ValueError) as problem:
            said = getattr(problem, "strerror", None) or problem
            reason = f" ({' '.join(str(said).split())[:200]})"
    what = f"cannot be opened{reason}"
    raise layout.error(folder, what, "check the rights, or load it anew with 'kzun load --store'")
