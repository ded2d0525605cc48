"""Tables: headings in the reader's language, whole words, records where columns are many."""

import pytest
from test_cli import kzun

from kzun_graph import Dataset
from kzun_graph.render import cell, heading
from kzun_graph.terms import ID, KZUN


@pytest.mark.parametrize("columns", ["60", "90", "200"])
def test_no_word_is_broken_at_any_width(columns: str, shipped: Dataset) -> None:
    shown = kzun("query", "numbers/counts", "--format", "table", "--lang", "ru", COLUMNS=columns)
    words = {
        word
        for row in shipped.run("numbers/counts").rows
        for i, term in enumerate(row)
        for word in cell(term, shipped.labels, "ru", short=i > 0).split()
    }
    assert shown.returncode == 0
    assert max(map(len, words)) > 15
    assert [word for word in words if word not in shown.stdout] == []


def test_many_columns_on_a_narrow_terminal_become_records() -> None:
    wide = kzun("query", "numbers/counts", "--format", "table", COLUMNS="200").stdout
    narrow = kzun("query", "numbers/counts", "--format", "table", COLUMNS="60").stdout
    assert "┃" in wide
    assert "┃" not in narrow
    assert all(len(line) <= 60 for line in narrow.splitlines())


def test_a_column_is_called_after_the_term_that_its_variable_names(shipped: Dataset) -> None:
    labels = shipped.labels
    assert heading("organization", labels, "kk") == "ұйым"
    assert heading("event", labels, "ru") == "событие"
    assert heading("certainty", labels, "ru") == "положение в промежутке"
    assert heading("nothing", labels, "ru") == "nothing"


def test_the_first_column_shows_the_id_and_the_others_only_labels(shipped: Dataset) -> None:
    labels = shipped.labels
    assert cell(ID["lebanon"], labels, "kk") == "Ливан (id:lebanon)"
    assert cell(ID["lebanon"], labels, "kk", short=True) == "Ливан"
    assert cell(ID["nobody"], labels, "kk") == "id:nobody"
    assert cell(KZUN["Now"], labels, "kk") == "бүгінде"


def test_no_rows_say_so() -> None:
    done = kzun("query", "admissions", "--member", "id:lebanon", "--format", "table")
    assert done.stdout.strip() == "No rows: the data hold no answer for these values."
