"""QuickStatements: only what independent sources bear out, each rule seen to hold back the rest."""

import csv
import importlib.util
import sys
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, Store

from kzun_graph.errors import OutputError, SourceError
from kzun_graph.publish import wikidata_names
from kzun_graph.publish.quickstatements import KINDS, proposals, quickstatements_bytes
from kzun_graph.publish.wikidata_names import descriptions, names
from kzun_graph.publish.wikidata_rules import PROPERTIES, RULES, Rule
from kzun_graph.resources import root
from kzun_graph.sources import Sources
from kzun_graph.terms import KZUN, PREFIXES, SCHEMA, SKOS, TYPE, expand
from kzun_graph.view import View, build_view

EVIDENCE = root().parent / "shared/evidence/wikidata.tsv"

SOURCES = """
source:press schema:url <https://press.example/a> ; kzun:independenceKey "press" ;
  schema:datePublished "2020-05"^^xsd:gYearMonth .
source:paper schema:url <https://paper.example/b> ; kzun:independenceKey "paper" .
id:land a schema:Country ; skos:exactMatch wd:Q1 .
id:coast a schema:Country ; skos:exactMatch wd:Q2 .
id:union skos:exactMatch wd:Q3 , gn:77 .
id:force a kzun:PeacekeepingMission ; skos:exactMatch wd:Q4 .
id:fall skos:exactMatch wd:Q5 .
id:town skos:exactMatch wd:Q6 .
id:unlinked a schema:Country ; skos:closeMatch wd:Q7 .
"""

# For each rule: two claims, c1 and c2, and the start of the line that they give.
STATED = {
    "admission": (
        "id:e a kzun:Admission ; kzun:member id:land ; kzun:organization id:union .",
        'id:e kzun:date "1992-03-02"^^xsd:date .',
        "Q1\tP463\tQ3\tP580\t+1992-03-02T00:00:00Z/11",
    ),
    "term": (
        "id:m a kzun:Membership ; kzun:member id:land ; kzun:organization id:union .",
        'id:m kzun:startDate "2017"^^xsd:gYear ; kzun:endDate "2018-05"^^xsd:gYearMonth .',
        "Q1\tP463\tQ3\tP580\t+2017-00-00T00:00:00Z/9\tP582\t+2018-05-00T00:00:00Z/10",
    ),
    "region": ("id:land schema:containedInPlace id:union .", "", "Q1\tP361\tQ3"),
    "mission-country": ("id:force kzun:operatesIn id:coast .", "", "Q4\tP17\tQ2"),
    "capture-place": ("id:fall a kzun:Capture ; kzun:object id:town .", "", "Q5\tP276\tQ6"),
    "capture-date": (
        "id:fall a kzun:Capture .",
        'id:fall kzun:date "2021-08"^^xsd:gYearMonth .',
        "Q5\tP585\t+2021-08-00T00:00:00Z/10",
    ),
}
CORROBORATED = "claim:{0} kzun:verdict kzun:Corroborated .\n"


def _review(claim: str, source: str, rating: str = "Corroborated") -> str:
    return (
        f"review:{claim}-{source} schema:itemReviewed claim:{claim} ;"
        f" schema:reviewRating kzun:{rating} ; schema:isBasedOn source:{source} .\n"
    )


REVIEWED = "".join(CORROBORATED.format(claim) + _review(claim, "press") for claim in ("c1", "c2"))


def _view(*parts: str, name: str = "checked") -> View:
    declared = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    store = Store()
    store.load("\n".join((declared, SOURCES, *parts)).encode(), format=RdfFormat.TRIG)
    for quad in list(store.quads_for_pattern(None, None, None)):  # a view's default graph has all
        store.add(Quad(quad.subject, quad.predicate, quad.object))
    return View(name, store, (), (), (), (), ())


def _claims(rule: str, more: str = "") -> str:
    first, second, _ = STATED[rule]
    graphs = f"claim:c1 {{ {first} }}\n"
    return graphs + (f"claim:c2 {{ {second} {more} }}\n" if second else "")


def _lines(view: View) -> list[str]:
    return quickstatements_bytes(view).decode().splitlines()


REFERENCE = '\tS854\t"https://press.example/a"\tS577\t+2020-05-00T00:00:00Z/10'


def test_each_rule_is_stated_here() -> None:
    assert [rule.name for rule in RULES] == list(STATED)


@pytest.mark.parametrize("rule", STATED)
def test_a_rule_proposes_what_its_claims_say_and_a_source_bears_out(rule: str) -> None:
    assert _lines(_view(_claims(rule), REVIEWED)) == [STATED[rule][2] + REFERENCE]


