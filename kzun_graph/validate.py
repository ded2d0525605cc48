"""Validate: run shapes and rules on a view, and tell where each finding is written."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from kzun_graph.article import Article
from kzun_graph.errors import KzunError
from kzun_graph.findings import Finding
from kzun_graph.ground import Grounded, Ungrounded
from kzun_graph.messages import UNGROUNDED
from kzun_graph.reader import Located
from kzun_graph.rules import RULE, rules
from kzun_graph.shacl import validate_core
from kzun_graph.sources import Sources, overlay, read_sources
from kzun_graph.terms import ANNOTATION, ARTICLE, CLAIM, OA, SELECTOR, SH, TYPE
from kzun_graph.view import View, build_view
from kzun_graph.viewnames import VALIDATED

_GROUNDED = OA["hasSelector"]  # only a build writes the places of quotes


def validate(view: View, sources: Sources) -> list[Finding]:
    """Return all findings on ``view``, the grave ones first, each with its place in ``sources``.

    Raises KzunError: there is nothing to check.
    """
    found = [*check(view.quads, view.store), *_ungrounded(view.ungrounded)]
    origin = _Origin(view, sources, found)
    return sorted((origin.locate(finding) for finding in found), key=lambda f: f.key)


def validate_views(views: Iterable[View], sources: Sources) -> list[Finding]:
    """Return the findings on each of ``views``, what several have in common once."""
    found: dict[tuple[object, ...], Finding] = {}
    for view in views:
        for finding in validate(view, sources):
            what = (finding.check, finding.focus, finding.path, finding.value)
            found.setdefault(what, finding)
    return sorted(found.values(), key=lambda finding: finding.key)


def validate_files(paths: Iterable[Path], names: Iterable[str] = VALIDATED) -> list[Finding]:
    """Return the findings on the shipped data, or, given ``paths``, those on these files.

    The claims and subjects that the files write take the place of the shipped ones, so that a
    file is checked together with all that it refers to; checked are the views ``names``. What a
    build wrote is a whole view, and is checked as it stands.

    Raises KzunError: a file cannot be read, or there is nothing to check.
    """
    shipped = read_sources()
    if not (paths := tuple(paths)):
        return validate_views([build_view(shipped, name) for name in names], shipped)
    sources, own = overlay(shipped, dict.fromkeys(paths))
    if not own.located:
        raise KzunError(None, "the files state nothing", "give files with claims or entities")
    if any(quad.predicate == _GROUNDED for quad, _ in own.located):
        return _as_it_stands(own, shipped)
    files = {place.file for _, place in own.located}
    return [
        finding
        for finding in validate_views([build_view(sources, n) for n in names], sources)
        if finding.focus in own.defined or (finding.place and finding.place.file in files)
    ]


def _as_it_stands(built: Sources, shipped: Sources) -> list[Finding]:
    quads = [quad for quad, _ in built.located]
    store = Store()
    store.bulk_extend(quads)
    found = check(quads, store)
    origin = _Origin(build_view(shipped), built, found)
    return sorted((origin.locate(finding) for finding in found), key=lambda f: f.key)


def check(quads: Iterable[Quad], store: Store) -> list[Finding]:
    """Return what shapes find in the default graph of ``quads``, and rules in that of ``store``.

    Both hold the same dataset: the quads as they were spelled, the store to be asked. Raises
    KzunError: there is nothing to check.
    """
    return [*validate_core(quads), *(found for rule in rules() for found in rule.run(store))]


def _ungrounded(found: Iterable[Ungrounded]) -> Iterator[Finding]:
    for quad, error in found:
        assert isinstance(quad.subject, NamedNode)
        yield Finding(
            check="quote-grounded",
            severity="Violation",
            focus=quad.subject,
            path=quad.predicate,
            value=quad.object,
            messages=UNGROUNDED | {"en": f"{error.what}: {error.remedy}"},
            source=RULE["quote-grounded"],
            component=SH["SPARQLConstraintComponent"],
            place=error.place,
        )


class _Origin:
    """Finds, for each finding, the line, the claim and the sentence that it comes from."""

    def __init__(self, view: View, sources: Sources, found: Iterable[Finding]) -> None:
        self._article: Article = sources.article
        grounded = (*view.mentions, *reversed(view.quotes))
        self._grounded: dict[object, Grounded] = {g.node: g for g in grounded}
        self._spans = {f"{g.span.start}-{g.span.end}": g.node for g in grounded}
        self._written: dict[object, list[Located]] = {
            self._claim_of(finding.focus) or finding.focus: [] for finding in found
        }
        for located in sources.located:
            if located.quad.subject in self._written:
                self._written[located.quad.subject].append(located)

    def locate(self, finding: Finding) -> Finding:
        """Return ``finding`` with place, claim and sentence, as far as there are any."""
        place, claim = finding.place, self._claim_of(finding.focus)
        nearest = self._nearest(finding)
        if nearest:
            place = place or nearest.place
            graph = nearest.quad.graph_name
            claim = claim or (graph if isinstance(graph, NamedNode) else None)
        grounded = self._grounded.get(claim)
        sentence = None
        if grounded:
            sentence = " ".join(s.text for s in self._article.sentences_of(grounded.span))
        return replace(finding, place=place, claim=claim, sentence=sentence)

    def _nearest(self, finding: Finding) -> Located | None:
        """Return the quad of the sources that a finding is about: the nearest there is."""
        written = self._written[self._claim_of(finding.focus) or finding.focus]
        wanted: tuple[Callable[[Quad], bool], ...] = (
            lambda q: q.predicate == finding.path and q.object == finding.value,
            lambda q: q.predicate == finding.path,
            lambda q: q.predicate == TYPE,
        )
        fitting = (located for fits in wanted for located in written if fits(located.quad))
        return next(fitting, written[0] if written else None)

    def _claim_of(self, focus: object) -> NamedNode | None:
        """Return the claim or mention that a claim, annotation, target or selector belongs to."""
        if not isinstance(focus, NamedNode):
            return None
        if focus in CLAIM:
            return focus
        if focus in ANNOTATION:
            name = focus.value.removeprefix(ANNOTATION.iri)
            return focus if "-m" in name else CLAIM[name[:6]]
        if focus in SELECTOR:
            return self._spans.get("-".join(focus.value.split("-")[-2:]))
        if focus in ARTICLE and "#char=" in focus.value:
            return self._spans.get(focus.value.partition("#char=")[2].replace(",", "-"))
        return None
