"""Documents: what they tell a reader to type works, and what they quote is there."""

import re
import shlex
from pathlib import Path

import pytest
from test_cli import kzun

from kzun_graph import Dataset
from kzun_graph.cli import cli
from kzun_graph.resources import root

README = (root() / "README.md").read_text("utf-8")
MODEL = (root() / "docs" / "model.md").read_text("utf-8")
COMMANDS = re.findall(r"^\| `kzun ([^`]+)` \|", README, re.MULTILINE)


def test_the_first_question_gives_the_output_shown() -> None:
    shown = re.search(r"```console\n\$ kzun (.+)\n((?:.+\n)+)```", README)
    assert shown
    assert kzun(*shlex.split(shown[1])).stdout.split() == shown[2].split()


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_the_readme_runs(command: str, tmp_path: Path) -> None:
    claims = (root() / "data/article/claims/p01.trig").read_bytes()
    (tmp_path / "p01.trig").write_bytes(claims)
    words = [
        {"my-claims.trig": str(tmp_path / "p01.trig"), "DIR": str(tmp_path / "out")}.get(word, word)
        for word in shlex.split(command)
    ]
    done = kzun(*words)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_every_command_is_in_the_readme_and_every_command_of_the_readme_exists() -> None:
    assert {command.split()[0] for command in COMMANDS} == set(cli.commands)


def test_the_commands_help_names_each_option() -> None:
    for name, command in cli.commands.items():
        text = kzun(name, "--help").stdout
        options = [option for parameter in command.params for option in parameter.opts]
        assert all(option in text for option in options if option.startswith("--"))


def test_the_claims_shown_are_the_shipped_ones() -> None:
    claims = "".join(p.read_text("utf-8") for p in (root() / "data/article/claims").glob("*"))
    shown = [
        line.strip() for line in (README + MODEL).splitlines() if line.strip().startswith("claim:")
    ]
    assert shown
    assert [line for line in shown if line not in claims] == []


def test_the_queries_shown_answer(shipped: Dataset) -> None:
    blocks = re.findall(r"```sparql\n(.*?)```", README + MODEL, re.DOTALL)
    assert blocks
    assert all(shipped.sparql(block).rows for block in blocks)


def test_the_files_named_exist() -> None:
    named = re.findall(r"`((?:data|docs|ontology|queries)/[\w./-]+)`", README + MODEL)
    assert named
    assert [name for name in named if not (root() / name).exists()] == []
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert [link for link in links if not (root() / link).exists()] == []


def test_the_python_of_the_readme_runs() -> None:
    import doctest

    assert doctest.testfile(str(root() / "README.md"), module_relative=False).failed == 0