@pytest.mark.parametrize("rule", STATED)
@pytest.mark.parametrize(
    "verdict", ["Imprecise", "Contradicted", "Disputed", "Unverifiable", "NotExamined"]
)
def test_a_rule_holds_back_a_claim_that_is_not_corroborated(rule: str, verdict: str) -> None:
    for claim in [variable.replace("claim", "c") for variable in _of(rule).claims]:
        verdicts = REVIEWED.replace(CORROBORATED.format(claim), "")
        verdicts += f"claim:{claim} kzun:verdict kzun:{verdict} .\n"
        assert _lines(_view(_claims(rule), verdicts)) == []


@pytest.mark.parametrize("rule", STATED)
def test_a_rule_holds_back_what_no_single_source_bears_out_whole(rule: str) -> None:
    claims = [variable.replace("claim", "c") for variable in _of(rule).claims]
    apart = "".join(
        CORROBORATED.format(claim) + _review(claim, source)
        for claim, source in zip(claims, ("press", "paper"), strict=False)
    )
    assert len(_lines(_view(_claims(rule), apart))) == (1 if len(claims) == 1 else 0)
    unheard = "".join(CORROBORATED.format(claim) for claim in claims)
    assert _lines(_view(_claims(rule), unheard)) == []
    only_imprecise = unheard + "".join(_review(c, "press", "Imprecise") for c in claims)
    assert _lines(_view(_claims(rule), only_imprecise)) == []


@pytest.mark.parametrize("rule", STATED)
def test_a_rule_holds_back_what_has_no_exact_match(rule: str) -> None:
    for thing in LINKS:
        if f"id:{thing}" in "".join(STATED[rule][:2]):
            other = _claims(rule).replace(f"id:{thing} ", "id:unlinked ")
            lines = _lines(_view(other, REVIEWED, "id:unlinked a kzun:PeacekeepingMission ."))
            assert lines == []


def _graded(thing: str, item: str, confidence: float) -> str:
    return (
        f"mapping:m owl:annotatedSource id:{thing} ; owl:annotatedTarget wd:{item} ;"
        f' sssom:confidence "{confidence}"^^xsd:double .'
    )


LINKS = {"land": "Q1", "coast": "Q2", "union": "Q3", "force": "Q4", "fall": "Q5", "town": "Q6"}


@pytest.mark.parametrize("rule", STATED)
def test_a_rule_holds_back_a_link_known_only_in_passing(rule: str) -> None:
    for thing, item in LINKS.items():
        if f"id:{thing} " in _claims(rule):
            assert _lines(_view(_claims(rule), REVIEWED, _graded(thing, item, 0.5))) == []
            assert len(_lines(_view(_claims(rule), REVIEWED, _graded(thing, item, 0.8)))) == 1


def _of(name: str) -> Rule:
    return next(rule for rule in RULES if rule.name == name)


@pytest.mark.parametrize(
    ("rule", "thing", "kind"),
    [
        ("region", "id:land", "schema:City"),
        ("mission-country", "id:force", "kzun:Mission"),
        ("mission-country", "id:coast", "schema:Place"),
    ],
)
def test_a_rule_holds_back_a_thing_of_another_class(rule: str, thing: str, kind: str) -> None:
    view = _view(_claims(rule), REVIEWED)
    node = expand(thing)
    assert node
    for quad in list(view.store.quads_for_pattern(node, TYPE, None)):
        view.store.remove(quad)
    view.store.add(Quad(node, TYPE, expand(kind)))
    assert _lines(view) == []


def test_a_date_without_a_year_is_held_back() -> None:
    claims = _claims("admission").replace('"1992-03-02"^^xsd:date', '"--03-02"^^xsd:gMonthDay')
    assert _lines(_view(claims, REVIEWED)) == []


def test_a_source_that_refines_the_date_gives_the_day_and_is_the_reference() -> None:
    reviews = REVIEWED + _review("c1", "paper") + _review("c2", "paper")
    day = 'id:fall kzun:date "2021-08-15"^^xsd:date .'
    refined = f"source:paper kzun:refines claim:c2 .\nsource:paper {{ {day} }}\n"
    line = 'Q5\tP585\t+2021-08-15T00:00:00Z/11\tS854\t"https://paper.example/b"'
    assert _lines(_view(_claims("capture-date"), reviews, refined)) == [line]


