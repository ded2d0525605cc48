"""Layout: how a store folder looks, which of its versions counts, and who is using one.

    kzun-store.json   {"format": 1, "view": "article", "data": "data-2", "quads": 31000}
    lock              held by the one who writes
    data-2/           an Oxigraph store
    data-2.lock       held, shared, by everyone who reads data-2

The switch from one version to the next is one rename of ``kzun-store.json``.
"""

import json
import os
import re
import weakref
from dataclasses import asdict, dataclass
from pathlib import Path

from kzun_graph.engines.engine import StoreError
from kzun_graph.text import Place
from kzun_graph.viewnames import VIEWS

try:
    import fcntl
except ImportError:  # Windows: no locks there, and open files cannot be removed anyway
    fcntl = None  # type: ignore[assignment]

SWITCH = "kzun-store.json"
STAGED = "kzun-store.json.new"
LOCK = "lock"
FORMAT = 1
_DATA = re.compile(r"data-([1-9][0-9]*)")
_OURS = re.compile(r"data-[1-9][0-9]*(\.lock)?")


@dataclass(frozen=True)
class Version:
    """What ``kzun-store.json`` says: the view, its folder and how many quads it has."""

    format: int
    view: str
    data: str
    quads: int

    def to_bytes(self) -> bytes:
        """Return the file's content."""
        return (json.dumps(asdict(self), indent=2) + "\n").encode()


def error(folder: Path, what: str, remedy: str) -> StoreError:
    """Return an error at ``folder``."""
    return StoreError(Place(str(folder)), what, remedy)


def current(folder: Path) -> Version | None:
    """Return the version that counts, None where nothing was ever loaded whole.

    Raises StoreError: ``folder`` is no folder, no store, or a store of another format.
    """
    if folder.exists() and not folder.is_dir():
        raise error(folder, "is a file, not the folder of a store", "name a folder with --store")
    try:
        data = (folder / SWITCH).read_bytes()
    except FileNotFoundError:
        _refuse_foreign(folder)
        return None
    return _version(folder, data)


def _version(folder: Path, data: bytes) -> Version:
    try:
        found = json.loads(data)
        format_ = found["format"]
        if format_ == FORMAT:
            version = Version(format_, found["view"], found["data"], found["quads"])
            if version.view in VIEWS and _DATA.fullmatch(version.data):
                return version
    except (ValueError, KeyError, TypeError):
        format_ = None
    if format_ is None or format_ == FORMAT:
        what = f"its {SWITCH} cannot be read"
        raise error(folder, what, "load into another folder with 'kzun load --store DIR'")
    what = f"is a store of format {str(format_)[:20]!s}, and this kzun reads format {FORMAT}"
    raise error(folder, what, "load into another folder with 'kzun load --store DIR'")


def _refuse_foreign(folder: Path) -> None:
    """Raise StoreError where ``folder`` holds what no load ever put there."""
    if not folder.exists():
        return
    names = (path.name for path in folder.iterdir())
    others = [n for n in names if n not in (LOCK, STAGED) and not _OURS.fullmatch(n)]
    if others:
        what = f"is not a store of kzun: it holds {min(others)}"
        raise error(folder, what, "name a store, or a new folder to 'kzun load --store'")


def next_data(folder: Path) -> str:
    """Return the name of the next version's folder: a number that none has."""
    numbers = [int(m[1]) for p in folder.iterdir() if (m := _DATA.match(p.name))]
    return f"data-{max(numbers, default=0) + 1}"


def leftovers(folder: Path, kept: str | None) -> list[str]:
    """Return the versions beside ``kept``: replaced ones, and those of loads that broke off."""
    found = {m[0] for p in folder.iterdir() if (m := _DATA.match(p.name))}
    return sorted(found - {kept})


class Hold:
    """A lock on a file; it ends with ``close``, with the object, or with the process."""

    def __init__(self, number: int) -> None:
        self.close = weakref.finalize(self, os.close, number)

    def __enter__(self) -> None:
        """Nothing to do: the lock is held."""

    def __exit__(self, *_: object) -> None:
        self.close()


def hold(path: Path, *, shared: bool) -> Hold | None:
    """Return a lock on ``path``; None where others hold it.

    Raises OSError: it cannot be opened; a reader's file must be there.
    """
    number = os.open(path, os.O_RDONLY if shared else os.O_RDWR | os.O_CREAT, 0o666)
    held = Hold(number)
    try:
        if fcntl is not None:
            fcntl.flock(number, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        return None
    return held


def sync(path: Path) -> None:
    """Wait until ``path``, a file or a folder, is on the disk."""
    if os.name == "nt" and path.is_dir():  # folders cannot be opened there
        return
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
