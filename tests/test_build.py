"""Build: deterministic files, all or nothing."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from kzun_graph import build as building
from kzun_graph.errors import OutputError
from kzun_graph.files import outputs, write_all
from kzun_graph.sources import Sources, overlay
from kzun_graph.terms import CLAIM, ID, KZUN
from kzun_graph.view import View, article_view


def test_the_build_writes_what_it_says(tmp_path: Path) -> None:
    steps: list[str] = []
    summary = building.build(tmp_path / "out", steps.append)
    assert steps == ["read", "ground", "check", "write"]
    assert summary.claims == summary.grounded > 200
    assert summary.share > 0.9
    trig = list(parse(path=tmp_path / "out" / "kzun.trig"))
    turtle = list(parse(path=tmp_path / "out" / "kzun.ttl"))
    assert len(trig) == summary.quads
    assert len(turtle) == summary.triples == sum(not _graph(quad) for quad in trig)
    assert set(parse(path=tmp_path / "out" / "kzun.nq")) == set(trig)


def _graph(quad: Quad) -> bool:
    return isinstance(quad.graph_name, NamedNode)


def test_the_same_input_gives_the_same_bytes_in_another_process(
    views: dict[str, View], tmp_path: Path
) -> None:
    code = "import sys; from kzun_graph.build import build; from pathlib import Path; "
    code += "build(Path(sys.argv[1]))"
    environment = os.environ | {"PYTHONHASHSEED": "77", "LC_ALL": "C", "TZ": "Asia/Almaty"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env=environment)
    ours = {name: data for view in views.values() for name, data in outputs(view).items()}
    assert {path.name for path in tmp_path.iterdir()} == set(ours)
    changed = [name for name, data in ours.items() if (tmp_path / name).read_bytes() != data]
    assert changed == []


def test_one_added_claim_changes_only_its_own_lines(
    sources: Sources, view: View, tmp_path: Path
) -> None:
    extra = tmp_path / "extra.trig"
    extra.write_text(
        "@prefix claim: <https://w3id.org/kzun/claim/> .\n"
        "@prefix id: <https://w3id.org/kzun/id/> .\n"
        "@prefix kzun: <https://w3id.org/kzun/ontology#> .\n"
        'claim:p06-02 a kzun:TextDescription ; kzun:quote "Бітімгершілік"@kk .\n'
        "claim:p06-02 { id:peacekeeping kzun:topic id:international-security . }\n",
        "utf-8",
    )
    both, _ = overlay(sources, [extra])
    before = outputs(view)
    after = outputs(article_view(both))
    for name in before:
        old, new = before[name].decode().splitlines(), after[name].decode().splitlines()
        gone = set(old) - set(new)
        assert len(gone) <= 2, "a line that ended a block may end with a semicolon now"
        added = [line for line in new if line not in set(old)]
        assert 0 < len(added) < 40


def test_a_triple_of_two_claims_stands_once_in_the_default_graph(view: View) -> None:
    store = Store()
    store.bulk_extend(view.quads)
    graphs = [q.graph_name for q in store.quads_for_pattern(ID["unga"], None, ID["un"], None)]
    assert len(graphs) == 5
    assert sum(graph in CLAIM for graph in graphs) == 4


def test_the_view_is_in_canonical_order_and_has_no_blank_nodes(view: View) -> None:
    assert len(set(view.quads)) == len(view.quads)
    graphs = [quad.graph_name.value if _graph(quad) else "" for quad in view.quads]  # type: ignore[union-attr]
    assert graphs == sorted(graphs)
    assert all(isinstance(quad.subject, NamedNode) for quad in view.quads)
    assert "_:" not in " ".join(str(q.object) for q in view.quads if not hasattr(q.object, "value"))


def test_a_violation_leaves_nothing_written(
    monkeypatch: pytest.MonkeyPatch, sources: Sources, tmp_path: Path
) -> None:
    kept = tuple(f for f in sources.located if f.quad.predicate != KZUN["characterizes"])
    monkeypatch.setattr(building, "read_sources", lambda: Sources(kept, sources.article))
    summary = building.build(tmp_path / "out")
    assert summary.written == ()
    assert any(finding.severity == "Violation" for finding in summary.findings)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("step", ["open", "write", "fsync", "replace"])
def test_a_full_disk_leaves_the_old_files_whole(
    step: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write_all(tmp_path, {"a.ttl": b"old a", "b.ttl": b"old b"})

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    elif step == "write":
        monkeypatch.setattr("kzun_graph.files._write", full)
    else:
        monkeypatch.setattr(Path, step, full)
    with pytest.raises(OutputError, match=r"cannot be written .*nothing was changed: make room"):
        write_all(tmp_path, {"a.ttl": b"new a", "b.ttl": b"new b"})
    monkeypatch.undo()
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        "a.ttl": b"old a",
        "b.ttl": b"old b",
    }


def test_a_disk_that_fills_between_two_files_says_what_is_new(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write_all(tmp_path, {"a.ttl": b"old a", "b.ttl": b"old b"})
    replace = Path.replace

    def second_fails(self: Path, target: Path) -> Path:
        if target.name == "b.ttl":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", second_fails)
    with pytest.raises(OutputError, match="1 of 2 files are new"):
        write_all(tmp_path, {"a.ttl": b"new a", "b.ttl": b"new b"})
    monkeypatch.undo()
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        "a.ttl": b"new a",
        "b.ttl": b"old b",
    }


def test_a_folder_in_the_way_of_a_file_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "b.ttl").mkdir()
    with pytest.raises(OutputError, match=r"b\.ttl: is a folder, and a file is wanted"):
        write_all(tmp_path, {"a.ttl": b"new a", "b.ttl": b"new b"})
    assert [p.name for p in tmp_path.iterdir()] == ["b.ttl"]


def test_an_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("x")
    with pytest.raises(OutputError, match="is a file, and a folder is wanted: name another folder"):
        write_all(path, {"a.ttl": b"a"})
    assert path.read_text() == "x"


def test_the_turtle_is_the_default_graph_alone(view: View) -> None:
    triples = list(parse(outputs(view)["kzun.ttl"], format=RdfFormat.TURTLE))
    assert all(not _graph(quad) for quad in triples)
