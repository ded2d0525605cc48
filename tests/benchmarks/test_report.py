"""The tables and the plot of the benchmarks, and the queries that they ask."""

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyoxigraph import RdfFormat, Store

from kzun_graph.queries import bind, stored_query
from kzun_graph.results import ask

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from engines import LOOK_UPS, QUERIES
from measured import Measured, Size
from report import plot, tables
from synthetic import Plan, dataset


def measured(*turns: float, rows: int = 3) -> Measured:
    return Measured(2.0, 1.0, 100.0, {"q": list(turns)}, {"q": rows})


@pytest.fixture
def sizes() -> list[Size]:
    engines = {
        "kzun, memory": measured(0.002, 0.004, 0.006),
        "pyoxigraph, memory": measured(0.001, 0.004, 0.003),
        "kzun, disk": measured(0.5),
        "pyoxigraph, disk": measured(0.25),
        "Oxigraph server": measured(0.5, rows=4),
        "rdflib": measured(rows=-1),
    }
    return [Size(100_000, engines, {"kzun": 2.0, "pyshacl": 30.0}), Size(1_000_000, engines)]


def test_the_ratio_is_the_median_of_the_ratios_turn_by_turn(sizes: list[Size]) -> None:
    lines = tables(sizes[:1], ["q"]).splitlines()
    assert lines[0] == "### 100 000 quads"
    # 2, 1 and 2 times, where the medians of the seconds are 4 and 3; rdflib gave none
    assert "| `q` | 2 | 2 | 2 | no answer |" in lines
    assert "| load | 1 | 1 | 1 | 1 |" in lines


def test_engines_that_differ_in_rows_show_it(sizes: list[Size]) -> None:
    text = tables(sizes[:1], ["q"])
    assert "| `q` | 3 or 4 | 4 | 3 | 500 | 250 | 500 | no answer |" in text


def test_validation_has_a_ratio_only_where_both_were_done(sizes: list[Size]) -> None:
    assert "| plain pySHACL, rules as `sh:sparql` | 30 | 15 |" in tables(sizes[:1], ["q"])
    sizes[0].validation["pyshacl"] = None
    text = tables(sizes[:1], ["q"])
    assert "| plain pySHACL, rules as `sh:sparql` | not done in time |  |" in text


def test_the_plot_has_a_point_for_each_engine_and_size(sizes: list[Size]) -> None:
    drawing = ElementTree.fromstring(plot(sizes, ("q",)))  # noqa: S314 (our own text)
    points = drawing.findall("{http://www.w3.org/2000/svg}circle")
    assert len(points) == 2 * 5 * 2  # panels, engines but the one given up, sizes


def test_every_query_finds_something_in_the_made_up_data() -> None:
    store = Store()
    store.bulk_load(b"".join(dataset(Plan(21))), RdfFormat.N_QUADS)
    rows = {n: len(ask(store, bind(stored_query(n), v)).rows) for n, v in QUERIES.items()}
    assert len(rows) == 10
    assert all(rows.values()), rows
    assert set(LOOK_UPS) < set(rows)
