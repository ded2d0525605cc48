"""Derivation: supertypes, inverses, bounds, subjects and authors of claims, and nothing more."""

from collections.abc import Iterable

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from kzun_graph import Dataset, resources
from kzun_graph.derive import derive
from kzun_graph.sources import Sources
from kzun_graph.terms import CLAIM, ID, KZUN, OWL, PREFIXES, curie
from kzun_graph.view import View, article_view

ONTOLOGY = [
    quad
    for name in ("kzun.ttl", "reused.ttl")
    for quad in parse(path=resources.root() / "ontology" / name)
]
_PREFIXES = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
ISSUE = 'id:issue a schema:PublicationIssue ; kzun:date "2024-03-05"^^xsd:date .'

# Read in the article: the days between which each dated thing lies.
BOUNDS = {
    "id:admission-1992": ("1992-03-02", "1992-03-02"),  # 1992 жылғы 2 наурызда
    "id:unsc-term-2017-2018": ("2017-01-01", "2018-12-31"),  # 2017-2018 жылдары
    "id:proclamation-of-day": ("2009-12-01", "2009-12-31"),  # 2009 жылғы желтоқсанда
    "id:opening-of-representation": ("1993-02-16", "1993-02-16"),  # 1993 жылғы 16 ақпанда
    "id:proposal-of-cica": ("1992-01-01", "1992-12-31"),  # 1992 жылы
    "id:cica-summit-6": ("2022-01-01", "2022-12-31"),  # 2022 жылы
    "id:astana-meetings": ("2017-01-01", None),  # 2017 жылдан бастап
    "id:kabul-capture": ("2021-08-01", "2021-08-31"),  # 2021 жылы, тамыз
    "id:adoption-of-aral-resolution": ("2021-01-01", "2021-12-31"),  # 2021 жылы
    "id:issue-19-6470": ("2024-03-05", "2024-03-05"),  # 5 наурыз, 2024 жыл
}
NOW = ("2024-03-05", "2024-03-05")
BOUNDS_BY_ISSUE = {
    "id:crisis-of-law": NOW,  # болудамыз: the present tense
    "id:volatility-of-politics": NOW,  # бүгінде күн сайын
    "id:kz-reliable-participant": NOW,  # Қазақстан бүгінде
    "id:kz-middle-power": NOW,  # the same word
    "id:work-of-representation": (None, "2024-03-05"),  # бүгінгі таңға дейін
    "id:work-of-cica": NOW,  # Ұйымның қазіргі таңда
    "id:cica-standing": NOW,  # Қазіргі таңда
    "id:kz-contribution-to-cica": NOW,  # Ұйымның қазіргі таңда
    "id:effectiveness-of-peacekeeping": (None, "2024-03-05"),  # көрсетіп келді
    "id:mandate-2024": ("2024-01-01", "2024-12-31"),  # Биыл
    "id:deployment-golan": ("2024-03-05", None),  # орындайтын болады
    "id:success-of-agencies": NOW,  # Бүгінде
}
COUNTED_ON_ISSUE = [
    "id:last-thirty-two-years",  # соңғы отыз екі жыл ішінде
    "id:number-of-agencies",  # Бүгінде … 27
    "id:number-of-members",  # Қазіргі таңда … 28
    "id:seventy-years",  # Соңғы жетпіс жылдық
    "id:share-of-population",  # Қазіргі таңда … 90 пайызы
    "id:thirty-years",  # соңғы отыз жылда
]


def following(quads: Iterable[Quad]) -> list[Quad]:
    """Return what follows from ``quads`` and is not among them."""
    given = set(quads)
    store = Store()
    store.bulk_extend(given)
    return [quad for quad in derive(store) if quad not in given]


def short(term: object) -> str:
    if isinstance(term, NamedNode):
        return curie(term)
    return term.value if isinstance(term, Literal) else str(term)


