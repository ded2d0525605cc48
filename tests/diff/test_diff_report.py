"""The report of a comparison: text and Markdown in three languages, JSON, and exit codes."""

import json
import string
from dataclasses import replace
from pathlib import Path

import pytest
from click import unstyle
from pyoxigraph import Literal
from test_cli import kzun
from villages import JUDGED, VILLAGE, build, villages

from kzun_graph.diff import Diff, diff, phrases, report
from kzun_graph.diff.model import AnswerChange
from kzun_graph.diff.plain import plain

CHANGES = (
    ('kzun:date "1992-03-02"^^xsd:date . }', 'kzun:date "1992-03-03"^^xsd:date . }'),
    ('kzun:date "1992-03-02"^^xsd:date ;', 'kzun:date "1992-03-03"^^xsd:date ; kzun:value 1 ;'),
    ('"Admission"@en , "Приём"@ru', '"Admission"@en , "Принятие"@ru , "Қабылдану"@kk'),
    ("wd:Q1065", "wd:Q172446"),
)
TEXT = """\
Differences: old.trig → new.trig

What the claims say
  ~ claim:p01-18  «1992 жылғы 2 наурызда»
      ~ Admission (id:admission-1992) – kzun:date: 1992-03-02 → 1992-03-03
  + claim:p01-99  «[2] *марта*»
      + type: kzun:Announcement

From the editors, or derived
  ~ Admission (id:admission-1992)
      + kzun:value: 1

Labels and descriptions
  ~ Admission (id:admission-1992)
      + skos:prefLabel, kk: Қабылдану
      ~ skos:prefLabel, ru: Приём → Принятие

Links
  ~ id:un
      ~ skos:exactMatch: wd:Q1065 → wd:Q172446

Not compared
  verdicts: neither file holds any (the files of the view all do)
"""
MARKDOWN = """\
# Различия: old.trig → new.trig

## Что говорят утверждения

- `~` claim:p01-18 «1992 жылғы 2 наурызда»
  - `~` Принятие (id:admission-1992) – kzun:date: 1992-03-02 → 1992-03-03
- `+` claim:p01-99 «\\[2\\] \\*марта\\*»
  - `+` тип: kzun:Announcement

## От редакторов или выведено

- `~` Принятие (id:admission-1992)
  - `+` kzun:value: 1

## Названия и описания

- `~` Принятие (id:admission-1992)
  - `+` skos:prefLabel, kk: Қабылдану
  - `~` skos:prefLabel, ru: Приём → Принятие

## Соответствия

- `~` id:un
  - `~` skos:exactMatch: wd:Q1065 → wd:Q172446

## Что не сравнивалось

- выводы проверки: их нет ни в одном из файлов (есть в файлах представления all)
"""


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Diff:
    old, new = villages(tmp_path, *CHANGES)
    with new.open("a", encoding="utf-8") as file:
        file.write('claim:p01-99 a kzun:Announcement ; kzun:quote "[2] *марта*"@kk .\n')
    monkeypatch.chdir(tmp_path)
    return diff(Path(old.name), Path(new.name), queries=False)


def test_the_text_says_what_changed(found: Diff) -> None:
    assert unstyle("\n".join(report.text(found, "en"))) + "\n" == TEXT


def test_the_markdown_is_in_the_language_and_escaped(found: Diff) -> None:
    assert "\n".join(report.markdown(found, "ru")) + "\n" == MARKDOWN


def test_the_json_has_terms_labels_quotes_and_origins(found: Diff) -> None:
    said = json.loads(json.dumps(plain(found, "ru")))
    (change,) = said["facts"]["changed"]
    assert change["old"] == {
        "subject": {
            "type": "uri",
            "value": "https://w3id.org/kzun/id/admission-1992",
            "label": "Принятие",
        },
        "property": {
            "type": "uri",
            "value": "https://w3id.org/kzun/ontology#date",
            "label": "kzun:date",
        },
        "object": {
            "type": "literal",
            "value": "1992-03-02",
            "datatype": "http://www.w3.org/2001/XMLSchema#date",
        },
        "graph": {
            "type": "uri",
            "value": "https://w3id.org/kzun/claim/p01-18",
            "label": "claim:p01-18",
        },
        "origin": "claimed",
        "quotes": ["1992 жылғы 2 наурызда"],
    }
    assert change["new"]["object"]["value"] == "1992-03-03"
    assert [fact["origin"] for fact in said["facts"]["added"]] == ["claimed", "unclaimed"]
    assert [(c["old"], c["new"]) for c in said["claims"]] == [(None, {"quotes": ["[2] *марта*"]})]
    assert [(c["language"], c["removed"], c["added"]) for c in said["labels"]] == [
        ("kk", [], ["Қабылдану"]),
        ("ru", ["Приём"], ["Принятие"]),
    ]
    assert said["links"]["changed"][0]["new"]["object"]["value"].endswith("Q172446")
    assert (said["empty"], said["queries"]) == (False, None)
    assert said["notCompared"][0]["what"] == "no verdicts"


