"""Mappings: what the files hold, and what is refused, with place and remedy."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from kzun_graph import resources
from kzun_graph.errors import SourceError
from kzun_graph.links.mappings import Mapping, read_mappings
from kzun_graph.links.tsv import COLUMNS
from kzun_graph.sources import Sources
from kzun_graph.terms import GN, ID, KZUN, MAPPING, RDFS, SEMAPV, SKOS, WD, curie

EVIDENCE = resources.root().parent / "shared" / "evidence"
needs_evidence = pytest.mark.skipif(
    not EVIDENCE.is_dir(), reason="the editors' evidence does not lie beside this checkout"
)
EXACT = SKOS["exactMatch"]
HEADER = """#curie_map:
#  id: https://w3id.org/kzun/id/
#  orcid: https://orcid.org/
#  semapv: https://w3id.org/semapv/vocab/
#  skos: http://www.w3.org/2004/02/skos/core#
#  sssom: https://w3id.org/sssom/
#  wd: http://www.wikidata.org/entity/
#mapping_set_id: https://w3id.org/kzun/mapping/test
#mapping_set_title: "A \\"small\\" set"
#license: https://creativecommons.org/licenses/by/4.0/
"""
ADDRESSES = "https://example.org/1|https://example.org/2"
BY_HAND = "semapv:ManualMappingCuration"
REVIEWERS = ("orcid:0000-0001|orcid:0000-0002", "A. Reader")
REASON = '"The ""same"" mission."'
UNIFIL = ("id:unifil", "UNIFIL", "skos:exactMatch", "", "wd:Q160805", "UNIFIL", BY_HAND)
UNAMA = ("id:unama", "UNAMA", "skos:broadMatch", "Not", "wd:Q20082270", "", BY_HAND)
NONE = ("id:unama", "UNAMA", "skos:exactMatch", "", "sssom:NoTermFound", "", BY_HAND)
ROWS = (
    COLUMNS,
    (*UNIFIL, *REVIEWERS, "2026-11-24", "0.95", ADDRESSES, "", REASON),
    (*UNAMA, "", "", "2026-11-24", "0.95", "", "", "A political mission."),
    (*NONE, "", "", "2026-11-24", "0.5", "", "", "Looked up."),
)
FILE = HEADER + "".join("\t".join(cells) + "\n" for cells in ROWS)


@pytest.fixture(scope="module")
def shipped() -> tuple[Mapping, ...]:
    return read_mappings()


def read(text: str, folder: Path) -> tuple[Mapping, ...]:
    path = folder / "x.sssom.tsv"
    path.write_text(text, "utf-8")
    return read_mappings([path])


def test_a_row_is_read_whole(tmp_path: Path) -> None:
    first, second, third = read(FILE, tmp_path)
    assert (first.subject, first.predicate, first.object) == (ID["unifil"], EXACT, WD["Q160805"])
    assert (first.positive, first.reviewed, first.confidence) == (True, True, "0.95")
    assert first.justification == SEMAPV["ManualMappingCuration"]
    assert first.see_also == ("https://example.org/1", "https://example.org/2")
    assert [node.value for node in first.reviewer_ids] == [
        "https://orcid.org/0000-0001",
        "https://orcid.org/0000-0002",
    ]
    assert first.reviewer_labels == ("A. Reader",)
    assert first.comment == 'The "same" mission.'
    assert (first.set.title, first.set.name) == ('A "small" set', "test")
    assert (first.place.line, second.place.line, third.place.line) == (12, 13, 14)
    assert (second.negative, second.positive, second.reviewed) == (True, False, False)
    assert (third.object, third.positive) == (None, False)


def test_each_row_has_a_readable_iri(tmp_path: Path) -> None:
    assert [curie(mapping.node) for mapping in read(FILE, tmp_path)] == [
        "mapping:unifil-exact-q160805",
        "mapping:unama-not-broad-q20082270",
        "mapping:unama-exact-none-test",
    ]


def test_a_cell_over_two_lines_keeps_the_lines_of_the_rows(tmp_path: Path) -> None:
    text = FILE.replace('"The ""same"" mission."', '"The same\nmission."')
    assert [mapping.place.line for mapping in read(text, tmp_path)] == [12, 14, 15]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("\twd:Q160805", "\twkd:Q160805", 12, "unknown prefix 'wkd:' in object_id: declare it"),
        ("\twd:Q160805", "\tQ160805", 12, "object_id 'Q160805' is no CURIE: write a CURIE"),
        ("\twd:Q160805", "\thttp://x.org/Q1", 12, "is no CURIE: write a CURIE of a prefix"),
        ("\twd:Q160805", "\t", 12, "object_id is empty: fill it"),
        ("\twd:Q160805", "\twd:Q1 2", 12, "object_id 'http://www.wikidata.org/entity/Q1 2' is no"),
        ("https://example.org/1|https://example.org/2", "", 12, "has no evidence: give an address"),
        ("https://example.org/1|", "example|", 12, "see_also holds 'example', which is no address"),
        ("\t0.95\thttps", "\t1.95\thttps", 12, "confidence '1.95' is not well formed: write a num"),
        ("2026-11-24\t0.95\thttps", "2026-11-31\t0.95\thttps", 12, "mapping_date '2026-11-31' is"),
        ("2026-11-24\t0.95\thttps", "24.11.2026\t0.95\thttps", 12, "mapping_date '24.11.2026' is"),
        ("broadMatch\tNot", "broadMatch\tno", 13, "predicate_modifier is 'no': use one of"),
        ("skos:broadMatch", "skos:prefLabel", 13, "'skos:prefLabel' is no kind of match: use skos"),
        (
            "exactMatch\t\tsssom",
            "exactMatch\tNot\tsssom",
            14,
            "Not stands beside sssom:NoTermFound",
        ),
        (
            "id:unifil\tUNIFIL\t",
            "id:unifil\t",
            12,
            "the row has 13 cells, and there are 14 columns",
        ),
        ("\tcomment\n", "\tremark\n", 11, "column 'remark' is not kept: use columns of subject_id"),
        ("\tcomment\n", "\tother\n", 11, "a column stands twice: keep one"),
        ("\tmapping_justification\t", "\tcomment\t", 11, "no column 'mapping_justification': add"),
        ("#curie_map:", "#curie_map: [", 1, "cannot read the value '[': write one plain value"),
        ("#license: ", "#license ", 10, "this line of the header is not understood: write it as"),
        ("#license: ", "#licence: ", 10, "the header has the key 'licence', which is not kept"),
        ("#license: ", "#mapping_set_id: ", 10, "'mapping_set_id' stands in the header twice"),
        ("#license: https", "#license: (https", 1, "license '(https://creativecommons.org"),
        ('"The ""same"" mission."', '"The same" mission', 12, "malformed row"),
        ('"The ""same"" mission."', '"The same mission', 12, "malformed row"),
    ],
)
def test_bad_input_is_one_line_with_place_and_remedy(
    old: str, new: str, line: int, message: str, tmp_path: Path
) -> None:
    assert old in FILE
    with pytest.raises(SourceError) as error:
        read(FILE.replace(old, new, 1), tmp_path)
    found = str(error.value)
    assert f"x.sssom.tsv:{line}: " in found
    assert message in found
    assert "\n" not in found


@pytest.mark.parametrize("modifier", ["", "Not"])
def test_a_mapping_written_twice_is_refused_with_the_first_place(
    modifier: str, tmp_path: Path
) -> None:
    row = f"id:unama\t\tskos:broadMatch\t{modifier}\twd:Q20082270" + "\t" * 8 + "evidence=book\tx\n"
    with pytest.raises(SourceError, match=r"x\.sssom\.tsv:15: .*first at .*x\.sssom\.tsv:13"):
        read(FILE + row, tmp_path)


def test_evidence_without_an_address_can_be_named(tmp_path: Path) -> None:
    row = "id:un\t\tskos:exactMatch\t\twd:Q1065" + "\t" * 8 + "evidence=Yearbook 1992, p. 5\t\n"
    assert read(FILE + row, tmp_path)[-1].positive


def test_a_byte_order_mark_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="byte order mark"):
        read("\ufeff" + FILE, tmp_path)


def test_the_shipped_sets(shipped: tuple[Mapping, ...]) -> None:
    assert Counter(mapping.set.name for mapping in shipped) == {
        "geonames": 19,
        "wikidata": 177,
        "wikidata-terms": 21,
    }
    for mapping in shipped:
        described = mapping.set
        assert described.title
        assert described.description
        assert described.version
        assert described.license.value == "https://creativecommons.org/licenses/by/4.0/"
        assert described.node in MAPPING
        assert mapping.comment
        assert mapping.date
        assert mapping.confidence


def test_one_exact_match_at_most_for_a_subject_and_for_an_object(
    shipped: tuple[Mapping, ...],
) -> None:
    exact = [m for m in shipped if m.positive and m.predicate == EXACT]
    subjects = Counter((mapping.subject, mapping.set.name) for mapping in exact)
    objects = Counter(mapping.object for mapping in exact)
    assert len(exact) == 56
    assert {*subjects.values(), *objects.values()} == {1}


def test_subjects_are_known_and_called_as_in_the_data(
    shipped: tuple[Mapping, ...], sources: Sources
) -> None:
    labels = {
        quad.subject: quad.object.value
        for quad, _ in sources.located
        if quad.predicate in (SKOS["prefLabel"], RDFS["label"])
        and getattr(quad.object, "language", "") == "en"
    }
    found = {(mapping.subject, mapping.subject_label) for mapping in shipped}
    assert {(node, labels.get(node)) for node, _ in found} == found


def test_the_pitfalls_are_kept_as_denied_matches(shipped: tuple[Mapping, ...]) -> None:
    denied = {(m.subject, m.predicate, m.object) for m in shipped if m.negative}
    assert denied >= {
        (ID["semey-test-site"], EXACT, WD["Q61944"]),  # the city
        (ID["semey-test-site"], EXACT, GN["1519422/"]),
        (ID["taliban"], EXACT, WD["Q889"]),  # the state
        (ID["almaty"], EXACT, WD["Q186466"]),  # the region
        (ID["astana"], EXACT, GN["1538317/"]),  # the division
        (ID["western-sahara"], EXACT, WD["Q40362"]),  # the state that claims it
        (ID["unama"], SKOS["broadMatch"], WD["Q20082270"]),  # a political mission
        (ID["middle-power"], EXACT, WD["Q185145"]),  # a great power
    }


def test_no_term_of_the_ontology_is_said_to_be_the_same_as_theirs(
    shipped: tuple[Mapping, ...],
) -> None:
    terms = [mapping for mapping in shipped if mapping.subject in KZUN]
    assert len(terms) == 21
    assert EXACT not in {mapping.predicate for mapping in terms}


@needs_evidence
def test_every_number_stands_in_the_evidence(shipped: tuple[Mapping, ...]) -> None:
    wikidata = (EVIDENCE / "wikidata.tsv").read_text("utf-8")
    places = (EVIDENCE / "places.tsv").read_text("utf-8")
    entities = set(re.findall(r"\b[QP]\d+\b", wikidata))
    features = set(re.findall(r"\b\d{5,8}\b", places + wikidata))
    assert {
        m.object.value.removeprefix(WD.iri) for m in shipped if m.object in WD and m.object
    } <= (entities)
    numbers = {
        m.object.value.strip("/").rpartition("/")[2] for m in shipped if m.object in GN and m.object
    }
    assert numbers <= features
    assert len(numbers) == 16


@needs_evidence
def test_every_entity_of_the_evidence_has_a_row(
    shipped: tuple[Mapping, ...], sources: Sources
) -> None:
    with (EVIDENCE / "wikidata.tsv").open(encoding="utf-8", newline="") as file:
        keys = {ID[row["key"].replace("_", "-")] for row in csv.DictReader(file, delimiter="\t")}
    entities = {q.subject for q, _ in sources.located if q.predicate == SKOS["prefLabel"]}
    assert len(keys & entities) > 70
    assert (keys & entities) - {mapping.subject for mapping in shipped} == set()
