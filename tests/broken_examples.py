"""Broken examples: a valid file of the project and a patch, with the findings that it must give."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from pyoxigraph import NamedNode, Quad, Store

from kzun_graph import resources
from kzun_graph.findings import Finding
from kzun_graph.reader import read_all
from kzun_graph.sources import Sources
from kzun_graph.terms import PREFIXES, curie
from kzun_graph.validate import check
from kzun_graph.view import View, build_view

FOLDER = Path(__file__).parent / "broken"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@dataclass(frozen=True)
class Example:
    """``replace`` stands once in ``file`` and gives way to ``with_``; or ``update`` changes all.

    ``view`` is the one that is checked: reviews are in ``checked``.
    """

    name: str
    expect: list[str]
    file: str = ""
    replace: str = ""
    with_: str = ""
    update: str = ""
    view: str = "article"


def example(name: str) -> Example:
    found = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    found["with_"] = found.pop("with", "")
    return Example(name, **found)


def patched(case: Example, sources: Sources, folder: Path) -> Sources:
    """Return ``sources`` with the patched file in place of the shipped one."""
    text = (resources.root() / case.file).read_text("utf-8")
    assert text.count(case.replace) == 1, f"{case.replace!r} must stand once in {case.file}"
    path = folder / Path(case.file).name
    path.write_text(text.replace(case.replace, case.with_), "utf-8")
    kept = [found for found in sources.located if found.place.file != case.file]
    return Sources((*kept, *read_all([path])), sources.article)


def broken_quads(case: Example, sources: Sources, view: View, folder: Path) -> tuple[Quad, ...]:
    """Return the quads of ``view`` as the example breaks it."""
    if case.file:
        return build_view(patched(case, sources, folder), case.view).quads
    store = Store()
    store.bulk_extend(view.quads)
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    store.update(prefixes + case.update)
    return tuple(store)


def speak(quads: tuple[Quad, ...]) -> set[str]:
    """Return the findings on ``quads`` as "check focus"."""
    store = Store()
    store.bulk_extend(quads)
    return {say(finding) for finding in check(quads, store)}


def say(finding: Finding) -> str:
    focus = finding.focus
    return f"{finding.check} {curie(focus) if isinstance(focus, NamedNode) else focus}"
