"""Suggest: a name alone never makes a match, over the wire against SPARQL and a W3C service."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from servers import Asked, Reply, Stub, sparql_server
from sssom_rows import mappings, row

from kzun_graph import Dataset
from kzun_graph.errors import OutputError, SourceError
from kzun_graph.links.mappings import Mapping, read_mappings
from kzun_graph.protocol.endpoint import Endpoint, EndpointError
from kzun_graph.resources import root
from kzun_graph.terms import ID, KZUN, SCHEMA, WD, curie
from kzun_graph.wikidata.confirm import Evidence, Facts
from kzun_graph.wikidata.items import Items
from kzun_graph.wikidata.names import Ours, spellings
from kzun_graph.wikidata.proposals import sssom, write_new
from kzun_graph.wikidata.reconcile import Service
from kzun_graph.wikidata.show_candidates import WORDS, candidates_json, candidates_table
from kzun_graph.wikidata.suggest import ORDER, Candidate, suggest

GRAPH = Path(__file__).with_name("wikidata.ttl").read_text("utf-8")
JSON = "application/json"
LINKS = (
    "kzun:PeacekeepingMission close wd:Q20082270",
    "id:unifil exact wd:Q160805",
    "id:western-sahara exact wd:Q6250",
    "id:cote-divoire exact wd:Q1008",
    "id:lebanon exact wd:Q822",
)


@pytest.fixture(scope="module")
def items() -> Iterator[Items]:
    with sparql_server(GRAPH) as address:
        yield Items(Endpoint(address))


@pytest.fixture(scope="module")
def ours(shipped: Dataset) -> Ours:
    return Ours.of(shipped.view.stated, shipped.view.derived)


def statuses(found: list[Candidate]) -> dict[str, str]:
    return {c.item.value.removeprefix(WD.iri): c.status for c in found}


def test_name_class_and_second_property_together_are_proposed(
    items: Items, ours: Ours, tmp_path: Path
) -> None:
    found = suggest([ID["minurso"]], mappings(tmp_path, *LINKS), items, ours)
    assert statuses(found) == {
        "Q9999990001": "proposed",  # the mission: an instance of a class below the mapped one
        "Q9999990003": "no second property",  # a mission elsewhere
        "Q9999990004": "no second property",  # the statement about the place is deprecated
        "Q9999990002": "wrong class",  # a film
        "Q9999990005": "class unknown",  # in the right place, and nothing says what it is
    }
    best = found[0]
    assert best.languages == ("ru", "en") and best.kind == "fits"
    assert best.like == WD["Q20082270"]
    assert best.evidence == (Evidence("kzun:operatesIn", "P276", "wd:Q6250"),)
    assert best.score == pytest.approx(0.87)  # 0.4 × 2/3 + 0.3 + 0.3


def test_without_a_class_that_is_mapped_an_example_tells_what_fits(
    items: Items, ours: Ours, tmp_path: Path
) -> None:
    found = suggest([ID["minurso"]], mappings(tmp_path, *LINKS[1:]), items, ours)
    assert statuses(found) == {
        "Q9999990001": "proposed",  # of the same direct class as the item of id:unifil
        "Q9999990005": "class unknown",
        "Q9999990002": "name only",
        "Q9999990003": "name only",
        "Q9999990004": "name only",
    }
    assert found[0].like == ID["unifil"]


def test_a_broader_match_of_the_entity_tells_its_class(
    items: Items, ours: Ours, tmp_path: Path
) -> None:
    rows = ("id:minurso broad wd:Q20082270", "id:western-sahara exact wd:Q6250")
    found = suggest([ID["minurso"]], mappings(tmp_path, *rows), items, ours)
    assert statuses(found) == {
        "Q9999990001": "proposed",
        "Q9999990003": "no second property",
        "Q9999990004": "no second property",
        "Q9999990005": "class unknown",
        "Q9999990002": "name only",  # a film: a broader match denies nothing
    }


def test_an_example_is_of_the_same_class_of_ours(items: Items, ours: Ours, tmp_path: Path) -> None:
    # a country of ours (so the row claims) whose item is of the same class as the mission's
    rows = ("id:lebanon exact wd:Q160805", "id:western-sahara exact wd:Q6250")
    found = suggest([ID["minurso"]], mappings(tmp_path, *rows), items, ours)
    assert statuses(found)["Q9999990001"] == "class unknown"


def test_nothing_known_of_classes_and_places_leaves_names_only(
    items: Items, ours: Ours, tmp_path: Path
) -> None:
    found = suggest([ID["minurso"]], mappings(tmp_path), items, ours)
    assert set(statuses(found).values()) == {"name only"} and len(found) == 5


def test_two_that_fit_equally_are_both_left_to_a_person(
    items: Items, ours: Ours, tmp_path: Path
) -> None:
    found = suggest([ID["unoci"]], mappings(tmp_path, *LINKS), items, ours)
    assert statuses(found) == {"Q9999990006": "ambiguous", "Q9999990007": "ambiguous"}
    assert found[0].evidence[0].theirs in ("P17", "P276")


def test_a_rejected_item_is_never_proposed_again_and_the_reason_is_told(
    items: Items, ours: Ours, tmp_path: Path
) -> None:
    denied = row("id:minurso Not exact wd:Q9999990001", comment="Another mission.")
    found = suggest([ID["minurso"]], mappings(tmp_path, *LINKS, denied), items, ours)
    assert found[-1].item == WD["Q9999990001"] and found[-1].status == "rejected"
    assert found[-1].reason == "Another mission."
    lines = list(candidates_table([ID["minurso"]], found, curie, "en"))
    assert any("rejected before, not proposed again: Another mission." in line for line in lines)
    assert "\nid:" not in sssom(found, curie, "here")


@pytest.mark.parametrize(
    ("link", "status", "reason"),
    [
        ("id:unoci exact wd:Q9999990001", "taken", "id:unoci"),
        ("id:unoci broad wd:Q9999990001", "proposed", ""),
        ("id:unoci Not exact wd:Q9999990001", "proposed", ""),
        ("id:minurso related wd:Q9999990001", "linked", "skos:relatedMatch"),
    ],
)
def test_an_item_that_has_a_link_is_not_proposed(
    link: str, status: str, reason: str, items: Items, ours: Ours, tmp_path: Path
) -> None:
    found = suggest([ID["minurso"]], mappings(tmp_path, *LINKS, link), items, ours)
    (one,) = (candidate for candidate in found if candidate.item == WD["Q9999990001"])
    assert (one.status, one.reason) == (status, reason)


def test_the_city_is_not_the_test_site(items: Items, ours: Ours) -> None:
    shipped = read_mappings()  # it rejects Q61944 for the test site, with the reason
    (found,) = suggest([ID["semey-test-site"]], shipped, items, ours)
    assert (found.item, found.status) == (WD["Q61944"], "rejected")
    assert "not the test site" in found.reason


def test_apostrophes_and_first_letters_are_tried(items: Items) -> None:
    names = spellings(Literal("операция в Кот-д’Ивуаре", language="ru"))
    assert Literal("Операция в Кот-д'Ивуаре", language="mul") in names
    found = items.candidates(
        {ID["x"]: [Literal("united Nations Operation in Côte d’Ivoire", language="en")]}
    )
    assert list(found[ID["x"]]) == [WD["Q9999990006"]]


def test_only_items_are_candidates(items: Items) -> None:
    name = Literal("point in time", language="en")  # a property's
    assert items.candidates({ID["x"]: [name]}) == {}


def test_a_name_that_everything_has_is_an_error_and_not_cut_off() -> None:
    graph = "@prefix wd: <http://www.wikidata.org/entity/> .\n" + "".join(
        f'wd:Q{i} <http://www.w3.org/2000/01/rdf-schema#label> "x"@en .\n' for i in range(1, 600)
    )
    with sparql_server(graph) as address, pytest.raises(EndpointError, match="500 or more items"):
        Items(Endpoint(address)).candidates({ID["x"]: [Literal("x", language="en")]})


FACTS = [
    ("minurso", {"P276": [WD["Q6250"]]}, ["P276 wd:Q6250"]),
    ("minurso", {"P17": [WD["Q6250"]], "P276": [WD["Q822"]]}, ["P17 wd:Q6250"]),
    ("minurso", {"P276": [Literal("wd:Q6250")]}, []),
    ("minurso", {"P710": [WD["Q6250"]]}, []),
    ("almaty", {"P1566": [Literal("1526384")]}, ["P1566 1526384"]),
    ("almaty", {"P1566": [Literal("15263841")]}, []),
    ("kabul-capture", {"P585": [Literal("2021-08-15T00:00:00Z")]}, ["P585 2021-08"]),
    ("kabul-capture", {"P585": [Literal("2021-09-15T00:00:00Z")]}, []),
    ("kabul-capture", {"P585": [Literal("2021-01-01T00:00:00Z")]}, []),  # their year: less precise
    ("cica-summit-6", {"P585": [Literal("2022-10-13T00:00:00Z")]}, ["P585 2022"]),
    ("cica-summit-6", {"P276": [WD["Q1520"]]}, ["P276 wd:Q1520"]),
    ("day-nuclear-tests", {"P585": [Literal("2024-08-29T00:00:00Z")]}, []),
]


@pytest.mark.parametrize(("name", "values", "expected"), FACTS)
def test_what_confirms_and_what_does_not(
    name: str, values: dict[str, list[NamedNode | Literal]], expected: list[str], ours: Ours
) -> None:
    found = Facts.of(read_mappings(), ours).confirmed(ID[name], values)
    assert [f"{one.theirs} {one.value}" for one in found] == expected


@pytest.mark.parametrize(
    ("theirs", "near"),
    [
        ("Point(78.717 50.117)", True),
        ("Point(78.99444 50.02778)", True),  # the other coordinates that sources give for the site
        ("POINT(78.717 50.117)", True),
        ("Point(80.25025 50.42064)", False),  # the city of Semey
        ("Point(50.117 78.717)", False),
        ("<http://www.wikidata.org/entity/Q111> Point(78.717 50.117)", False),  # not on the earth
        ("50.117,78.717", False),
    ],
)
def test_a_point_near_ours_confirms(theirs: str, near: bool) -> None:
    geo = Quad(ID["site"], SCHEMA["geo"], NamedNode("geo:50.117,78.717"))
    facts = Facts.of((), Ours.of([geo]))
    found = facts.confirmed(ID["site"], {"P625": [Literal(theirs)]})
    assert found == ((Evidence("schema:geo", "P625", "geo:50.117,78.717"),) if near else ())


def test_a_code_of_a_country_confirms(tmp_path: Path) -> None:
    code = Quad(ID["country"], KZUN["isoAlpha2"], Literal("KZ"))
    facts = Facts.of(mappings(tmp_path, "kzun:isoAlpha2 close wd:P297"), Ours.of([code]))
    assert facts.properties([ID["country"]]) == {"P297"}
    assert facts.confirmed(ID["country"], {"P297": [Literal("KZ")]})
    assert not facts.confirmed(ID["country"], {"P297": [Literal("KZT")]})


def test_the_place_that_holds_a_place_counts(tmp_path: Path) -> None:
    quads = [
        Quad(ID["force"], KZUN["operatesIn"], ID["zone"]),
        Quad(ID["zone"], SCHEMA["containedInPlace"], ID["heights"]),
        Quad(ID["zone"], KZUN["place"], ID["lebanon"]),
    ]
    rows = ("id:heights exact wd:Q83210", "id:lebanon exact wd:Q822")
    facts = Facts.of(mappings(tmp_path, *rows), Ours.of(quads))
    assert facts.confirmed(ID["force"], {"P276": [WD["Q83210"], WD["Q822"]]}) == (
        Evidence("kzun:operatesIn", "P276", "wd:Q83210"),
    )


def test_a_property_of_ours_that_is_mapped_counts_too(ours: Ours, tmp_path: Path) -> None:
    rows = ("id:unifil exact wd:Q160805", "kzun:abbreviation close wd:P9999990001")
    facts = Facts.of(mappings(tmp_path, *rows), ours)
    assert "P9999990001" not in facts.properties([ID["minurso"]])  # a text is no comparable value
    rows = ("id:un exact wd:Q1065", "kzun:organization close wd:P9999990001")
    facts = Facts.of(mappings(tmp_path, *rows), ours)
    assert "P9999990001" in facts.properties([ID["admission-1992"]])


# Proposals


def proposal(ours: Ours, items: Items, folder: Path) -> tuple[list[Candidate], tuple[Mapping, ...]]:
    links = mappings(folder, *LINKS)
    return suggest([ID["minurso"]], links, items, ours), links


def test_a_proposal_is_sssom_that_the_reader_refuses_until_there_is_evidence(
    items: Items, ours: Ours, tmp_path: Path
) -> None:
    found, _ = proposal(ours, items, tmp_path)
    text = sssom(found, curie, 'a "source"')
    path = tmp_path / "proposals.sssom.tsv"
    write_new(path, text)
    with pytest.raises(SourceError, match="has no evidence: give an address in see_also"):
        read_mappings([path])
    head, line = text.splitlines()[-2:]
    reviewed = f"{head}\tsee_also\n{line}\thttps://example.org/seen\n"
    path.write_text(text.replace(f"{head}\n{line}\n", reviewed), "utf-8")
    (link,) = read_mappings([path])
    assert (link.subject, link.object) == (ID["minurso"], WD["Q9999990001"])
    assert link.confidence == "0.70"
    assert link.comment == (
        "Not reviewed. names agree in ru, en; class as wd:Q20082270; "
        "kzun:operatesIn and P276 both give wd:Q6250."
    )


def test_sssom_py_accepts_a_proposal(items: Items, ours: Ours, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("sssom")
    if not program.exists():
        pytest.skip("sssom-py is a development dependency")
    found, _ = proposal(ours, items, tmp_path)
    path = tmp_path / "proposals.sssom.tsv"
    write_new(path, sssom(found, curie, "here"))
    run = subprocess.run([program, "validate", path], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-500:]


def test_a_proposal_goes_neither_among_the_mappings_nor_over_a_file(tmp_path: Path) -> None:
    links = root() / "data" / "links"
    for path in (links / "new.sssom.tsv", links / ".." / "links" / "new.sssom.tsv"):
        with pytest.raises(OutputError, match="lies among the mappings"):
            write_new(path, "x")
        assert not path.exists()
    old = tmp_path / "old"
    old.write_text("old")
    with pytest.raises(OutputError, match="is there already"):
        write_new(old, "x")
    assert old.read_text() == "old"


def test_table_and_json(items: Items, ours: Ours, tmp_path: Path) -> None:
    found, _ = proposal(ours, items, tmp_path)
    entities = [ID["minurso"], ID["golan"]]
    lines = list(candidates_table(entities, found, curie, "en"))
    assert lines[:3] == [
        "id:minurso (id:minurso)",
        "  wd:Q9999990001  United Nations Mission for the Referendum in Western Sahara: proposed",
        "    names: ru, en; class: as wd:Q20082270; "
        "both have wd:Q6250 (kzun:operatesIn, P276); score: 0.87",
    ]
    assert lines[-2:] == [
        "Entities looked for: 2 (nothing found: 1); candidates: 5; proposed: 1.",
        "These are proposals: review them, and add them to data/links/ with evidence.",
    ]
    data = json.loads(candidates_json(entities, found, "here"))
    assert data["entities"] == ["id:minurso", "id:golan"] and len(data["candidates"]) == 5
    assert data["candidates"][0]["evidence"] == [
        {"ours": "kzun:operatesIn", "theirs": "P276", "value": "wd:Q6250"}
    ]


def test_every_language_has_every_phrase_and_status() -> None:
    assert len({frozenset(words) for words in WORDS.values()}) == 1
    assert set(ORDER) <= WORDS["kk"].keys()


# A reconciliation service


MANIFEST: dict[str, object] = {
    "versions": ["0.2"],
    "name": "Test",
    "identifierSpace": "http://www.wikidata.org/entity/",
    "schemaSpace": "http://www.wikidata.org/prop/direct/",
    "extend": {},
}


class ServiceStub(Stub):
    """A small service of version 0.2 with the items that it is given."""

    def __init__(self, offered: dict[str, list[dict[str, object]]], **manifest: object) -> None:
        super().__init__(Reply())
        self.offered = offered
        self.values = {
            "Q9999990001": {"P31": [{"id": "Q20082270"}], "P276": [{"id": "Q6250", "name": "WS"}]},
            "Q160805": {"P31": [{"id": "Q9999990100", "name": "kind"}]},
        }
        self.manifest = MANIFEST | manifest

    def reply(self, asked: Asked) -> Reply:
        if "queries" in asked.form:
            queries = json.loads(asked.form["queries"])
            found = {k: {"result": self.offered.get(q["query"], [])} for k, q in queries.items()}
            return Reply(json.dumps(found), kind=JSON)
        if "extend" in asked.form:
            wanted = json.loads(asked.form["extend"])
            names = [one["id"] for one in wanted["properties"]]
            rows = {i: {n: self.values.get(i, {}).get(n, []) for n in names} for i in wanted["ids"]}
            return Reply(json.dumps({"meta": [], "rows": rows}), kind=JSON)
        return Reply(json.dumps(self.manifest), kind=JSON)


def offer(item: str, name: str, kind: str, match: bool = False) -> dict[str, object]:
    types = [{"id": kind, "name": "kind"}]
    return {"id": item, "name": name, "score": 99.5, "match": match, "type": types}


MINURSO = "United Nations Mission for the Referendum in Western Sahara"
OFFERED = {
    MINURSO: [
        offer("Q9999990001", MINURSO, "Q20082270"),
        offer("Q9999990002", "MINURSO", "Q9999990102", match=True),
        offer("Q9999990008", "Something else", "Q20082270", match=True),
        offer("L17", "MINURSO", "Q20082270"),
        offer("not an id", "MINURSO", "Q20082270"),
    ]
}


def test_a_service_offers_and_the_same_three_things_decide(ours: Ours, tmp_path: Path) -> None:
    with ServiceStub(OFFERED) as stub:
        found = suggest([ID["minurso"]], mappings(tmp_path, *LINKS), Service(stub.address), ours)
    assert statuses(found) == {"Q9999990001": "proposed", "Q9999990002": "name only"}
    assert found[0].evidence == (Evidence("kzun:operatesIn", "P276", "wd:Q6250"),)
    sent = [json.loads(a.form["queries"]) for a in stub.asked if "queries" in a.form]
    assert [sorted(q) for q in sent] == [["q0", "q1", "q2"]]  # kk, ru and en in one request
    assert sent[0]["q2"] == {"query": MINURSO, "limit": 5}
    assert all(a.headers["User-Agent"].startswith("kzun-graph/") for a in stub.asked)
    assert [a.method for a in stub.asked] == ["GET", *["POST"] * (len(stub.asked) - 1)]


def test_a_service_that_tells_no_values_confirms_nothing(ours: Ours, tmp_path: Path) -> None:
    with ServiceStub(OFFERED) as stub:
        del stub.manifest["extend"]
        found = suggest([ID["minurso"]], mappings(tmp_path, *LINKS), Service(stub.address), ours)
    assert statuses(found) == {"Q9999990001": "no second property", "Q9999990002": "name only"}


RESULT = {"result": [{"id": "Q1", "name": "x", "score": 1}]}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<html>", "answered with an HTML page"),
        ('{"name": "x"', "answered with half a result"),
        ("[]", "JSON that is no reconciliation result: check"),
        (
            '{"status": "error", "message": "no\\n such key"}',
            "no reconciliation result (no such key)",
        ),
        (
            '{"name": "x", "identifierSpace": "http://viaf.org/"}',
            "'http://viaf.org/', not Wikidata",
        ),
    ],
)
def test_what_is_no_service_is_one_line(body: str, message: str, ours: Ours) -> None:
    with Stub(Reply(body, kind=JSON)) as stub, pytest.raises(EndpointError) as caught:
        suggest([ID["minurso"]], (), Service(stub.address), ours)
    text = str(caught.value)
    assert text.startswith(f"{stub.address}: ") and message in text and "\n" not in text


@pytest.mark.parametrize(
    "answer",
    [
        {"q0": RESULT},  # fewer than were asked
        {"q0": RESULT, "q1": RESULT, "q2": {}},
        {"q0": RESULT, "q1": RESULT, "q2": {"result": [{"id": 5, "name": "x"}]}},
        {"q0": RESULT, "q1": RESULT, "q2": {"result": [{"id": "Q5"}]}},
        {"q0": RESULT, "q1": RESULT, "q2": {"result": [{"id": "Q5", "name": "x", "type": [{}]}]}},
        {"q0": RESULT, "q1": RESULT, "q2": {"result": [{"id": "Q5", "name": "x", "type": 7}]}},
    ],
)
def test_half_an_answer_of_a_service_is_an_error(answer: dict[str, object], ours: Ours) -> None:
    replies = (Reply(json.dumps(MANIFEST), kind=JSON), Reply(json.dumps(answer), kind=JSON))
    with Stub(*replies) as stub, pytest.raises(EndpointError, match="no reconciliation result"):
        suggest([ID["minurso"]], (), Service(stub.address), ours)


def test_the_kinds_of_ours_are_stated_and_derived(ours: Ours) -> None:
    assert ours.own_kinds[ID["minurso"]] == {KZUN["PeacekeepingMission"]}
    assert KZUN["Mission"] in ours.kinds[ID["minurso"]]
