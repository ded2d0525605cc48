"""Release: check the data and write them as a folder with a version, whole or not at all."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kzun_graph.errors import OutputError
from kzun_graph.files import write_all
from kzun_graph.findings import Finding, has_violations
from kzun_graph.publish.about import about
from kzun_graph.publish.contents import release_files
from kzun_graph.publish.description import DOCUMENT
from kzun_graph.publish.manifest import release_name
from kzun_graph.publish.profile import validate_description
from kzun_graph.sources import read_sources
from kzun_graph.text import Place
from kzun_graph.validate import validate_views
from kzun_graph.view import build_view
from kzun_graph.viewnames import VALIDATED, VIEWS

Step = Callable[[str], object]


@dataclass(frozen=True)
class Release:
    """What became of a release: its folder, its files (none: violations), and what was found."""

    folder: Path
    files: tuple[Path, ...]
    findings: tuple[Finding, ...]


def release(out: Path, step: Step = str) -> Release:
    """Write the release of the shipped data into a folder of its own below ``out``.

    Nothing is written when data or description violate a shape or rule. A release that is there
    already with the same bytes is left as it is. ``step`` is told each step as it begins.

    Raises OutputError: a release of this version is there with other bytes, or ``out`` cannot be
    written; KzunError: a source cannot be read.
    """
    step("read")
    sources = read_sources()
    step("ground")
    views = [build_view(sources, name) for name in VIEWS]
    step("check")
    findings = validate_views([view for view in views if view.name in VALIDATED], sources)
    folder = out / release_name(about(views[0].quads).version)
    if has_violations(findings):
        return Release(folder, (), tuple(findings))
    step("write")
    contents = {file.path: file.data for file in release_files(views, sources)}
    findings += validate_description(contents[DOCUMENT])
    if has_violations(findings):
        return Release(folder, (), tuple(findings))
    _write(folder, contents)
    return Release(folder, tuple(folder / path for path in contents), tuple(findings))


def _write(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write ``contents`` as ``folder``, which appears with all files or not at all.

    Raises OutputError: as :func:`release`.
    """
    if folder.exists():
        _compare(folder, contents)
        return
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".kzun-", dir=folder.parent) as staging:
            staged = Path(staging, folder.name)
            for below, files in _by_folder(contents).items():
                write_all(staged / below, files)
            staged.rename(folder)
    except OutputError as error:
        raise OutputError(Place(str(folder)), error.what, error.remedy) from None
    except FileExistsError:
        what = "is a file, and a folder is wanted"
        raise OutputError(Place(str(folder.parent)), what, "name another with --out") from None
    except OSError as error:
        what = f"cannot be written ({error.strerror}); nothing was changed"
        remedy = "make room, or name another folder with --out"
        raise OutputError(Place(str(folder)), what, remedy) from None


def _compare(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Raise OutputError when ``folder`` holds anything but ``contents``."""
    remedy = "raise the version, or name another folder with --out"
    if not folder.is_dir():
        raise OutputError(Place(str(folder)), "is a file, and a folder is wanted", remedy)
    there = {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if not path.is_dir()
    }
    for name in sorted({*there, *contents}):
        if name not in contents:
            what = f"this version is there already, with {name} more"
        elif name not in there:
            what = f"this version is there already, without {name}"
        elif _read(there[name]) != contents[name]:
            what = f"this version is there already, and {name} differs"
        else:
            continue
        raise OutputError(Place(str(folder)), what, remedy)


def _read(path: Path) -> bytes | None:
    """Return the bytes of ``path``; None where it cannot be read, such as a dead link."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def _by_folder(names: Mapping[str, bytes]) -> dict[str, dict[str, bytes]]:
    found: dict[str, dict[str, bytes]] = {}
    for name, data in names.items():
        path = PurePosixPath(name)
        found.setdefault(path.parent.as_posix(), {})[path.name] = data
    return found