def test_sources_that_give_two_days_give_none() -> None:
    reviews = REVIEWED + _review("c1", "paper") + _review("c2", "paper")
    refined = "".join(
        f"source:{source} kzun:refines claim:c2 .\n"
        f'source:{source} {{ id:fall kzun:date "2021-08-{day}"^^xsd:date }}\n'
        for source, day in (("paper", 15), ("press", 16))
    )
    assert _lines(_view(_claims("capture-date"), reviews, refined)) == []


def test_each_voice_gives_one_reference_a_dated_one_if_there_is_one() -> None:
    echo = """
    source:echo schema:url <https://a.example/0> ; kzun:independenceKey "press" .
    """
    reviews = REVIEWED + "".join(_review(c, s) for c in ("c1", "c2") for s in ("echo", "paper"))
    start = STATED["admission"][2]
    assert _lines(_view(_claims("admission"), reviews, echo)) == [
        f'{start}\tS854\t"https://paper.example/b"',
        start + REFERENCE,
    ]


def test_a_source_without_an_address_is_no_reference() -> None:
    view = _view(_claims("region"), REVIEWED)
    for quad in list(view.store.quads_for_pattern(None, SCHEMA["url"], None)):
        view.store.remove(quad)
    assert _lines(view) == []


def test_the_article_view_has_nothing_to_go_by(view: View) -> None:
    with pytest.raises(OutputError, match=r"no verdicts.*use the view checked or all"):
        proposals(view)


def test_an_unknown_kind_and_a_missing_package_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(OutputError, match="cannot hold the csv: use one of statements, aliases"):
        quickstatements_bytes(_view(), "csv")
    monkeypatch.setitem(sys.modules, "quickstatements_client", None)
    with pytest.raises(OutputError, match=r"not installed: pip install 'kzun-graph\[wikidata\]'"):
        quickstatements_bytes(_view())


NAMED = """
id:land skos:prefLabel "Ел"@kk , "Страна"@ru , "Land"@en ; kzun:coinedLabelIn "ru" ;
  skos:altLabel "L."@en .
id:unga a kzun:Group ; skos:prefLabel "топ"@kk ; skos:exactMatch wd:Q8 .
id:storm a kzun:Situation ; skos:prefLabel "Storm"@en ; skos:exactMatch wd:Q10 .
id:unlinked skos:prefLabel "No"@en .
"""


def test_aliases_are_the_established_names_of_linked_things() -> None:
    lines = quickstatements_bytes(_view(NAMED), "aliases").decode().splitlines()
    assert lines == [
        'Q1\tAen\t"L."',
        'Q1\tAen\t"Land"',
        'Q1\tAkk\t"Ел"',
        'Q10\tAen\t"Storm"',
        'Q8\tAkk\t"топ"',
    ]


def test_a_link_known_only_in_passing_gives_no_name() -> None:
    assert len(names(_view(NAMED, _graded("land", "Q1", 0.5)), aliases=True)) == 2
    assert len(names(_view(NAMED, _graded("land", "Q1", 0.8)), aliases=True)) == 5


def test_labels_and_descriptions_are_apart_and_of_things_with_names_of_their_own() -> None:
    known = NAMED + 'id:osce skos:prefLabel "ОБСЕ"@ru ; skos:exactMatch wd:Q9 .'
    lines = quickstatements_bytes(_view(known), "labels").decode().splitlines()
    assert lines == [
        'Q1\tLen\t"Land"',
        'Q1\tLkk\t"Ел"',
        'Q9\tDen\t"international organisation"',
        'Q9\tDkk\t"халықаралық ұйым"',
        'Q9\tDru\t"международная организация"',
        'Q9\tLru\t"ОБСЕ"',
    ]


@pytest.mark.parametrize("line", ["id:un\tұйым\tорганизация", "un\ta\tb\tc", "id:un\ta\t\tc"])
def test_a_malformed_description_is_told_with_its_line(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "d.tsv").write_text(f"entity\tkk\tru\ten\n{line}\n", "utf-8")
    monkeypatch.setattr(wikidata_names, "DESCRIPTIONS", str(tmp_path / "d.tsv"))
    with pytest.raises(SourceError, match=r"d\.tsv:2: wants an entity and 3 descriptions"):
        descriptions()


# The shipped data


@pytest.fixture(scope="module")
def whole(sources: Sources) -> View:
    return build_view(sources, "all")


