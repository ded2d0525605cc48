"""Resources: where the ontology, the data and the queries lie, in a checkout and in a wheel."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def root() -> Path:
    """Return the folder that holds ``ontology/``, ``data/`` and ``queries/``.

    In a checkout (and an editable install) it is the folder of the project; in a wheel the three
    travel inside the package, under ``resources/``.
    """
    packed = _PACKAGE / "resources"
    return packed if packed.is_dir() else _PACKAGE.parent


def files(folder: str, pattern: str) -> list[Path]:
    """Return the files below ``folder`` (relative to the root) that match ``pattern``, sorted."""
    return sorted((root() / folder).rglob(pattern))


def shown(path: Path) -> str:
    """Return ``path`` as a user would type it: relative to the root or to the current folder."""
    for base in (root(), Path.cwd()):
        if path.is_relative_to(base):
            return path.relative_to(base).as_posix()
    return str(path)
