"""Disk load: put a view into a store folder, so that readers see the old one or the new one.

The new version is written beside the old, checked and brought to the disk; then one rename makes it
the one that counts. Whatever breaks off before, the old version stays, and the next load clears up.
"""

import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from pyoxigraph import Quad, Store

from kzun_graph.engines import layout
from kzun_graph.engines.engine import StoreError, refuse_view
from kzun_graph.engines.layout import LOCK, STAGED, SWITCH, Version


def load_disk(folder: Path, quads: Collection[Quad], view: str) -> int:
    """Replace what ``folder`` holds by ``quads``, the whole of ``view``; return how many there are.

    The folder is made where there is none. A version that someone still reads is kept until a later
    load. Raises StoreError: it is something else, another process writes to it, or the disk is
    full; the old version is then untouched.
    """
    refuse_view(view)
    try:
        layout.current(folder)
        folder.mkdir(parents=True, exist_ok=True)
        writing = layout.hold(folder / LOCK, shared=False)
        if writing is None:
            what = "is being written by another process"
            raise layout.error(folder, what, "wait until it is done, and load again")
        with writing:
            return _replace(folder, quads, view)
    except OSError as problem:
        raise _failed(folder, problem) from None


def _replace(folder: Path, quads: Collection[Quad], view: str) -> int:
    old = layout.current(folder)  # again, now that nobody else writes
    kept = old.data if old else None
    _clear(folder, kept)
    data = layout.next_data(folder)
    try:
        count = _write(folder, data, quads)
        staged = folder / STAGED
        staged.write_bytes(Version(layout.FORMAT, view, data, count).to_bytes())
        layout.sync(staged)
        staged.replace(folder / SWITCH)
    except OSError:
        _remove(folder, data)
        raise
    with suppress(OSError):  # readers have the new version: nothing from here on is a failure
        layout.sync(folder)
        _clear(folder, data)
    return count


def _write(folder: Path, data: str, quads: Collection[Quad]) -> int:
    """Write a store and return how many quads it holds. Raises OSError: there is no room."""
    path = folder / data
    (folder / f"{data}.lock").touch()
    store = Store(str(path))
    store.bulk_extend(quads)
    store.optimize()  # reading never does it later: at ten million quads queries took 6 times
    store.flush()
    count = len(store)
    del store  # closes it
    for file in sorted(path.iterdir()):
        layout.sync(file)
    layout.sync(path)
    return count


def _clear(folder: Path, kept: str | None) -> None:
    """Remove the versions beside ``kept`` that nobody reads."""
    for data in layout.leftovers(folder, kept):
        lock = folder / f"{data}.lock"
        held = layout.hold(lock, shared=False)
        if held is not None:
            with held:
                _remove(folder, data)


def _remove(folder: Path, data: str) -> None:
    shutil.rmtree(folder / data, ignore_errors=True)
    (folder / STAGED).unlink(missing_ok=True)
    (folder / f"{data}.lock").unlink(missing_ok=True)


def _failed(folder: Path, problem: OSError) -> StoreError:
    said = " ".join(str(problem.strerror or problem).split())[:200]
    what = f"cannot be written ({said}); what it held is unchanged"
    return layout.error(folder, what, "make room or give rights, and load again")
