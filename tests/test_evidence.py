"""Names: each label that is not marked as the editors' own wording was seen somewhere."""

import csv
import re

import pytest
from pyoxigraph import Literal, NamedNode

from kzun_graph import resources
from kzun_graph.sources import Sources
from kzun_graph.terms import ID, KZUN, SKOS

EVIDENCE = resources.root().parent / "shared" / "evidence"
needs_evidence = pytest.mark.skipif(
    not EVIDENCE.is_dir(), reason="the editors' evidence does not lie beside this checkout"
)
LANGUAGES = {"en", "kk", "ru"}
_ENDING = 5  # letters: the longest case ending that a word of a label may lack or have
_ROOT = 3  # letters: what is left of a word at least
_INFLECTED = {"kk", "ru"}
# The columns with other people's words; notes and summaries are ours and quote wrong forms too.
_WORDS = (
    "name",
    "quote",
    "label_in_evidence",
    "evidence_quote",
    "source_title",
    "source_quote",
)


def rows(name: str) -> list[dict[str, str]]:
    with (EVIDENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def fold(text: str) -> str:
    return re.sub(r"\s+", " ", text.casefold().replace("ё", "е").replace("’", "'"))


def occurs(label: str, text: str, *, inflected: bool) -> bool:
    """Tell whether ``label`` stands in ``text``; its words may have other endings if inflected."""
    words = re.findall(r"\w+", fold(label))
    if inflected:
        words = [rf"{re.escape(w[: max(_ROOT, len(w) - _ENDING)])}\w*" for w in words]
    return re.search(r"\b" + r"\W+".join(words) + r"\b", fold(text)) is not None


def labels(sources: Sources) -> dict[NamedNode, dict[str, str]]:
    found: dict[NamedNode, dict[str, str]] = {}
    for quad, _ in sources.located:
        if quad.predicate == SKOS["prefLabel"] and isinstance(quad.object, Literal):
            found.setdefault(quad.subject, {})[quad.object.language or ""] = quad.object.value
    return found


def coined(sources: Sources) -> set[tuple[NamedNode, str]]:
    return {
        (quad.subject, quad.object.value)
        for quad, _ in sources.located
        if quad.predicate == KZUN["coinedLabelIn"]
    }


def key_of(node: NamedNode) -> str:
    return node.value.removeprefix(ID.iri).replace("-", "_")


@pytest.mark.parametrize(
    ("label", "text", "inflected", "expected"),
    [
        ("Орталық Азия", "тұтас Орталық Азияға ықпалға ие", True, True),
        ("Совет Безопасности", "членов Совета Безопасности", True, True),
        ("Совет Безопасности", "членов Совета Безопасности", False, False),
        ("Sea of Aral", "the Aral Sea", False, False),
        ("India", "Indian contingent", False, False),
        ("Кабул", "Ауғанстан", True, False),
    ],
)
def test_how_a_label_is_looked_for(label: str, text: str, inflected: bool, expected: bool) -> None:
    assert occurs(label, text, inflected=inflected) is expected


def test_marks_name_a_language_that_has_a_label(sources: Sources) -> None:
    known = {(node, lang) for node, texts in labels(sources).items() for lang in texts}
    marks = coined(sources)
    assert marks
    assert {lang for _, lang in marks} == LANGUAGES
    assert sorted(f"{key_of(node)} {lang}" for node, lang in marks - known) == []


@needs_evidence
def test_labels_not_marked_as_coined_are_attested(sources: Sources) -> None:
    names = rows("names.tsv")
    seen = [row for row in names if row["kind"] != "unattested"]
    by_key = {(row["key"], row["lang"], fold(row["name"])) for row in seen}
    tables = [*seen, *rows("wikidata.tsv"), *rows("sources.tsv"), *rows("places.tsv")]
    texts = " | ".join(row[column] for row in tables for column in _WORDS if row.get(column))
    marks = coined(sources)
    missing = []
    for node, written in labels(sources).items():
        for lang, label in written.items():
            if (node, lang) in marks or (key_of(node), lang, fold(label)) in by_key:
                continue
            where = texts + (f" | {sources.article.text}" if lang == "kk" else "")
            if not occurs(label, where, inflected=lang in _INFLECTED):
                missing.append(f"{key_of(node)} {lang}: {label}")
    assert sorted(missing) == []


@needs_evidence
def test_proposed_names_are_marked_as_coined(sources: Sources) -> None:
    proposed = {
        (row["key"], row["lang"], fold(row["name"]))
        for row in rows("names.tsv")
        if row["kind"] == "unattested"
    }
    assert proposed
    marks = coined(sources)
    unmarked = [
        f"{key_of(node)} {lang}: {label}"
        for node, written in labels(sources).items()
        for lang, label in written.items()
        if (key_of(node), lang, fold(label)) in proposed and (node, lang) not in marks
    ]
    assert sorted(unmarked) == []