def test_verdicts_are_told_before_and_after(tmp_path: Path) -> None:
    whole = (VILLAGE + JUDGED).replace("Corroborated", "Disputed").replace("Dissent 0", "Dissent 1")
    found = diff(build(tmp_path / "old"), build(tmp_path / "new", whole=whole), queries=False)
    text = unstyle("\n".join(report.text(found, "en")))
    assert (
        "Verdicts\n"
        "  ~ claim:p01-18  «1992 жылғы 2 наурызда»\n"
        "      - kzun:Corroborated; independent sources for it: 2, against it: 0\n"
        "      + kzun:Disputed; independent sources for it: 2, against it: 1\n"
    ) in text
    (verdict,) = plain(found, "en")["verdicts"]
    assert verdict["old"]["verdict"]["value"] == "https://w3id.org/kzun/ontology#Corroborated"
    assert (verdict["new"]["support"], verdict["new"]["dissent"]) == ("2", "1")


def test_a_source_is_called_by_its_title(tmp_path: Path) -> None:
    new = build(tmp_path / "new", whole=(VILLAGE + JUDGED).replace("unga-46", "unga-47"))
    text = unstyle("\n".join(report.text(diff(build(tmp_path / "old"), new), "kk")))
    assert "Дереккөздер не айтады\n  ~ A page (source:s1)\n" in text


def test_long_answers_are_cut_and_lost_ones_named(found: Diff) -> None:
    titles = dict.fromkeys(("kk", "ru", "en"), "How many?")
    rows = tuple((Literal(f"row {i}"), None) for i in range(8))
    lost = AnswerChange("numbers/all", titles, {"lang": "ru"}, ("n", "m"), (8, 0), rows)
    moved = AnswerChange("order/all", titles, {}, ("n",), (2, 2))
    broken = AnswerChange("broken/all", titles, {}, ("n",), new_error="no such thing")
    told = replace(found, answers=(lost, moved, broken))
    text = unstyle("\n".join(report.text(told, "en")))
    assert (
        "Questions whose answers changed\n"
        "  ~ numbers/all --lang ru  How many? (−8)\n"
        "      - row 0 |\n"
        "      - row 1 |\n"
        "      - row 2 |\n"
        "      - row 3 |\n"
        "      - row 4 |\n"
        "      - … and 3 more rows\n"
        "      ~ no answer any more\n"
        "  ~ order/all  How many?\n"
        "      ~ the same rows in another order\n"
        "  ~ broken/all  How many?\n"
        "      + cannot be answered: no such thing\n"
    ) in text
    queries = plain(told, "en")["queries"]
    assert len(queries[0]["removed"]) == 8
    assert queries[0]["removed"][7] == {"n": {"type": "literal", "value": "row 7"}}
    assert queries[2]["newError"] == "no such thing"


def test_the_phrases_have_the_same_keys_and_gaps_in_every_language() -> None:
    def gaps(text: str) -> set[str]:
        return {name or "0" for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    english = {key: gaps(text) for key, text in phrases._PHRASES["en"].items()}
    for language in ("kk", "ru"):
        assert {k: gaps(t) for k, t in phrases._PHRASES[language].items()} == english


def test_the_command_says_by_its_exit_code_whether_anything_changed(tmp_path: Path) -> None:
    old, new = villages(tmp_path, *CHANGES)
    same = kzun("diff", str(old), str(old), "--lang", "kk")
    assert (same.returncode, same.stderr) == (0, "")
    assert same.stdout.startswith("Айырмашылық жоқ: ")
    other = kzun("diff", str(old), str(new), "--format", "json", "--no-queries")
    assert (other.returncode, json.loads(other.stdout)["empty"]) == (1, False)
    pages = kzun("diff", str(old), str(new), "--format", "markdown", "--lang", "ru")
    assert (pages.returncode, pages.stdout[:12]) == (1, "# Различия: ")
    missing = kzun("diff", str(old), str(tmp_path / "none.nq"))
    assert (missing.returncode, missing.stdout, missing.stderr.count("\n")) == (2, "", 1)
