"""Disk: whatever breaks off, readers see the old dataset or the new one, whole."""

import json
import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad, Store

from kzun_graph import Dataset, KzunError, connect
from kzun_graph.engines import layout
from kzun_graph.engines.disk_load import load_disk
from kzun_graph.terms import ID, KZUN

# Loads NEW, and dies by SIGKILL before the call number argv[2] of any function that changes the
# disk: those of Python, and those of the store.
DYING = """
import os, signal, sys
from pathlib import Path
import pyoxigraph
from kzun_graph.engines import disk_load
from kzun_graph.terms import ID, KZUN

at = left = int(sys.argv[2])

def step():
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1

def deadly(function):
    def call(*arguments, **options):
        step()
        return function(*arguments, **options)
    return call

class Store:
    def __init__(self, path):
        step()
        self.real = pyoxigraph.Store(path)

    def bulk_extend(self, quads):
        step()
        self.real.bulk_extend(quads[:35])
        step()
        self.real.bulk_extend(quads[35:])

    def optimize(self):
        step()
        self.real.optimize()

    def flush(self):
        step()
        self.real.flush()
        step()

    def __len__(self):
        return len(self.real)

for name in "mkdir rename replace fsync unlink rmdir open utime".split():
    setattr(os, name, deadly(getattr(os, name)))
Path.write_bytes = deadly(Path.write_bytes)
disk_load.Store = Store
quads = [pyoxigraph.Quad(ID["new"], KZUN["value"], pyoxigraph.Literal(str(n))) for n in range(70)]
disk_load.load_disk(Path(sys.argv[1]), quads, "all")
print(at - left)
"""


def quads(name: str, count: int) -> list[Quad]:
    return [Quad(ID[name], KZUN["value"], Literal(str(n))) for n in range(count)]


NEVER = 10_000
OLD, NEW = quads("old", 50), quads("new", 70)


def held(folder: Path) -> set[Quad]:
    return set(connect(store=folder).quads)


def die_at(step: int, folder: Path) -> tuple[int, str]:
    command = [sys.executable, "-c", DYING, str(folder), str(step)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stderr == ""
    return done.returncode, done.stdout


def steps(folder: Path) -> int:
    """Return how many steps a loading into ``folder`` takes, by one that survives."""
    code, taken = die_at(NEVER, folder)
    assert code == 0 and held(folder) == set(NEW)
    return int(taken)


def at_each_step(folder: Path, before: list[Quad]) -> list[str]:
    """Kill a loading at each of its steps; return what readers see then: old, new or nothing."""

    def killed(step: int) -> str:
        place = folder / f"{step}"
        if before:
            load_disk(place, before, "all")
        assert die_at(step, place) == (-signal.SIGKILL, "")
        try:
            found = held(place)
            seen = {frozenset(OLD): "old", frozenset(NEW): "new"}[frozenset(found)]
        except KzunError as error:
            assert str(error).endswith(": load one with 'kzun load --store DIR'")
            seen = "nothing"
        load_disk(place, OLD[:3], "article")  # goes on as if nothing had been
        assert held(place) == set(OLD[:3])
        names = [re.sub("[0-9]+", "", path.name) for path in place.iterdir()]
        assert sorted(names) == ["data-", "data-.lock", "kzun-store.json", "lock"]
        return seen

    trial = folder / "trial"
    if before:
        load_disk(trial, before, "all")
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(killed, range(steps(trial))))


def test_killed_at_each_step_the_old_or_the_new_is_whole(tmp_path: Path) -> None:
    seen = at_each_step(tmp_path, OLD)
    assert set(seen) == {"old", "new"} and seen == sorted(seen, reverse=True)  # one switch
    assert len(seen) > 15


def test_killed_at_each_step_of_the_first_loading(tmp_path: Path) -> None:
    seen = at_each_step(tmp_path, [])
    assert set(seen) == {"nothing", "new"} and seen == sorted(seen, reverse=True)
    assert len(seen) > 15


FULL = """
import resource, signal, sys
from pathlib import Path
from pyoxigraph import Literal, Quad
from kzun_graph.engines.disk_load import load_disk
from kzun_graph.errors import KzunError
from kzun_graph.terms import ID, KZUN

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
quads = [Quad(ID["new"], KZUN["value"], Literal(f"{n}" * 50)) for n in range(5000)]
try:
    load_disk(Path(sys.argv[1]), quads, "all")
except KzunError as error:
    print(error)
"""


