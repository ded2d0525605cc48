"""``kzun validate`` on tables of mappings: each finding at the line of its row."""

from pathlib import Path

import pytest

from kzun_graph import resources
from kzun_graph.terms import curie
from kzun_graph.validate import validate_files

TABLE = resources.root() / "data/links/wikidata.sssom.tsv"
UNIFIL = "\twd:Q160805\t"


def changed(old: str, new: str, folder: Path) -> tuple[Path, int]:
    """Return a copy of the shipped table with one change, and the line of it."""
    text = TABLE.read_text("utf-8")
    assert text.count(old) == 1
    path = folder / "mine.sssom.tsv"
    path.write_text(text.replace(old, new), "utf-8")
    return path, text[: text.index(old)].count("\n") + 1


def findings(path: Path) -> list[tuple[str, int, str]]:
    found = validate_files([path], ["article"])
    assert {finding.place.file for finding in found if finding.place} <= {str(path)}
    return [(f.check, f.place.line if f.place else 0, curie(f.focus)) for f in found]


def test_the_shipped_table_laid_over_itself_is_fine() -> None:
    assert validate_files([TABLE], ["article"]) == []


@pytest.mark.parametrize(
    ("prefix", "iri", "local"),
    [
        ("wiki", "https://www.wikidata.org/wiki/", "Q160805"),
        ("wds", "https://www.wikidata.org/entity/", "Q160805"),
        ("wd", "http://www.wikidata.org/entity/", "160805"),
        ("wd", "http://www.wikidata.org/entity/", "Q0160805"),
        ("wd", "http://www.wikidata.org/entity/", "Q160805#P31"),
        ("gn", "https://www.geonames.org/", "272103/"),
        ("gn", "https://sws.geonames.org/", "272103"),
    ],
)
def test_what_is_no_iri_of_a_thing_is_found_in_its_row(
    prefix: str, iri: str, local: str, tmp_path: Path
) -> None:
    path, line = changed(UNIFIL, f"\t{prefix}:{local}\t", tmp_path)
    if prefix != "wd":
        line += 1
        text = path.read_text("utf-8")
        path.write_text(
            text.replace("#curie_map:\n", f"#curie_map:\n#  {prefix}: {iri}\n"), "utf-8"
        )
    found = findings(path)
    assert [(check, number) for check, number, _ in found] == [
        ("LinkShape-exactMatch", line),
        ("MappingShape-annotatedTarget", line),
    ]
    assert found[0][2] == "id:unifil"


def test_two_exact_matches_are_found(tmp_path: Path) -> None:
    row = next(line for line in TABLE.read_text("utf-8").splitlines() if UNIFIL in line)
    path, line = changed(f"{row}\n", f"{row}\n{row.replace('Q160805', 'Q160806')}\n", tmp_path)
    assert findings(path) == [("link-exact-once", line + 1, "id:unifil")]


def test_an_exact_match_without_justification_is_found(tmp_path: Path) -> None:
    row = next(line for line in TABLE.read_text("utf-8").splitlines() if UNIFIL in line)
    path, line = changed(row, row.replace("semapv:ManualMappingCuration", ""), tmp_path)
    assert findings(path) == [("MappingShape-justification", line, "mapping:unifil-exact-q160805")]


def test_a_thing_that_the_data_do_not_know_is_found(tmp_path: Path) -> None:
    row = next(line for line in TABLE.read_text("utf-8").splitlines() if UNIFIL in line)
    path, line = changed(row, row.replace("id:unifil", "id:unifli"), tmp_path)
    assert ("label-missing", line, "mapping:unifli-exact-q160805") in findings(path)


def test_a_link_written_by_hand_is_refused_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(
        "@prefix id: <https://w3id.org/kzun/id/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        'id:mine a skos:Concept ; skos:inScheme id:topics ; skos:prefLabel "x"@en ;\n'
        "  skos:closeMatch <https://www.wikidata.org/wiki/Q160805> .\n",
        "utf-8",
    )
    found = findings(path)
    assert ("link-without-mapping", 4, "id:mine") in found