def derived(data: str) -> set[str]:
    """Return what follows from a small TriG text and the ontology, besides what the latter adds."""
    quads = [*ONTOLOGY, *parse(_PREFIXES + data, format=RdfFormat.TRIG)]
    merged = {Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads}
    found = {*following([*merged, *quads])} - {*following(ONTOLOGY)}
    return {" ".join(map(short, quad.triple)) for quad in found}


def values(view: View, name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for q in view.quads:
        if q.predicate == KZUN[name] and q.graph_name == DefaultGraph():
            found.setdefault(short(q.subject), []).append(short(q.object))
    return found


# ---------------------------------------------------------------- small cases


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            "id:x a kzun:Admission .",
            {
                "id:x rdf:type kzun:Event",
                "id:x rdf:type kzun:Situation",
                "id:x rdf:type schema:Event",
                "id:x rdf:type schema:Thing",
            },
        ),
        ("id:x kzun:after id:y .", {"id:y kzun:before id:x"}),
        ("id:x kzun:before id:y .", {"id:y kzun:after id:x"}),
        ("id:x org:unitOf id:y .", {"id:y org:hasUnit id:x"}),
        ("id:x org:hasUnit id:y .", {"id:y org:unitOf id:x"}),
        ("id:x kzun:place id:y .", set()),  # no class by domain or range, no superproperty
        (
            'id:x kzun:date "2009-12"^^xsd:gYearMonth .',
            {"id:x kzun:earliest 2009-12-01", "id:x kzun:latest 2009-12-31"},
        ),
        ('id:x kzun:startDate "2017"^^xsd:gYear .', {"id:x kzun:earliest 2017-01-01"}),
        ('id:x kzun:endDate "2018"^^xsd:gYear .', {"id:x kzun:latest 2018-12-31"}),
        ('id:x kzun:date "--08-29"^^xsd:gMonthDay .', set()),
        ('id:x kzun:dayOfYear "--08-29"^^xsd:gMonthDay .', set()),
        ('id:x kzun:date "2024-02-31"^^xsd:date .', set()),  # a rule reports it
        ("claim:p01-01 { id:x kzun:place id:y . }", {"claim:p01-01 schema:about id:x"}),
    ],
)
def test_what_follows(data: str, expected: set[str]) -> None:
    assert derived(data) == expected


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("Now", {"earliest 2024-03-05", "latest 2024-03-05"}),
        ("ThisYear", {"earliest 2024-01-01", "latest 2024-12-31"}),
        ("UntilNow", {"latest 2024-03-05"}),
        ("Future", {"earliest 2024-03-05"}),
    ],
)
def test_relative_times_are_resolved_by_the_issue_and_marked(time: str, expected: set[str]) -> None:
    base = derived(ISSUE)
    new = derived(f"{ISSUE} id:x kzun:relativeTime kzun:{time} .") - base
    assert new == {"id:x kzun:resolvedBy id:issue", *(f"id:x kzun:{text}" for text in expected)}


def test_a_quantity_holds_as_of_the_issue() -> None:
    new = derived(f"{ISSUE} id:x a kzun:Quantity ; kzun:relativeTime kzun:Now .") - derived(ISSUE)
    assert new == {
        "id:x kzun:resolvedBy id:issue",
        "id:x kzun:asOf 2024-03-05",
        "id:x rdf:type schema:QuantitativeValue",
    }


def test_without_issue_no_relative_time_is_resolved() -> None:
    assert derived("id:x kzun:relativeTime kzun:ThisYear .") == set()


def test_a_claim_is_the_authors_unless_it_says_otherwise() -> None:
    data = """article:a schema:author id:author .
        annotation:a oa:hasBody claim:p01-01 ; oa:hasTarget article:t .
        annotation:b oa:hasBody claim:p01-02 ; oa:hasTarget article:t .
        article:t oa:hasSource article:a .
        claim:p01-01 kzun:quote "а"@kk .
        claim:p01-02 kzun:quote "ә"@kk ; prov:wasAttributedTo id:other ."""
    assert derived(data) == {"claim:p01-01 prov:wasAttributedTo id:author"}


