"""Release: written whole or not at all, and never over another one."""

import errno
import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner
from pyoxigraph import Quad
from released import NAME, contents, names
from test_cli import kzun

from kzun_graph import resources
from kzun_graph.cli.release import release as command
from kzun_graph.errors import OutputError
from kzun_graph.publish import contents as making
from kzun_graph.publish import release as releasing
from kzun_graph.publish.release import release
from kzun_graph.sources import Sources
from kzun_graph.terms import BASE, DCTERMS, KZUN
from kzun_graph.view import View


def test_another_process_makes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from kzun_graph.publish.release import release; "
    code += "release(Path(sys.argv[1]))"
    environment = os.environ | {"PYTHONHASHSEED": "77", "LC_ALL": "C", "TZ": "Asia/Almaty"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env=environment)
    assert contents(tmp_path / NAME) == contents(folder)


@pytest.fixture(scope="module")
def made(sources: Sources, views: dict[str, View]) -> list[making.File]:
    return making.release_files(views.values(), sources)


@pytest.fixture
def quick(made: list[making.File], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same release again, without the work of making it: for tests of how it is written."""
    monkeypatch.setattr(releasing, "release_files", lambda *_: made)
    monkeypatch.setattr(releasing, "validate_views", lambda *_: [])


@pytest.mark.usefixtures("quick")
def test_a_release_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    first = release(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in first.files}
    assert len(before) > 100
    second = release(tmp_path)
    assert second.files == first.files
    assert {path: path.stat().st_mtime_ns for path in second.files} == before
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


@pytest.mark.parametrize("change", ["more", "less", "other", "a file"])
@pytest.mark.usefixtures("quick")
def test_a_release_with_other_bytes_is_never_replaced(change: str, tmp_path: Path) -> None:
    release(tmp_path)
    folder = tmp_path / NAME
    what = {
        "more": "this version is there already, with notes/new.txt more",
        "less": "this version is there already, without kzun.nq",
        "other": "this version is there already, and links/wikidata.sssom.tsv differs",
        "a file": "is a file, and a folder is wanted",
    }
    if change == "more":
        (folder / "notes").mkdir()
        (folder / "notes" / "new.txt").write_text("mine")
    elif change == "less":
        (folder / "kzun.nq").unlink()
    elif change == "other":
        (folder / "links" / "wikidata.sssom.tsv").write_bytes(b"changed by hand\n")
    else:
        shutil.rmtree(folder)
        folder.write_text("mine")
    before = contents(tmp_path)
    with pytest.raises(OutputError) as caught:
        release(tmp_path)
    assert str(caught.value).startswith(f"{folder}: {what[change]}: ")
    assert "\n" not in str(caught.value)
    assert contents(tmp_path) == before


@pytest.mark.usefixtures("quick")
def test_a_link_that_leads_nowhere_counts_as_another_file(tmp_path: Path) -> None:
    release(tmp_path)
    (tmp_path / NAME / "kzun.nq").unlink()
    (tmp_path / NAME / "kzun.nq").symlink_to("nowhere")
    with pytest.raises(OutputError, match=r"there already, and kzun\.nq differs"):
        release(tmp_path)


def test_the_command_says_in_one_line_why_it_does_not_replace(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / "mine.txt").write_text("mine")
    done = kzun("release", "--out", str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {tmp_path / NAME}: this version is there already, ")
    assert done.stderr.count("\n") == 1
    assert names(tmp_path) == [f"{NAME}/mine.txt"]


def without(sources: Sources, unwanted: Quad) -> Sources:
    kept = tuple(found for found in sources.located if found.quad != unwanted)
    assert len(kept) < len(sources.located)
    return Sources(kept, sources.article)


def test_a_violation_in_the_data_leaves_nothing_written(
    sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quad = next(q for q, _ in sources.located if q.predicate == KZUN["characterizes"])
    monkeypatch.setattr(releasing, "read_sources", lambda: without(sources, quad))
    done = CliRunner().invoke(command, ["--out", str(tmp_path / "out"), "--lang", "en"])
    assert done.exit_code == 1
    assert "characteri" in done.output
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("quick")
def test_a_violation_in_the_description_leaves_nothing_written(
    tmp_path: Path, made: list[making.File], monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = rdflib.Graph().parse(
        data=next(file.data for file in made if file.path == "void.ttl"), format="turtle"
    )
    title = rdflib.URIRef(DCTERMS["title"].value)
    graph.remove((rdflib.URIRef(f"{BASE}catalog"), title, None))
    broken = graph.serialize(format="turtle", encoding="utf-8")
    others = [file for file in made if file.path != "void.ttl"]
    files = [*others, making.File("void.ttl", broken, "broken")]
    monkeypatch.setattr(releasing, "release_files", lambda *_: files)
    done = CliRunner().invoke(command, ["--out", str(tmp_path / "out"), "--lang", "kk"])
    assert done.exit_code == 1
    assert "Каталогтың атауы" in done.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("step", ["write", "rename", "mkdir"])
@pytest.mark.usefixtures("quick")
def test_a_full_disk_leaves_no_part_of_a_release(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    owner = {"write": "kzun_graph.files._write", "rename": "pathlib.Path.rename"}
    monkeypatch.setattr(owner.get(step, "pathlib.Path.mkdir"), full)
    with pytest.raises(OutputError, match=r"cannot be written .*nothing was changed") as caught:
        release(tmp_path)
    monkeypatch.undo()
    assert str(caught.value).startswith(f"{tmp_path / NAME}: ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("quick")
def test_an_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match=r"file: is a file, and a folder is wanted: name another"):
        release(tmp_path / "file")
    assert (tmp_path / "file").read_text() == "x"


def test_the_licence_of_an_installed_package_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Installed:
        def __init__(self, text: str | None) -> None:
            self.text = text

        def read_text(self, name: str) -> str | None:
            return self.text if name == "licenses/LICENSE" else None

    monkeypatch.setattr(resources, "root", lambda: tmp_path)
    monkeypatch.setattr(metadata, "distribution", lambda _: Installed("the licences\n"))
    assert making.license_bytes() == b"the licences\n"
    monkeypatch.setattr(metadata, "distribution", lambda _: Installed(None))
    with pytest.raises(OutputError, match="has no LICENSE: install"):
        making.license_bytes()
