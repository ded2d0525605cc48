"""What the tests of a release share: one, as the command makes it."""

from pathlib import Path

import pytest
from released import NAME
from test_cli import kzun


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("release")
    done = kzun("release", "--out", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{out / NAME}\n"
    return out / NAME
