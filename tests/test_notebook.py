"""Notebooks: data frames, HTML, and the example notebook, run cell by cell."""

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from pyoxigraph import Literal

from kzun_graph import Dataset
from kzun_graph.errors import QueryError
from kzun_graph.notebook import plain
from kzun_graph.terms import ID, XSD

NOTEBOOK = Path(__file__).parent.parent / "docs" / "notebook.ipynb"


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (None, None),
        (ID["un"], "id:un"),
        (Literal("28", datatype=XSD["integer"]), 28),
        (Literal("0.5", datatype=XSD["decimal"]), Decimal("0.5")),
        (Literal("2024-03-05", datatype=XSD["date"]), date(2024, 3, 5)),
        (Literal("2024-02-31", datatype=XSD["date"]), "2024-02-31"),
        (Literal("true", datatype=XSD["boolean"]), True),
        (Literal("БҰҰ", language="kk"), "БҰҰ"),
    ],
)
def test_terms_become_plain_values(term: Literal | None, value: object) -> None:
    assert plain(term) == value
    assert type(plain(term)) is type(value)


def test_a_frame_has_the_rows_and_columns_of_the_result(shipped: Dataset) -> None:
    result = shipped.run("numbers/counts")
    frame = result.to_frame()
    assert list(frame.columns) == list(result.variables)
    assert len(frame) == len(result.rows)
    assert set(frame["value"]) >= {139, 90, 28, 27, 17}


def test_only_rows_make_a_frame(shipped: Dataset) -> None:
    with pytest.raises(QueryError, match="only rows make a data frame: ask with SELECT"):
        shipped.sparql("ASK { ?s ?p ?o }").to_frame()


def test_without_pandas_the_error_says_what_to_install(
    shipped: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(QueryError, match=r"needs pandas: install it: pip install"):
        shipped.run("numbers/counts").to_frame()


def test_html_is_escaped(shipped: Dataset) -> None:
    text = shipped.sparql('SELECT ?x WHERE { BIND ("<b>&" AS ?x) }')._repr_html_()
    assert "<td>&lt;b&gt;&amp;</td>" in text
    assert "<pre>" in shipped.sparql("ASK { ?s ?p ?o }")._repr_html_()


@pytest.mark.filterwarnings("default")  # of the notebook machinery, not ours
def test_the_example_notebook_runs() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    stored = [cell for cell in notebook.cells if cell.get("outputs")]
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    shown = "".join(str(output) for cell in code for output in cell.outputs)
    assert stored == []  # outputs are made, not stored
    assert "139 әскери қызметші" in shown
    assert "1992 жылғы 2 наурызда" in shown
