"""Files: a view in the W3C's formats, and writing that leaves the old files whole."""

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from kzun_graph.errors import OutputError
from kzun_graph.formats import dataset_bytes
from kzun_graph.text import Place
from kzun_graph.view import View
from kzun_graph.viewnames import ARTICLE


def outputs(view: View) -> dict[str, bytes]:
    """Return the files of a view by name: the view, its default graph, and N-Quads.

    The article view is ``kzun.trig``, ``kzun.ttl`` and ``kzun.nq``; the others carry their name.
    The quads come in the view's canonical order, so that the same input gives the same bytes.
    """
    stem = "kzun" if view.name == ARTICLE else f"kzun-{view.name}"
    return {f"{stem}.{form}": dataset_bytes(view.quads, form) for form in ("trig", "ttl", "nq")}


def write_all(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write ``contents`` into ``folder``: every file is on the disk before the first is replaced.

    Whatever stops the writing, each old file stays whole, and no new one is left half-written.
    The files take their places one by one; the error says when some already had.

    Raises OutputError: the folder or a file in it cannot be written, or the disk is full.
    """
    replaced = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_folders(folder, contents)
        with tempfile.TemporaryDirectory(prefix=".kzun-", dir=folder) as staging:
            for name, data in contents.items():
                _write(Path(staging, name), data)
            for name in contents:
                Path(staging, name).replace(folder / name)
                replaced += 1
    except FileExistsError:
        what = "is a file, and a folder is wanted"
        raise OutputError(Place(str(folder)), what, "name another folder with --out") from None
    except OSError as error:
        changed = (
            f"{replaced} of {len(contents)} files are new" if replaced else "nothing was changed"
        )
        what = f"cannot be written ({error.strerror}); {changed}"
        remedy = "make room, or name another folder with --out"
        raise OutputError(Place(str(folder)), what, remedy) from None


def _refuse_folders(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        if (folder / name).is_dir():
            what = "is a folder, and a file is wanted"
            raise OutputError(Place(str(folder / name)), what, "name another folder with --out")


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