def test_the_descriptions_are_of_linked_things_with_a_label_in_each_language(whole: View) -> None:
    linked = {
        q.subject.value
        for q in whole.quads
        if q.predicate == SKOS["exactMatch"] and q.object.value.startswith(PREFIXES["wd"])
    }
    described = {thing for thing, _, _ in descriptions()}
    assert described <= linked
    labels = {item for item, command, _ in names(whole, aliases=False) if command[0] == "L"}
    assert {item for item, command, _ in names(whole, aliases=False) if command[0] == "D"} <= labels


def test_both_views_with_verdicts_propose_the_same(sources: Sources, whole: View) -> None:
    checked = build_view(sources, "checked")
    assert quickstatements_bytes(checked) == quickstatements_bytes(whole)


# Read against the article, the evidence and the sources' words: Kazakhstan was admitted on 2 March
# 1992 (p01-16, p01-18); it sat in the Council in 2017 and 2018 (p01-32, p01-33); it is a country of
# Central Asia (p01-35); UNIFIL is in Lebanon (p07-19); Kabul was captured (p09-06) in August 2021
# (p09-07), on the 15th by both sources.
GOLDEN = [
    ("Q232\tP463\tQ1065\tP580\t+1992-03-02T00:00:00Z/11", 3),
    ("Q232\tP463\tQ37470\tP580\t+2017-00-00T00:00:00Z/9\tP582\t+2018-00-00T00:00:00Z/9", 3),
    ("Q232\tP361\tQ27275", 2),
    ("Q160805\tP17\tQ822", 2),
    ("Q108102583\tP276\tQ5838", 2),
    ("Q108102583\tP585\t+2021-08-15T00:00:00Z/11", 2),
]


def test_the_statements_proposed_are_these_each_with_so_many_voices(whole: View) -> None:
    lines = quickstatements_bytes(whole).decode().splitlines()
    starts = [line.partition("\tS854\t")[0] for line in lines]
    assert [(start, starts.count(start)) for start in dict.fromkeys(starts)] == GOLDEN
    assert len(set(lines)) == len(lines)
    assert (
        'Q232\tP463\tQ1065\tP580\t+1992-03-02T00:00:00Z/11\tS854\t"https://www.inform.kz/en/'
        "29-years-ago-kazakhstan-became-a-member-of-the-united-nations_a3759372/amp"
        '"\tS577\t+2021-03-02T00:00:00Z/11'
    ) in lines


def test_each_reference_bears_out_each_claim_of_its_statement(whole: View) -> None:
    said = {(q.subject, q.predicate, q.object) for q in whole.quads}
    assert proposals(whole)
    for statement in proposals(whole):
        for claim in statement.claims:
            assert (claim, KZUN["verdict"], KZUN["Corroborated"]) in said
            reviews = {s for s, p, o in said if (p, o) == (SCHEMA["itemReviewed"], claim)}
            for reference in statement.references:
                assert any(
                    (review, SCHEMA["isBasedOn"], reference.source) in said
                    and (review, SCHEMA["reviewRating"], KZUN["Corroborated"]) in said
                    for review in reviews
                )


def test_the_names_hold_nothing_that_ends_a_cell(whole: View) -> None:
    for kind in ("aliases", "labels"):
        lines = quickstatements_bytes(whole, kind).decode().splitlines()
        assert len(lines) > 50
        assert all(line.count('"') == line.count("\t") == 2 for line in lines)


def test_the_table_of_the_guide_is_made_from_the_data(whole: View) -> None:
    spec = importlib.util.spec_from_file_location("wikidata", root() / "docs/wikidata.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    guide = (root() / "docs/wikidata.md").read_text("utf-8")
    shown = guide.partition("<!-- statements -->\n")[2].partition("<!-- /statements -->")[0]
    assert shown == module.table(whole)


def test_the_guide_names_every_property() -> None:
    used = {rule.predicate for rule in RULES} | {p for rule in RULES for p, _ in rule.qualifiers}
    assert used | {"P577"} == set(PROPERTIES)


@pytest.mark.skipif(not EVIDENCE.is_file(), reason="the evidence is not part of the project")
@pytest.mark.parametrize("kind", KINDS)
def test_every_number_sent_has_evidence(whole: View, kind: str) -> None:
    rows = csv.DictReader(EVIDENCE.read_text("utf-8").splitlines(), delimiter="\t")
    known = {row["qid"]: row["label_in_evidence"] for row in rows}
    assert {prop: known[prop] for prop in PROPERTIES} == PROPERTIES
    for line in quickstatements_bytes(whole, kind).decode().splitlines():
        sent = {word for word in line.split("\t") if word[0] in "PQ" and word[1:].isdigit()}
        assert sent
        assert sent <= set(known)
