"""Small builds written by hand, and facts as text."""

from pathlib import Path

from pyoxigraph import NamedNode

from kzun_graph.diff.model import Changes, Fact
from kzun_graph.terms import PREFIXES, curie

PREAMBLE = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
VILLAGE = """
claim:p01-18 a kzun:FactualClaim ; kzun:quote "1992 жылғы 2 наурызда"@kk .
claim:p01-18 { id:admission-1992 kzun:date "1992-03-02"^^xsd:date . }
id:admission-1992 kzun:date "1992-03-02"^^xsd:date ; skos:prefLabel "Admission"@en , "Приём"@ru .
id:un skos:exactMatch wd:Q1065 .
"""
JUDGED = """
claim:p01-18 kzun:verdict kzun:Corroborated ; kzun:independentSupport 2 .
claim:p01-18 kzun:independentDissent 0 .
source:s1 schema:name "A page"@en .
source:s1 { id:admission-1992 kzun:session id:unga-46 . }
"""


def written(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(PREAMBLE + text, "utf-8")
    return folder / name


def villages(folder: Path, *changes: tuple[str, str], base: str = VILLAGE) -> tuple[Path, Path]:
    """Return the village as it was, and with each of ``changes`` made once."""
    new = base
    for before, after in changes:
        assert new.count(before) == 1
        new = new.replace(before, after)
    return written(folder, "old.trig", base), written(folder, "new.trig", new)


def build(folder: Path, *, article: str = VILLAGE, whole: str = VILLAGE + JUDGED) -> Path:
    """Write a folder as a build writes it, without the view checked."""
    written(folder, "kzun.trig", article)
    written(folder, "kzun-all.trig", whole)
    return folder


def said(fact: Fact) -> str:
    graph = f"{curie(fact.graph)}: " if isinstance(fact.graph, NamedNode) else ""
    value = curie(fact.object) if isinstance(fact.object, NamedNode) else fact.object.value
    return f"{graph}{curie(fact.subject)} {curie(fact.predicate)} {value}"


def shown(changes: Changes[Fact]) -> list[str]:
    return [
        *(f"~ {said(old)} -> {said(new)}" for old, new in changes.changed),
        *(f"- {said(fact)}" for fact in changes.removed),
        *(f"+ {said(fact)}" for fact in changes.added),
    ]
