"""Installation: a wheel and an editable checkout work from an empty environment and folder."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kzun_graph import resources

ROOT = resources.root()
FOLDERS = ("data", "ontology", "queries")
GOLDEN = Path(__file__).parent / "golden" / "memberships" / "admissions.csv"
_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", ".hypothesis", "build", "dist", "__pycache__", "*.egg-info"
)


def run(*command: str | Path, folder: Path) -> str:
    """Return what ``command`` prints, run in ``folder`` without this environment's Python paths."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        command, cwd=folder, env=clean, capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def environment(folder: Path) -> Path:
    """Return the folder of the commands of a new and empty environment."""
    run(sys.executable, "-m", "venv", folder, folder=folder.parent)
    return folder / ("Scripts" if os.name == "nt" else "bin")


def files(folder: Path) -> Iterator[str]:
    for name in FOLDERS:
        for path in (folder / name).rglob("*"):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(folder).as_posix()


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout without what git ignores."""
    folder = tmp_path_factory.mktemp("copy") / "checkout"
    shutil.copytree(ROOT, folder, ignore=_LEFT_OUT)
    return folder


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps")
    run(*pip, "--wheel-dir", folder, checkout, folder=folder)
    (found,) = folder.glob("*.whl")
    return found


def test_wheel_holds_the_files_of_the_checkout(wheel: Path) -> None:
    place = "kzun_graph/resources/"
    with zipfile.ZipFile(wheel) as archive:
        packed = {
            name.removeprefix(place): archive.read(name)
            for name in archive.namelist()
            if name.startswith(place)
        }
    names = sorted(files(ROOT))
    assert len(names) > 30
    assert sorted(packed) == names
    assert [name for name in names if packed[name] != (ROOT / name).read_bytes()] == []


@pytest.mark.parametrize("way", ["wheel", "editable"])
def test_it_answers_from_an_empty_folder(
    way: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    scripts = environment(tmp_path / "environment")
    what = ("--editable",) if way == "editable" else ()
    source = request.getfixturevalue("wheel" if way == "wheel" else "checkout")
    pip = (scripts / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, *what, source, folder=tmp_path)

    empty = tmp_path / "empty"
    empty.mkdir()
    listed = run(scripts / "kzun", "query", folder=empty)
    assert listed.startswith("causes/behind")
    assert "admissions" in listed
    answer = run(scripts / "kzun", "query", "memberships/admissions", folder=empty)
    assert answer.splitlines() == GOLDEN.read_text("utf-8").splitlines()

    where = "from kzun_graph import resources; print(resources.root())"
    root = Path(run(scripts / "python", "-c", where, folder=empty).strip())
    assert root.is_relative_to(source.parent if way == "editable" else tmp_path)
    assert list(empty.iterdir()) == []
