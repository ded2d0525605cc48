"""A release's name, and what its folder holds."""

from pathlib import Path

import kzun_graph

NAME = f"kzun-graph-{kzun_graph.__version__}"


def names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in names(folder)}
