"""Views: what the article says, its checked reading, and both; nothing left out leaks."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode

from kzun_graph import Dataset, load
from kzun_graph.errors import QueryError, SourceError, UnknownNameError
from kzun_graph.reader import read_all
from kzun_graph.sources import Sources
from kzun_graph.terms import CLAIM, ID, KZUN, NAMESPACES, REVIEW, SOURCE, curie
from kzun_graph.validate import validate
from kzun_graph.view import View, build_view

PREFIXES = "".join(f"@prefix {n.prefix}: <{n.iri}> .\n" for n in NAMESPACES)
CONTRADICTED = {"claim:p03-01", "claim:p07-44", "claim:p08-03"}


def objects(view: View, subject: str, name: str) -> list[str]:
    """Return what the default graph says of ``subject``."""
    return [
        quad.object.value
        for quad in view.quads
        if quad.graph_name == DefaultGraph()
        and quad.subject == ID[subject]
        and quad.predicate == KZUN[name]
    ]


def graphs(view: View) -> set[str]:
    return {curie(q.graph_name) for q in view.quads if isinstance(q.graph_name, NamedNode)}


def with_files(sources: Sources, folder: Path, **texts: str) -> Sources:
    """Return ``sources`` with more files: their texts, without prefixes."""
    paths = []
    for name, text in texts.items():
        paths.append(folder / f"{name}.trig")
        paths[-1].write_text(PREFIXES + text, "utf-8")
    return Sources((*sources.located, *read_all(paths)), sources.article)


def without(sources: Sources, lines: Iterable[str]) -> Sources:
    """Return ``sources`` without the quads that read like ``lines``: "subject predicate object"."""
    gone = set(lines)

    def said(quad: object) -> str:
        return " ".join(curie(term) for term in (quad.subject, quad.predicate, quad.object))  # type: ignore[attr-defined]

    kept = [
        found
        for found in sources.located
        if not isinstance(found.quad.object, NamedNode) or said(found.quad) not in gone
    ]
    return Sources(tuple(kept), sources.article)


REVIEW_OF_ADMISSION = """
source:new a schema:WebPage ; rdfs:label "New"@en ; schema:publisher publisher:un ;
  schema:inLanguage "en" ; kzun:independenceKey "new" .
review:new-1 a schema:ClaimReview ; dcterms:isPartOf check:e01 ; schema:isBasedOn source:new ;
  schema:itemReviewed claim:p01-18 ; schema:reviewRating kzun:Contradicted .
