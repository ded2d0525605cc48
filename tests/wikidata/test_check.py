"""Check: each link is held against a real SPARQL server with a graph in Wikidata's shape."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal
from servers import Reply, Stub, sparql_server
from sssom_rows import COLUMNS, HEADER, mappings, row

from kzun_graph.links.mappings import read_mappings
from kzun_graph.protocol.endpoint import Endpoint, EndpointError
from kzun_graph.reader import read_all
from kzun_graph.terms import KZUN, WD
from kzun_graph.wikidata.changes import proposed_changes
from kzun_graph.wikidata.check import LinkReport, check_links, class_rules, fit
from kzun_graph.wikidata.items import Items
from kzun_graph.wikidata.names import Ours, agreeing, same
from kzun_graph.wikidata.show import WORDS, check_json, check_table

GRAPH = Path(__file__).with_name("wikidata.ttl").read_text("utf-8")
OURS = """
@prefix id: <https://w3id.org/kzun/id/> .
@prefix kzun: <https://w3id.org/kzun/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
id:unifil a kzun:PeacekeepingMission ;
  skos:prefLabel "unifil"@en , "ЮНИФИЛ"@ru , "Ливандағы күш"@kk .
id:lebanon a kzun:Country ; skos:prefLabel "Ливан"@kk , "Ливан"@ru , "Lebanon"@en .
id:cote-divoire skos:prefLabel "КОТ-Д’ИВУАР"@ru .
id:un skos:prefLabel "БҰҰ"@kk , "ООН"@ru , "UN"@en ; skos:hiddenLabel "United Nations"@en .
id:minurso a kzun:PeacekeepingMission ; skos:prefLabel "MINURSO"@en .
kzun:date skos:prefLabel "date"@en .
"""
GONE_AND_MOVED = ("Q9999990404", "Q9999990010")
KINDS = "kzun:PeacekeepingMission close wd:Q20082270"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    with sparql_server(GRAPH) as address:
        yield Endpoint(address)


@pytest.fixture
def ours(tmp_path: Path) -> Ours:
    path = tmp_path / "ours.ttl"
    path.write_text(OURS, "utf-8")
    return Ours.of(found.quad for found in read_all([path]))


def check(endpoint: Endpoint, ours: Ours, folder: Path, *rows: str) -> list[LinkReport]:
    return check_links(mappings(folder, *rows), endpoint, ours)


@pytest.mark.parametrize(
    ("link", "languages", "kind"),
    [
        ("id:unifil exact wd:Q160805", ("en",), "fits"),  # by an alternative label, case apart
        ("id:lebanon exact wd:Q822", ("kk", "en"), "unknown"),  # by kk-cyrl and by mul
        ("id:cote-divoire exact wd:Q1008", ("ru",), "unknown"),  # dash, quote and case apart
        ("kzun:PeacekeepingMission close wd:Q20082270", (), "unknown"),
        ("kzun:date close wd:P585", (), "unknown"),  # a property: existence and label only
        ("id:minurso broad wd:Q20082270", (), "unknown"),  # the kind, and no single thing
    ],
)
def test_what_is_fine(
    link: str, languages: tuple[str, ...], kind: str, endpoint: Endpoint, ours: Ours, tmp_path: Path
) -> None:
    rows = dict.fromkeys((KINDS, link))
    report = check(endpoint, ours, tmp_path, *rows)[-1]
    assert (report.state, report.findings) == ("exists", ())
    assert report.languages == languages and report.kind == kind


def test_what_is_to_look_at(endpoint: Endpoint, ours: Ours, tmp_path: Path) -> None:
    found = check(
        endpoint,
        ours,
        tmp_path,
        KINDS,
        "id:unifil exact wd:Q9999990010",
        "id:unifil close wd:Q9999990011",
        "id:unifil broad wd:Q9999990012",
        "id:unifil related wd:Q9999990404",
        "kzun:date close wd:P9999990404",
        "id:un exact wd:Q1065",
        "id:minurso exact wd:Q9999990002",
        "id:minurso close wd:Q20082270",
    )
    assert [(report.findings, report.target) for report in found[1:]] == [
        (("redirect",), WD["Q160805"]),
        (("redirect",), WD["Q160805"]),  # over two redirects
        (("absent",), None),  # it leads to what was deleted
        (("absent",), None),
        (("absent",), None),
        (("label differs",), None),  # "United Nations" is a hidden label of ours: no name
        (("class does not fit",), None),  # a film
        (("class does not fit",), None),  # the class itself is no instance of it
    ]
    assert found[1].languages == ("en",) and found[1].kind == "fits"  # of the item it leads to
    assert found[1].target_label == "United Nations Interim Force in Lebanon"


def test_where_we_have_no_name_none_differs(endpoint: Endpoint, ours: Ours, tmp_path: Path) -> None:
    (report,) = check(endpoint, ours, tmp_path, "id:nameless exact wd:Q822")
    assert report.labels == "none" and report.fine


def test_links_elsewhere_denied_and_missing_ones_are_not_asked_about(
    endpoint: Endpoint, ours: Ours, tmp_path: Path
) -> None:
    rows = ("id:lebanon exact gn:272103/", "id:unifil Not exact wd:Q858", "id:un exact wd:Q1065")
    rows += ("id:minurso exact sssom:NoTermFound",)
    (report,) = check(endpoint, ours, tmp_path, *rows)
    assert report.mapping.object == WD["Q1065"]


@pytest.mark.parametrize(
    ("others", "clash"),
    [
        ((), ""),
        (("id:unifil Not exact wd:Q160805",), "rejected"),
        (("id:unifil exact wd:Q160805",), "twice"),
        (("id:minurso exact wd:Q160805",), "taken"),
        (("id:minurso broad wd:Q160805",), ""),
        (("id:minurso Not exact wd:Q160805",), ""),
    ],
)
def test_a_redirect_to_an_item_with_a_row_of_its_own_is_no_plain_change(
    others: tuple[str, ...], clash: str, endpoint: Endpoint, ours: Ours, tmp_path: Path
) -> None:
    found = check(endpoint, ours, tmp_path, "id:unifil exact wd:Q9999990010", *others)
    assert found[0].clash == clash


def test_a_class_below_ours_says_nothing_against_an_item(tmp_path: Path) -> None:
    rows = mappings(
        tmp_path,
        "kzun:Resolution narrow wd:Q1330251",
        "kzun:Mission broad wd:Q20082270",
        "kzun:Document related wd:Q7150",
        "kzun:Observance Not close wd:Q2558684",
    )
    rules = class_rules(rows)
    assert fit([KZUN["Resolution"]], set(), rules) == "unknown"
    assert fit([KZUN["Resolution"]], {WD["Q1330251"]}, rules) == "fits"
    assert fit([KZUN["Mission"]], set(), rules) == "does not fit"
    for kinds in (["Resolution", "Mission"], ["Mission", "Resolution"]):
        both = [KZUN[kind] for kind in kinds]
        assert fit(both, {WD["Q1330251"]}, rules) == "does not fit"
    assert fit([KZUN["Document"], KZUN["Observance"]], set(), rules) == "unknown"


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("Côte d’Ivoire", "cote d'ivoire", False),
        ("Co\u0302te d’Ivoire", "CÔTE D'IVOIRE", True),
        ("Организация Объединённых  Наций", "организация объединенных наций", True),
        ("СВМДА", "СВMДА", False),  # a Latin M
        ("Кот–д’Ивуар", "Кот-д'Ивуар", True),
    ],
)
def test_spellings_of_one_name(one: str, other: str, equal: bool) -> None:
    assert (same(one) == same(other)) is equal


def test_a_name_counts_in_its_own_language_only() -> None:
    ours = [Literal("Ливан", language="ru"), Literal("Lebanon", language="en")]
    assert agreeing(ours, [Literal("Ливан", language="kk")]) == ()
    assert agreeing(ours, [Literal("Ливан", language="uk")]) == ()
    assert agreeing(ours, [Literal("lebanon", language="en-gb")]) == ("en",)
    assert agreeing(ours, [Literal("Ливан", language="mul")]) == ("ru",)


def test_an_endpoint_that_is_not_wikidata_condemns_nothing(ours: Ours, tmp_path: Path) -> None:
    with (
        sparql_server("<urn:a> <urn:b> <urn:c> .") as address,
        pytest.raises(EndpointError, match="is not Wikidata-shaped: ask another endpoint"),
    ):
        check(Endpoint(address), ours, tmp_path, "id:un exact wd:Q1065")


def test_a_single_deleted_item_is_absent(endpoint: Endpoint, ours: Ours, tmp_path: Path) -> None:
    (report,) = check(endpoint, ours, tmp_path, "id:un exact wd:Q9999990404")
    assert report.findings == ("absent",)


def test_no_links_need_no_questions(ours: Ours, tmp_path: Path) -> None:
    with Stub(Reply("", status=500)) as stub:
        assert check(Endpoint(stub.address), ours, tmp_path) == []
    assert stub.asked == []


def test_many_items_are_asked_in_batches(endpoint: Endpoint) -> None:
    asked: list[str] = []

    class Counting(Endpoint):
        def select(self, text: str) -> list[dict[str, object]]:  # type: ignore[override]
            asked.append(text)
            return super().select(text)

    numbers = [WD[f"Q{number}"] for number in range(1, 120)]
    items = [WD["Q822"], *numbers, WD["Q1065"]]
    assert Items(Counting(endpoint.address)).known(items) == {WD["Q822"], WD["Q1065"]}
    assert [text.count("entity/Q") for text in asked] == [50, 50, 21]


def test_the_changes_are_a_diff_that_patch_takes(
    endpoint: Endpoint, ours: Ours, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = (
        row("id:minurso close wd:Q9999990002"),
        row(
            "id:unifil exact wd:Q9999990010",
            comment='a "quoted" word',
            other="independent_sources=2",
        ),
        row("id:unifil related wd:Q9999990404"),
        row("id:un exact wd:Q1065"),
    )
    found = check(endpoint, ours, tmp_path, KINDS, *rows)
    before = (tmp_path / "test.sssom.tsv").read_text("utf-8")
    text = proposed_changes(found)
    assert [line for line in text.splitlines() if line.startswith("# ")] == [
        "# test.sssom.tsv:13: id:minurso skos:closeMatch wd:Q9999990002: its class does not fit "
        "ours: look at it",
        "# test.sssom.tsv:14: id:unifil skos:exactMatch wd:Q9999990010: redirects to wd:Q160805: "
        "replace it, the old number stays in 'other'",
        "# test.sssom.tsv:15: id:unifil skos:relatedMatch wd:Q9999990404: no such item (deleted, "
        "or never there): take the row out",
        "# test.sssom.tsv:16: id:un skos:exactMatch wd:Q1065: no label in kk, ru or en agrees "
        "(theirs: 'United Nations', 'Біріккен Ұлттар Ұйымы'): look at it",
    ]
    assert (tmp_path / "test.sssom.tsv").read_text("utf-8") == before  # nothing is written
    changed = row(
        "id:unifil exact wd:Q160805",
        comment='a "quoted" word',
        other="independent_sources=2|replaces=wd:Q9999990010",
    ).replace("old label", "United Nations Interim Force in Lebanon")
    # the quotes of a cell that the csv module writes are another spelling of the same cell
    changed = changed.replace('a "quoted" word', '"a ""quoted"" word"')
    diff = [line for line in text.splitlines(keepends=True) if not line.startswith("# ")]
    assert diff == [
        "--- test.sssom.tsv\n",
        "+++ test.sssom.tsv\n",
        "@@ -13,4 +13,3 @@\n",
        *(" " + rows[0], "-" + rows[1], "-" + rows[2], "+" + changed, " " + rows[3]),
    ]
    (tmp_path / "after.sssom.tsv").write_text(HEADER + COLUMNS + row(KINDS) + changed, "utf-8")
    _, again = read_mappings([tmp_path / "after.sssom.tsv"])
    assert again.object == WD["Q160805"] and again.comment == 'a "quoted" word'
    if shutil.which("patch"):
        patch = ["patch", "-p0", "-s"]
        subprocess.run(patch, input=text, text=True, check=True, cwd=tmp_path)
        after = (tmp_path / "test.sssom.tsv").read_text("utf-8")
        assert after == HEADER + COLUMNS + row(KINDS) + rows[0] + changed + rows[3]


def test_a_redirect_onto_a_rejected_item_is_left_to_a_person(
    endpoint: Endpoint, ours: Ours, tmp_path: Path
) -> None:
    rows = ("id:unifil exact wd:Q9999990010", "id:unifil Not exact wd:Q160805")
    text = proposed_changes(check(endpoint, ours, tmp_path, *rows))
    assert "redirects to wd:Q160805: decide: that item is rejected for this subject" in text
    assert "\n+" not in text and "\n-" not in text


def test_a_row_that_is_there_already_is_taken_out(
    endpoint: Endpoint, ours: Ours, tmp_path: Path
) -> None:
    rows = ("id:unifil exact wd:Q9999990010", "id:unifil exact wd:Q160805")
    text = proposed_changes(check(endpoint, ours, tmp_path, *rows))
    gone = [line for line in text.splitlines() if line.startswith("-id")]
    assert gone == ["-" + row(rows[0]).rstrip("\n")] and "\n+id" not in text


def test_a_row_over_several_lines_is_left_to_a_person(
    endpoint: Endpoint, ours: Ours, tmp_path: Path
) -> None:
    rows = [row(f"id:unifil exact wd:{item}", comment='"two\nlines"') for item in GONE_AND_MOVED]
    text = proposed_changes(check(endpoint, ours, tmp_path, *rows))
    assert text.count("# ") == 2 and "@@" not in text


def test_nothing_to_look_at_gives_no_changes(
    endpoint: Endpoint, ours: Ours, tmp_path: Path
) -> None:
    assert proposed_changes(check(endpoint, ours, tmp_path, "id:lebanon exact wd:Q822")) == ""


def test_when_most_is_gone_the_endpoint_is_doubted_first(
    endpoint: Endpoint, ours: Ours, tmp_path: Path
) -> None:
    gone = [f"id:unifil related wd:Q999999040{number}" for number in range(6)]
    rows = ("id:lebanon exact wd:Q822", "id:unifil exact wd:Q9999990010", *gone)
    found = check(endpoint, ours, tmp_path, *rows)
    text = proposed_changes(found)
    assert text.startswith("# Most items are not there: ask another endpoint")
    assert text.count("\n-id") == 1 and text.count("no such item") == 6  # only the redirect
    assert "Most items are not there" in "\n".join(check_table(found, 0, "en"))
    few = check(endpoint, ours, tmp_path, *rows[:-1])  # five are no proof
    fine = [f"id:lebanon {kind} wd:Q822" for kind in ("close", "broad", "narrow", "related")]
    half = check(endpoint, ours, tmp_path, *rows, *fine)  # six of twelve
    for found in (few, half):
        assert not proposed_changes(found).startswith("# Most")


def test_the_table_and_the_json(endpoint: Endpoint, ours: Ours, tmp_path: Path) -> None:
    rows = (KINDS, "id:unifil exact wd:Q9999990011", "id:lebanon exact wd:Q822")
    found = check(endpoint, ours, tmp_path, *rows)
    lines = list(check_table(found, 18, "en"))
    assert " ".join(lines[1].split()) == (
        "id:unifil skos:exactMatch wd:Q9999990011 "
        "redirects to wd:Q160805 United Nations Interim Force in Lebanon"
    )
    assert lines[2].startswith("    ") and lines[2].endswith("test.sssom.tsv:13")
    assert lines[3].endswith("wd:Q822       fine (labels: kk, en; class: unknown)")
    assert lines[4] == "Links checked: 3; to look at: 1; outside Wikidata, not asked: 18."
    data = json.loads(check_json(found, 18, endpoint.address))
    assert (data["checked"], data["findings"], data["elsewhere"]) == (3, 1, 18)
    assert data["links"][1] == {
        "subject": "id:unifil",
        "predicate": "skos:exactMatch",
        "object": "wd:Q9999990011",
        "place": lines[2].strip(),
        "findings": ["redirect"],
        "state": "redirect",
        "redirects_to": "wd:Q160805",
        "clash": None,
        "labels": "agree",
        "languages": ["en"],
        "labels_there": data["links"][1]["labels_there"],
        "class": "fits",
    }
    assert {"lang": "en", "value": "UNIFIL"} in data["links"][1]["labels_there"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("kk", "басқа элементке бағытталған: wd:Q160805"),
        ("ru", "перенаправлен на wd:Q160805"),
        ("en", "redirects to wd:Q160805"),
    ],
)
def test_the_table_speaks_three_languages(
    lang: str, said: str, endpoint: Endpoint, ours: Ours, tmp_path: Path
) -> None:
    rows = ("id:unifil exact wd:Q9999990010", "id:unifil Not exact wd:Q160805")
    first, *_ = check_table(check(endpoint, ours, tmp_path, *rows), 0, lang)
    assert said in first


def test_every_language_has_every_phrase() -> None:
    assert len({frozenset(words) for words in WORDS.values()}) == 1
    assert all(text for words in WORDS.values() for text in words.values())
