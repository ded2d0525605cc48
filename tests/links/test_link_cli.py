"""``kzun link missing``: what was looked for and not found, and apart from it the rest."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from kzun_graph.cli.link import link
from kzun_graph.links.mappings import read_mappings
from kzun_graph.links.missing import missing
from kzun_graph.sources import Sources
from kzun_graph.terms import ID, SKOS


def run(*arguments: str) -> str:
    found = CliRunner().invoke(link, ["missing", *arguments])
    assert found.exception is None, found.output
    return found.output


@pytest.fixture(scope="module")
def table() -> dict[tuple[str, str], dict[str, str]]:
    rows = csv.DictReader(io.StringIO(run("--lang", "en")))  # csv: the output is no terminal
    return {(row["dataset"], row["id"]): row for row in rows}


def test_a_mission_without_item_says_where_one_has_looked_and_what_is_near(
    table: dict[tuple[str, str], dict[str, str]],
) -> None:
    found = table["Wikidata", "id:minurso"]
    assert found["status"] == "not-found"
    assert found["label"] == "United Nations Mission for the Referendum in Western Sahara"
    assert found["type"] == "peacekeeping mission"
    assert found["nearest"] == "broad match: wd:Q20082270 peacekeeping mission"
    assert found["comment"].startswith("Full name, abbreviation and sister missions looked up")


def test_what_was_never_looked_for_is_kept_apart(
    table: dict[tuple[str, str], dict[str, str]],
) -> None:
    found = table["Wikidata", "id:support-for-unama"]
    assert (found["status"], found["comment"], found["nearest"]) == ("never-looked-for", "", "")


@pytest.mark.parametrize(
    ("dataset", "name"),
    [
        ("Wikidata", "id:unifil"),  # has an exact match
        ("Wikidata", "id:taliban"),  # has a close one
        ("GeoNames", "id:unifil"),  # is no place
        ("Wikidata", "id:topics"),  # is a scheme
        ("GeoNames", "id:almaty"),
    ],
)
def test_what_is_linked_or_cannot_be_is_not_missing(
    dataset: str, name: str, table: dict[tuple[str, str], dict[str, str]]
) -> None:
    assert (dataset, name) not in table


def test_the_same_place_can_be_found_in_one_dataset_and_not_in_the_other(
    table: dict[tuple[str, str], dict[str, str]],
) -> None:
    assert ("Wikidata", "id:aral-sea") not in table
    assert table["GeoNames", "id:aral-sea"]["status"] == "not-found"
    assert table["GeoNames", "id:middle-east"]["status"] == "never-looked-for"


def test_every_thing_is_linked_or_missing(
    table: dict[tuple[str, str], dict[str, str]], sources: Sources
) -> None:
    things = {
        quad.subject
        for quad, _ in sources.located
        if quad.predicate == SKOS["prefLabel"] and quad.subject in ID
    }
    rows = [m for m in read_mappings() if m.set.name == "wikidata"]
    listed = {name for dataset, name in table if dataset == "Wikidata"}
    looked = {mapping.subject for mapping in rows}
    never = {name for name in listed if table["Wikidata", name]["status"] == "never-looked-for"}
    schemes = {ID["manners"], ID["qualities"], ID["topics"], ID["criteria"], ID["roles"]}
    assert {ID[name.removeprefix("id:")] for name in never} == things - looked - schemes
    none = {mapping.subject for mapping in rows if mapping.object is None}
    assert {ID[name.removeprefix("id:")] for name in listed - never} == none
    assert len(none) == 47


def test_json_keeps_the_two_kinds_apart() -> None:
    found = json.loads(run("--format", "json", "--lang", "kk"))
    assert list(found) == ["not_found", "never_looked_for"]
    cica = next(row for row in found["not_found"] if row["id"] == "id:cica")
    assert cica["label"] == "Азиядағы өзара іс-қимыл және сенім шаралары жөніндегі кеңес"
    assert cica["type"] == "ұйым"
    assert not {row["id"] for row in found["not_found"]} & {
        row["id"] for row in found["never_looked_for"] if row["dataset"] == "Wikidata"
    } - {"id:aral-sea", "id:golan", "id:semey-test-site"}


@pytest.mark.parametrize(
    ("lang", "heading"),
    [
        ("kk", "Ізделген, бірақ табылмаған: 50"),
        ("ru", "Искали и не нашли: 50"),
        ("en", "Looked for and not found: 50"),
    ],
)
def test_people_read_it_in_three_languages(lang: str, heading: str) -> None:
    lines = run("--format", "table", "--lang", lang).splitlines()
    assert lines[0] == heading
    assert "" in lines  # stands between the two kinds


def test_the_order_does_not_depend_on_the_files(sources: Sources) -> None:
    mappings = read_mappings()
    assert missing(mappings[::-1], sources.located, "ru") == missing(
        mappings, sources.located, "ru"
    )
