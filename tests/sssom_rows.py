"""Mapping files for tests: a header and rows in short."""

from pathlib import Path

from kzun_graph.links.mappings import Mapping, read_mappings

HEADER = """#curie_map:
#  gn: https://sws.geonames.org/
#  id: https://w3id.org/kzun/id/
#  kzun: https://w3id.org/kzun/ontology#
#  semapv: https://w3id.org/semapv/vocab/
#  skos: http://www.w3.org/2004/02/skos/core#
#  sssom: https://w3id.org/sssom/
#  wd: http://www.wikidata.org/entity/
#mapping_set_id: https://w3id.org/kzun/mapping/wikidata
#license: https://creativecommons.org/licenses/by/4.0/
"""
COLUMNS = (
    "subject_id\tsubject_label\tpredicate_id\tpredicate_modifier\tobject_id\tobject_label\t"
    "mapping_justification\tconfidence\tcomment\tsee_also\tother\n"
)


def row(link: str, comment: str = "", other: str = "") -> str:
    """Return a row for ``"id:x exact wd:Q1"`` or ``"id:x Not exact wd:Q1"``."""
    subject, *modifier, kind, target = link.split()
    cells = [subject, "", f"skos:{kind}Match", *(modifier or [""]), target, "old label"]
    cells += ["semapv:ManualMappingCuration", "0.8", comment, "https://example.org/1", other]
    return "\t".join(cells) + "\n"


def write_rows(path: Path, *rows: str) -> Path:
    """Write a mapping file; rows may be short links."""
    lines = (line if line.endswith("\n") else row(line) for line in rows)
    path.write_text(HEADER + COLUMNS + "".join(lines), "utf-8")
    return path


def mappings(folder: Path, *rows: str) -> tuple[Mapping, ...]:
    """Return the mappings of a file ``test.sssom.tsv`` in ``folder`` with ``rows``."""
    return read_mappings([write_rows(folder / "test.sssom.tsv", *rows)])