def test_deriving_twice_adds_nothing(view: View) -> None:
    assert following(view.quads) == []


# ---------------------------------------------------------------- the shipped data


def test_bounds_of_all_dates(view: View) -> None:
    expected = BOUNDS | BOUNDS_BY_ISSUE
    for kind, side in (("earliest", 0), ("latest", 1)):
        wanted = {name: [days[side]] for name, days in expected.items() if days[side]}
        assert values(view, kind) == wanted


def test_times_taken_from_the_issue_are_marked_and_no_others(view: View) -> None:
    marked = [*BOUNDS_BY_ISSUE, *COUNTED_ON_ISSUE]
    assert values(view, "resolvedBy") == {name: ["id:issue-19-6470"] for name in marked}
    assert values(view, "asOf") == {name: ["2024-03-05"] for name in COUNTED_ON_ISSUE}


def test_every_dated_thing_is_listed_above(view: View) -> None:
    dated = {name for kind in ("date", "startDate", "endDate") for name in values(view, kind)}
    assert dated - set(BOUNDS) == {"id:semey-closure"}  # 29 August of no year: no bounds
    assert set(values(view, "relativeTime")) == {*BOUNDS_BY_ISSUE, *COUNTED_ON_ISSUE}


def test_no_claim_holds_what_is_derived(view: View, sources: Sources) -> None:
    stated = {found.quad for found in sources.located if found.quad.graph_name in CLAIM}
    assert {q for q in view.quads if q.graph_name != DefaultGraph()} == stated


def test_types_go_all_the_way_up(shipped: Dataset) -> None:
    lacking = """SELECT ?node WHERE { ?node a/rdfs:subClassOf+ ?class
        FILTER NOT EXISTS { ?node a ?class } }"""
    assert shipped.sparql(lacking).rows == []
    assert shipped.sparql("ASK { id:admission-1992 a schema:Thing }").boolean


def test_inverses_stand_in_both_directions(view: View) -> None:
    default = {q.triple for q in view.quads if q.graph_name == DefaultGraph()}
    pairs = {(q.subject, q.object) for q in view.quads if q.predicate == OWL["inverseOf"]}
    pairs |= {(right, left) for left, right in pairs}
    used = 0
    for left, right in pairs:
        forward = {(t.subject, t.object) for t in default if t.predicate == left}
        backward = {(t.object, t.subject) for t in default if t.predicate == right}
        assert forward == backward
        used += bool(forward)
    assert used == len(pairs) > 0


def test_claims_are_about_the_subjects_of_their_triples(view: View) -> None:
    subjects = {
        (curie(q.graph_name), short(q.subject)) for q in view.quads if q.graph_name in CLAIM
    }
    about = {
        (short(q.subject), short(q.object))
        for q in view.quads
        if curie(q.predicate) == "schema:about"
    }
    assert about == subjects
    assert ("claim:p01-18", "id:admission-1992") in about


def test_all_claims_are_attributed_to_the_author(view: View) -> None:
    claims = {curie(q.graph_name) for q in view.quads if q.graph_name in CLAIM}
    attributed = {
        short(q.subject): short(q.object)
        for q in view.quads
        if curie(q.predicate) == "prov:wasAttributedTo"
    }
    assert attributed == dict.fromkeys(claims, curie(ID["article-author"]))


def test_removing_the_issue_leaves_relative_times_open(sources: Sources) -> None:
    kept = tuple(f for f in sources.located if f.quad.subject != ID["issue-19-6470"])
    bare = article_view(Sources(kept, sources.article))
    assert values(bare, "resolvedBy") == values(bare, "asOf") == {}
    assert "id:mandate-2024" not in values(bare, "earliest")
    assert values(bare, "earliest")["id:admission-1992"] == ["1992-03-02"]
