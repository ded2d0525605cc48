"""Build: read, ground, derive and check the sources, and write the view's files."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode

from kzun_graph.files import outputs, write_all
from kzun_graph.findings import Finding, has_violations
from kzun_graph.ground import quoted_share
from kzun_graph.sources import read_sources
from kzun_graph.terms import CLAIM, ID, SKOS
from kzun_graph.validate import validate
from kzun_graph.view import View, article_view

Step = Callable[[str], None]


@dataclass(frozen=True)
class Summary:
    """What a build made; ``share`` is the part of the article's characters that are quoted."""

    claims: int
    grounded: int
    entities: int
    triples: int
    quads: int
    share: float
    seconds: float
    findings: tuple[Finding, ...]
    written: tuple[Path, ...]


def _silent(step: str) -> None:
    """Tell nobody that ``step`` begins."""


def build(folder: Path, step: Step = _silent) -> Summary:
    """Build the article view into ``folder``; with a violation, nothing is written.

    ``step`` is told each step as it begins: read, ground, check, write.

    Raises KzunError: a source cannot be read, or ``folder`` cannot be written.
    """
    start = time.perf_counter()
    step("read")
    sources = read_sources()
    step("ground")
    view = article_view(sources)
    step("check")
    findings = validate(view, sources)
    written: tuple[Path, ...] = ()
    if not has_violations(findings):
        step("write")
        contents = outputs(view)
        write_all(folder, contents)
        written = tuple(folder / name for name in contents)
    share = quoted_share(view.quotes, sources.article)
    seconds = time.perf_counter() - start
    return _summary(view, share, seconds, tuple(findings), written)


def _summary(
    view: View,
    share: float,
    seconds: float,
    findings: tuple[Finding, ...],
    written: tuple[Path, ...],
) -> Summary:
    graphs = {q.graph_name for q in view.quads if isinstance(q.graph_name, NamedNode)}
    entities = {
        q.subject for q in view.quads if q.predicate == SKOS["prefLabel"] and q.subject in ID
    }
    return Summary(
        claims=sum(graph in CLAIM for graph in graphs),
        grounded=len({g.node for g in view.quotes}),
        entities=len(entities),
        triples=sum(q.graph_name == DefaultGraph() for q in view.quads),
        quads=len(view.quads),
        share=share,
        seconds=seconds,
        findings=findings,
        written=written,
    )
