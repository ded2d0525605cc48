"""Documents: what they tell a reader to type works, and what they quote is there."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from test_cli import kzun

from kzun_graph import Dataset
from kzun_graph.cli import cli
from kzun_graph.queries import names, stored_query
from kzun_graph.resources import root

README = (root() / "README.md").read_text("utf-8")
GUIDES = "".join(p.read_text("utf-8") for p in sorted((root() / "docs").glob("*.md")))
COMMANDS = re.findall(r"^\| `kzun ([^`]+)` \|", README, re.MULTILINE)


def test_the_first_question_gives_the_output_shown() -> None:
    shown = re.search(r"```console\n\$ kzun (.+)\n((?:.+\n)+)```", README)
    assert shown
    assert kzun(*shlex.split(shown[1])).stdout.split() == shown[2].split()


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_the_readme_runs(command: str, tmp_path: Path) -> None:
    claims = (root() / "data/article/claims/p01.trig").read_bytes()
    (tmp_path / "p01.trig").write_bytes(claims)
    claims_file, folder = str(tmp_path / "p01.trig"), str(tmp_path / "out")
    places = {"my-claims.trig": claims_file, "DIR": folder, "OLD": claims_file, "NEW": claims_file}
    words = [places.get(word, word) for word in shlex.split(command)]
    done = kzun(*words)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_short_readmes_name_commands_that_run(language: str, tmp_path: Path) -> None:
    text = (root() / f"README.{language}.md").read_text("utf-8")
    commands = re.findall(r"^\| `kzun ([^`]+)` \|", text, re.MULTILINE)
    assert len(commands) == 7
    for command in commands:
        done = kzun(*shlex.split(command), folder=tmp_path, KZUN_LANG=language)
        assert (done.returncode, done.stderr) == (0, "")


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
        line.strip() for line in (README + GUIDES).splitlines() if line.strip().startswith("claim:")
    ]
    assert shown
    assert [line for line in shown if line not in claims] == []


def test_the_queries_shown_answer(shipped: Dataset) -> None:
    blocks = re.findall(r"```sparql\n(.*?)```", README + GUIDES, re.DOTALL)
    assert blocks
    assert all(shipped.sparql(block).rows for block in blocks)


def test_the_list_of_questions_holds_every_question_in_three_languages() -> None:
    script = [sys.executable, str(root() / "docs" / "questions.py")]
    environment = os.environ | {"PYTHONPATH": str(root())}
    listed = subprocess.run(script, check=True, capture_output=True, text=True, env=environment)
    for query in map(stored_query, names()):
        assert f"### `{query.name}`" in listed.stdout
        assert all(
            f"- {language}: {title}" in listed.stdout for language, title in query.title.items()
        )


def test_the_commands_of_the_guides_run(tmp_path: Path) -> None:
    commands = re.findall(r"^\|[^|]*\| `kzun (export[^`]+)`", GUIDES, re.MULTILINE)
    assert commands
    for command in commands:
        words = [str(tmp_path) if word == "DIR" else word for word in shlex.split(command)]
        assert kzun(*words).returncode == 0


def test_the_files_named_exist() -> None:
    named = re.findall(r"`((?:data|docs|ontology|queries)/[\w./-]+)`", README + GUIDES)
    assert named
    assert [name for name in named if not (root() / name).exists()] == []
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert [link for link in links if not (root() / link).exists()] == []


def test_the_python_of_the_readme_runs() -> None:
    import doctest

    assert doctest.testfile(str(root() / "README.md"), module_relative=False).failed == 0
