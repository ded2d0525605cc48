"""Guide: what docs/engines.md tells a reader to type works, in its order."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from servers import sparql_server

from kzun_graph.resources import root

GUIDE = (root() / "docs" / "engines.md").read_text("utf-8")
ADDRESS = "http://localhost:7878/query"


def test_the_commands_and_the_python_of_the_guide_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = re.findall(r"```console\n(.*?)```", GUIDE, re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines() if line.startswith("kzun ")]
    assert len(commands) >= 6
    environment = os.environ | {"PYTHONPATH": str(root())}
    with sparql_server("") as address:
        for command in commands:
            if ADDRESS not in command and "--endpoint" in command:
                continue  # another server's, tested with it
            words = shlex.split(command.replace(ADDRESS, address), comments=True)
            done = subprocess.run(
                [sys.executable, "-m", "kzun_graph", *words[1:]],
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                text=True,
            )
            assert (done.returncode, done.stderr) == (0, ""), command
        monkeypatch.chdir(tmp_path)
        (python,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
        *setup, rows, boolean = python.replace(ADDRESS, address).strip().splitlines()
        found: dict[str, object] = {}
        exec("\n".join(setup), found)  # noqa: S102 (the guide's own)
        assert eval(rows, found) and eval(boolean, found) is True  # noqa: S307
