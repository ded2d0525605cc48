"""The engines as the benchmarks run them: all must load the same and answer the same."""

import sys
from pathlib import Path

import pytest

from kzun_graph.queries import bind, stored_query

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from measured import peak
from synthetic import Plan, write
from workers import BareDisk, BareMemory, Disk, Engine, Memory, Parsed, Server

TEXT = bind(stored_query("memberships/admissions"), {"member": "id:synthetic-country-1"})


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "data.nq"
    write(path, Plan(2))
    return path


@pytest.mark.parametrize("kind", [Memory, BareMemory, Disk, BareDisk, Server])
def test_each_engine_loads_answers_and_exports_all(
    kind: type[Engine], data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    engine = kind()
    try:
        engine.load(data)
        rows = engine.ask(TEXT)
        engine.export(tmp_path / "out.nq")
    finally:
        getattr(engine, "stop", lambda: None)()
    said = data.read_text("utf-8").splitlines()
    member = [line for line in said if "ontology#member> <" in line and "country-1>" in line]
    admitted = [line for line in member if "synthetic-admission" in line and line.count("<") == 4]
    assert rows == len(admitted) > 0
    assert len((tmp_path / "out.nq").read_bytes().splitlines()) == len(said)


def test_a_parsed_file_can_be_gone_through_twice(data: Path) -> None:
    quads = Parsed(data)
    first = next(iter(quads))
    assert sum(1 for _ in quads) == len(quads)
    assert first in quads


def test_the_peak_is_of_this_process_in_mebibytes() -> None:
    assert 20 < peak() < 20_000
