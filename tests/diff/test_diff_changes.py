"""Each kind of change in the real data, and the answers that it changes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from broken_examples import Example, patched
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from villages import shown

from kzun_graph.diff import Diff, diff
from kzun_graph.diff.compare import compare
from kzun_graph.diff.model import ClaimChange, LabelChange, Verdict
from kzun_graph.diff.versions import Pair
from kzun_graph.formats import dataset_bytes
from kzun_graph.queries import bind, stored_queries
from kzun_graph.results import ask
from kzun_graph.sources import Sources
from kzun_graph.terms import CLAIM, ID, KZUN, PREFIXES, SKOS
from kzun_graph.view import View, article_view, build_view
from kzun_graph.viewnames import ALL, ARTICLE

Differ = Callable[..., Diff]
P01 = "data/article/claims/p01.trig"
DATE = 'claim:p01-18 { id:admission-1992 kzun:date "1992-03-02"^^xsd:date . }'
DATE_CLAIM = f'claim:p01-18 a kzun:FactualClaim ; kzun:quote "1992 жылғы 2 наурызда"@kk .\n{DATE}\n'


@pytest.fixture(scope="module")
def built(view: View, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a build of the article view."""
    folder = tmp_path_factory.mktemp("built")
    for form in ("nq", "trig", "ttl"):
        (folder / f"kzun.{form}").write_bytes(dataset_bytes(view.quads, form))
    return folder


@pytest.fixture
def change(built: Path, sources: Sources, view: View, tmp_path: Path) -> Differ:
    """Return the difference that one change of a source makes; every answer is asked for twice."""

    def differ(file: str, replace: str, with_: str) -> Diff:
        changed = article_view(patched(Example("", [], file, replace, with_), sources, tmp_path))
        path = tmp_path / "new.nq"
        path.write_bytes(dataset_bytes(changed.quads, "nq"))
        found = diff(built / "kzun.nq", path)
        assert found.answers is not None
        assert [(a.name, dict(a.values)) for a in found.answers] == otherwise(view, changed)
        return found

    return differ


def otherwise(old: View, new: View) -> list[tuple[str, dict[str, str]]]:
    """Return the queries, with their values, whose answers on two views are not the same text."""
    found = []
    for query in stored_queries():
        languages = [{"lang": lang} for lang in ("kk", "ru", "en")] if query.takes("lang") else [{}]
        for values in languages:
            text = bind(query, values)
            if ask(old.store, text).to_csv() != ask(new.store, text).to_csv():
                found.append((query.name, values))
    return found


def asked(found: Diff) -> set[str]:
    return {change.name for change in found.answers or ()}


def test_a_changed_date_shows_in_the_claim_in_its_bounds_and_in_the_answers(change: Differ) -> None:
    found = change(P01, DATE, DATE.replace("1992-03-02", "1992-03-03"))
    admission = "id:admission-1992 kzun:"
    assert shown(found.facts) == [
        f"~ claim:p01-18: {admission}date 1992-03-02 -> claim:p01-18: {admission}date 1992-03-03",
        f"~ {admission}earliest 1992-03-02 -> {admission}earliest 1992-03-03",
        f"~ {admission}latest 1992-03-02 -> {admission}latest 1992-03-03",
    ]
    assert [new.origin for _, new in found.facts.changed] == ["claimed", "unclaimed", "unclaimed"]
    assert (found.claims, found.labels, found.verdicts) == ((), (), ())
    assert found.others == {"grounding": 0, "checked": 0}
    assert len(found.links) == 0
    wanted = {
        "memberships/admissions",
        "timelines/between",
        "dates/precision",
        "order/before-after",
    }
    assert wanted <= asked(found)
    assert not {"missions/contingents", "labels/language", "mentions/most"} & asked(found)
    (admissions,) = (a for a in found.answers or () if a.name == "memberships/admissions")
    assert [row[1] for row in (*admissions.removed, *admissions.added)] == [
        Literal("1992-03-02", datatype=NamedNode(PREFIXES["xsd"] + "date")),
        Literal("1992-03-03", datatype=NamedNode(PREFIXES["xsd"] + "date")),
    ]


def test_a_claim_that_went_takes_its_facts_and_empties_an_answer(change: Differ) -> None:
    found = change(P01, DATE_CLAIM, "")
    gone = CLAIM["p01-18"]
    assert found.claims == (ClaimChange(gone, ("1992 жылғы 2 наурызда",), None),)
    assert [line for line in shown(found.facts) if "claim:" not in line] == [
        "- id:admission-1992 kzun:earliest 1992-03-02",
        "- id:admission-1992 kzun:latest 1992-03-02",
    ]
    assert "- claim:p01-18: id:admission-1992 kzun:date 1992-03-02" in shown(found.facts)
    assert "- claim:p01-18 rdf:type kzun:FactualClaim" in shown(found.facts)
    assert not found.facts.added
    assert found.others["grounding"] > 10  # its annotation, passage and selectors
    (admissions,) = (a for a in found.answers or () if a.name == "memberships/admissions")
    assert admissions.counts == (1, 0)