@pytest.mark.parametrize("room", [0, 10, 1_000, 10_000, 50_000])
def test_no_room(room: int, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    load_disk(folder, OLD, "all")
    before = sorted(path.name for path in folder.iterdir())
    command = [sys.executable, "-c", FULL, str(folder), str(room)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{folder}: cannot be written (")
    assert done.stdout.endswith(
        "what it held is unchanged: make room or give rights, and load again\n"
    )
    assert done.stdout.count("\n") == 1
    assert held(folder) == set(OLD)
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_reader_keeps_what_it_opened(tmp_path: Path) -> None:
    load_disk(tmp_path, OLD, "all")
    reader = connect(store=tmp_path)
    for number in range(3):
        load_disk(tmp_path, NEW[number:], "all")
        count = reader.sparql("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
        assert count.to_csv() == "n\r\n50\r\n"
    assert held(tmp_path) == set(NEW[2:])
    versions = {path.name for path in tmp_path.glob("data-?")}
    assert versions == {"data-1", "data-4"}  # the one being read, and the one that counts
    del reader
    load_disk(tmp_path, OLD, "all")
    assert {path.name for path in tmp_path.glob("data-?")} == {"data-5"}


def test_readers_in_a_loop_meet_no_gap(tmp_path: Path) -> None:
    load_disk(tmp_path, OLD, "all")
    code = f"""
import sys
from pathlib import Path
from kzun_graph.engines.disk_load import load_disk
from kzun_graph.terms import ID, KZUN
from pyoxigraph import Literal, Quad
for turn in range(25):
    name, count = ("new", 70) if turn % 2 == 0 else ("old", 50)
    quads = [Quad(ID[name], KZUN["value"], Literal(str(n))) for n in range(count)]
    load_disk(Path({str(tmp_path)!r}), quads, "all")
"""
    with subprocess.Popen([sys.executable, "-c", code]) as writer:
        seen = set()
        while writer.poll() is None:
            seen.add(frozenset(held(tmp_path)))
    assert writer.returncode == 0
    assert seen <= {frozenset(OLD), frozenset(NEW)}


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    load_disk(tmp_path, OLD, "all")
    writing = layout.hold(tmp_path / layout.LOCK, shared=False)
    assert writing is not None
    with writing, pytest.raises(KzunError, match=r"is being written by another process: wait"):
        load_disk(tmp_path, NEW, "all")
    assert held(tmp_path) == set(OLD)


def _refusal(folder: Path) -> str:
    with pytest.raises(KzunError) as reading:
        connect(store=folder)
    return str(reading.value).removeprefix(f"{folder}: ")


def _nothing_is_written(folder: Path) -> None:
    before = sorted(str(path) for path in folder.rglob("*"))
    with pytest.raises(KzunError):
        load_disk(folder, NEW, "all")
    assert sorted(str(path) for path in folder.rglob("*")) == before


def test_what_is_no_store(tmp_path: Path) -> None:
    missing, empty, file, foreign, bare = (
        tmp_path / name for name in ("missing", "empty", "file", "foreign", "bare")
    )
    empty.mkdir()
    file.write_text("x")
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("years of work")
    Store(str(bare)).flush()
    load = "load one with 'kzun load --store DIR'"
    assert _refusal(missing) == f"is not there: {load}"
    assert _refusal(empty) == f"holds no whole dataset: {load}"
    is_file = "is a file, not the folder of a store: name a folder with --store"
    assert _refusal(file) == is_file
    name = "name a store, or a new folder to 'kzun load --store'"
    assert _refusal(foreign) == f"is not a store of kzun: it holds thesis.txt: {name}"
    assert _refusal(bare).startswith("is not a store of kzun: it holds ")
    for folder in (foreign, bare):
        _nothing_is_written(folder)
    with pytest.raises(KzunError, match=is_file):
        load_disk(file, NEW, "all")


@pytest.mark.parametrize(
    ("switch", "message"),
    [
        ({"format": 2}, "is a store of format 2, and this kzun reads format 1: load into"),
        ({"format": "x"}, "is a store of format x, and this kzun reads format 1"),
        ({"format": 1}, "its kzun-store.json cannot be read: load into another folder"),
        ({"format": 1, "view": "all", "data": "../x", "quads": 1}, "cannot be read"),
        ([], "its kzun-store.json cannot be read"),
        ("", "its kzun-store.json cannot be read"),
    ],
)
def test_another_version_is_left_alone(switch: object, message: str, tmp_path: Path) -> None:
    load_disk(tmp_path, OLD, "all")
    (tmp_path / layout.SWITCH).write_text(json.dumps(switch) if switch else "")
    assert message in _refusal(tmp_path)
    _nothing_is_written(tmp_path)


def test_a_damaged_store_can_be_loaded_anew(tmp_path: Path) -> None:
    load_disk(tmp_path, OLD, "all")
    (tmp_path / "data-1" / "CURRENT").write_text("nonsense\n")
    assert _refusal(tmp_path).startswith("cannot be opened (")
    load_disk(tmp_path, NEW, "all")
    assert held(tmp_path) == set(NEW)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_no_rights(tmp_path: Path) -> None:
    load_disk(tmp_path, OLD, "all")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(KzunError, match="cannot be written"):
            load_disk(tmp_path, NEW, "all")
        assert held(tmp_path) == set(OLD)
    finally:
        tmp_path.chmod(0o700)


def test_no_such_view_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(KzunError, match="there is no view 'alle'"):
        load_disk(tmp_path / "store", OLD, "alle")
    assert not (tmp_path / "store").exists()


def test_a_dataset_names_its_engine(tmp_path: Path, shipped: Dataset) -> None:
    load_disk(tmp_path, OLD, "all")
    assert [d.engine.name for d in (shipped, connect(store=tmp_path))] == ["memory", str(tmp_path)]