"""


def test_article_holds_no_other_source(views: dict[str, View]) -> None:
    view = views["article"]
    aside = (SOURCE, REVIEW)
    assert not [q for q in view.quads if any(q.subject in n or q.graph_name in n for n in aside)]
    assert all(quad.predicate != KZUN["verdict"] for quad in view.quads)
    assert objects(view, "number-of-rounds", "value") == ["17"]


def test_checked_lacks_just_the_contradicted_claims(views: dict[str, View]) -> None:
    claims = {name: {g for g in graphs(view) if "claim" in g} for name, view in views.items()}
    assert claims["article"] == claims["all"]
    assert claims["article"] - claims["checked"] == CONTRADICTED
    assert objects(views["checked"], "number-of-rounds", "value") == ["21"]


def test_all_keeps_both_readings_apart(views: dict[str, View]) -> None:
    view = views["all"]
    assert objects(view, "number-of-rounds", "value") == ["17"]
    values = {
        curie(quad.graph_name): quad.object.value
        for quad in view.quads
        if quad.graph_name != DefaultGraph() and quad.predicate == KZUN["value"]
        if quad.subject == ID["number-of-rounds"]
    }
    assert values == {"claim:p08-03": "17", "source:al-mayadeen-astana-talks": "21"}


def test_only_sources_that_mend_enter_checked(views: dict[str, View]) -> None:
    sources = {name: {g for g in graphs(view) if "source" in g} for name, view in views.items()}
    dissenting = {"source:azattyq-ruhy-golan", "source:diva-unrcca-10-years"}
    assert not sources["article"]
    assert sources["checked"] < sources["all"]
    assert dissenting <= sources["all"] - sources["checked"]


def test_each_triple_of_a_default_graph_stands_once(views: dict[str, View]) -> None:
    for view in views.values():
        triples = [
            (q.subject, q.predicate, q.object) for q in view.quads if q.graph_name == DefaultGraph()
        ]
        assert (
            len(triples)
            == len(set(triples))
            == len(list(view.store.quads_for_pattern(None, None, None, DefaultGraph())))
        )


def test_what_a_claim_gave_falls_with_it_and_the_source_gives_it_again(
    views: dict[str, View], sources: Sources
) -> None:
    opening = ID["opening-of-representation"]
    types = [q for q in views["checked"].quads if q.subject == opening and "Opening" in str(q)]
    assert {curie(q.graph_name) for q in types if q.graph_name != DefaultGraph()} == {
        "source:e-history-today-in-history",
        "source:kazinform-timeline-february-16",
    }
    assert objects(views["checked"], "opening-of-representation", "object") == [
        ID["un-office-kz"].value
    ]
    silent = without(sources, ["id:opening-of-representation rdf:type kzun:Opening"])
    found = {f"{f.check} {curie(f.focus)}" for f in validate(build_view(silent, "checked"), silent)}  # type: ignore[arg-type]
    assert "untyped id:opening-of-representation" in found


def test_nothing_derived_from_a_contradicted_claim_remains(
    views: dict[str, View], sources: Sources, tmp_path: Path
) -> None:
    more = with_files(sources, tmp_path, review=REVIEW_OF_ADMISSION)
    checked, everything = build_view(more, "checked"), build_view(more, "all")
    assert objects(views["checked"], "admission-1992", "earliest") == ["1992-03-02"]
    assert objects(checked, "admission-1992", "earliest") == ["1992-03-02"]  # disputed: it stays
    verdicts = [
        q.object
        for q in everything.quads
        if q.subject == CLAIM["p01-18"] and q.predicate == KZUN["verdict"]
    ]
    assert verdicts == [KZUN["Disputed"]]
    alone = Sources(
        tuple(
            f
            for f in more.located
            if not (f.quad.subject in REVIEW and f.quad.object == CLAIM["p01-18"])
            or f.quad.subject == REVIEW["new-1"]
        ),
        more.article,
    )
    without_claim = build_view(alone, "checked")
    for name in ("date", "earliest", "latest"):
        assert objects(without_claim, "admission-1992", name) == []
    assert not [
        q
        for q in without_claim.quads
        if q.subject == CLAIM["p01-18"] and q.predicate == KZUN["quote"]
    ]
    assert objects(build_view(alone, "article"), "admission-1992", "earliest") == ["1992-03-02"]


def test_a_source_narrows_a_date_and_each_event_has_one_row(datasets: dict[str, Dataset]) -> None:
    view = datasets["checked"].view
    assert objects(view, "semey-closure", "earliest") == ["1991-08-29"]
    assert objects(view, "semey-closure", "latest") == ["1991-08-29"]
    assert sorted(objects(view, "semey-closure", "date")) == ["--08-29", "1991-08-29"]
    for name in ("article", "checked"):
        rows = [row[0] for row in datasets[name].run(f"timelines/{name}").rows]
        assert len(rows) == len(set(rows)) > 10


def test_an_unknown_view_and_a_question_for_another_view_are_refused() -> None:
    with pytest.raises(
        UnknownNameError, match="there is no view 'both': use one of article, checked, all"
    ):
        load("both")
    with pytest.raises(QueryError, match="the view article does not hold: use the view all"):
        load().run("verdicts/claims")


def test_a_graph_called_after_no_source_is_refused_with_its_line(
    sources: Sources, tmp_path: Path
) -> None:
    more = with_files(sources, tmp_path, odd="source:nosuch { id:kazakhstan kzun:value 1 . }")
    with pytest.raises(SourceError, match=r"odd.trig:\d+: the graph source:nosuch is called after"):
        build_view(more)