def test_a_claim_with_another_number_says_the_same(change: Differ) -> None:
    found = change(P01, DATE_CLAIM, DATE_CLAIM.replace("p01-18", "p01-98"))
    assert [(c.claim, c.old is None, c.new is None) for c in found.claims] == [
        (CLAIM["p01-18"], False, True),
        (CLAIM["p01-98"], True, False),
    ]
    date = "id:admission-1992 kzun:date 1992-03-02"
    assert shown(found.facts)[0] == f"~ claim:p01-18: {date} -> claim:p01-98: {date}"
    assert not [fact for fact in (*found.facts.added, *found.facts.removed) if fact.graph]


def test_other_quotes_are_no_other_facts(change: Differ) -> None:
    found = change(
        P01, '"сенімді қатысушы ғана емес, беделді орта держава"', '"беделді орта держава"'
    )
    before, after = "сенімді қатысушы ғана емес, беделді орта держава", "беделді орта держава"
    assert found.claims == (ClaimChange(CLAIM["p01-15"], (before,), (after,)),)
    assert len(found.facts) == 0
    assert found.others["grounding"] > 0
    assert asked(found)


def test_another_kind_of_claim_is_a_change_of_its_type(change: Differ) -> None:
    line = 'claim:p01-18 a kzun:FactualClaim ; kzun:quote "1992'
    found = change(P01, line, line.replace("FactualClaim", "Assessment"))
    kinds = ("kzun:FactualClaim", "kzun:Assessment")
    assert shown(found.facts) == [
        "~ {} -> {}".format(*(f"claim:p01-18 rdf:type {k}" for k in kinds))
    ]
    assert found.claims == ()


def test_a_label_changes_the_answers_in_its_language_only(change: Differ) -> None:
    file = "data/entities/activities.ttl"
    before = "Направление казахстанского контингента на Голанские высоты"
    after = "Отправка казахстанского контингента на Голанские высоты"
    found = change(file, before, after)
    label = LabelChange(ID["deployment-golan"], SKOS["prefLabel"], "ru", (before,), (after,))
    assert found.labels == (label,)
    assert len(found.facts) == 0
    spoken = [a.values.get("lang") for a in found.answers or () if a.name == "labels/language"]
    assert spoken == ["ru"]


def test_what_is_the_same_is_no_difference(built: Path) -> None:
    for old, new in (("", ""), ("kzun.nq", "kzun.trig"), ("kzun.ttl", "kzun.ttl")):
        found = diff(built / old, built / new)
        assert found.empty
        assert found.answers == ()


def test_whatever_statement_is_lost_is_told_of(sources: Sources) -> None:
    kinds: dict[object, Quad] = {}
    quads = frozenset(build_view(sources, ALL).quads)
    for quad in sorted(quads, key=str):
        named = quad.graph_name != DefaultGraph()
        kinds.setdefault((named, quad.predicate, getattr(quad.subject, "value", "")[:26]), quad)
    lost = frozenset(kinds.values())
    assert len(lost) > 200
    found = compare(Pair(quads, quads - lost))
    quotes = sum(len(set(c.old or ()) - set(c.new or ())) for c in found.claims)
    labels = sum(len(label.removed) for label in found.labels)
    verdicts = sum(n is not None for change in found.verdicts for n in change.old or ())
    told = len(found.facts) + len(found.links) + labels + quotes + verdicts + found.rest
    graphs = {quad.triple for quad in lost if quad.graph_name != DefaultGraph()}
    twice = sum(quad.triple in graphs for quad in lost if quad.graph_name == DefaultGraph())
    assert told == len(lost) - twice  # a claim's triple and its copy are told of once


REVIEW = (
    "schema:reviewRating kzun:Imprecise ;\n  schema:isBasedOn source:trt-world-sochi-10th-round"
)


def test_a_graver_review_makes_another_verdict_and_other_answers(
    sources: Sources, tmp_path: Path
) -> None:
    graver = Example(
        "", [], "data/sources/reviews/p08.ttl", REVIEW, REVIEW.replace("Imprecise", "Contradicted")
    )
    versions = (sources, patched(graver, sources, tmp_path))
    folders = (tmp_path / "old", tmp_path / "new")
    for version, folder in zip(versions, folders, strict=True):
        folder.mkdir()
        for name, stem in ((ARTICLE, "kzun"), (ALL, "kzun-all")):
            quads = build_view(version, name).quads
            (folder / f"{stem}.nq").write_bytes(dataset_bytes(quads, "nq"))
    found = diff(*folders)
    (verdict,) = found.verdicts
    assert (verdict.claim, verdict.old, verdict.new) == (
        CLAIM["p08-01"],
        Verdict(KZUN["Imprecise"], "1", "2"),
        Verdict(KZUN["Disputed"], "1", "2"),
    )
    rating = "review:e49-2 schema:reviewRating kzun:"
    assert shown(found.facts) == [f"~ {rating}Imprecise -> {rating}Contradicted"]
    assert (found.claims, found.labels, len(found.links)) == ((), (), 0)
    assert "verdicts/claims" in asked(found)
    assert not [name for name in asked(found) if name.startswith(("memberships/", "places/"))]
