"""Build: read, ground, derive and check the sources, and write the files of all views."""

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
from kzun_graph.validate import validate_views
from kzun_graph.view import View, build_view
from kzun_graph.viewnames import ARTICLE, VALIDATED, VIEWS

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
    """Build all views into ``folder``; with a violation, nothing is written.

    The views article and checked are validated whole. ``step`` is told each step as it begins:
    read, ground, check, write.

    Raises KzunError: a source cannot be read, or ``folder`` cannot be written.
    """
    start = time.perf_counter()
    step("read")
    sources = read_sources()
    step("ground")
    views = [build_view(sources, name) for name in VIEWS]
    step("check")
    findings = validate_views([view for view in views if view.name in VALIDATED], sources)
    written: tuple[Path, ...] = ()
    if not has_violations(findings):
        step("write")
        contents = {n: data for view in views for n, data in outputs(view).items()}
        write_all(folder, contents)
        written = tuple(folder / name for name in contents)
    view = views[VIEWS.index(ARTICLE)]
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
