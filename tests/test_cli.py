"""The command line: exit codes, one-line errors, W3C formats, and languages."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib

from kzun_graph.cli import cli
from kzun_graph.resources import root


def kzun(
    *arguments: str, stdin: str = "", folder: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(root()), "KZUN_LANG": "en"} | variables
    return subprocess.run(
        [sys.executable, "-m", "kzun_graph", *arguments],
        input=stdin,
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("query", "admisions"), "there is no stored query 'admisions': did you mean admissions"),
        (("query", "admissions", "--member"), "'--member' has no value or no name"),
        (("query", "admissions", "--place", "x"), "has no parameter 'place'"),
        (("query", "admissions", "--member", "Казахстон"), "did you mean id:kazakhstan"),
        (("query", "between", "--from", "2021-02-31"), "'2021-02-31' is no day for 'from'"),
        (("query", "admissions", "--format", "pdf"), "'pdf' is not one of"),
        (("query", "admissions", "--format", "ttl"), "cannot be written as ttl: use csv"),
        (("sparql", "SELECT ?x WHERE { ?x a foo:B }"), "query:1: unknown prefix 'foo:'"),
        (("sparql", "none.rq"), "'none.rq' is no file and no query"),
        (("sparql", ""), "'' is no file and no query"),
        (("query", "admissions", "--name", "x"), "has no parameter 'name'"),
        (("query", "admissions", "--member", "urn:%zz"), "nothing is called 'urn:%zz'"),
        (("query", "admissions", "--find", "x"), "--find lists questions: leave NAME out"),
        (("query", "--about"), "--about needs a NAME"),
        (("explain", "http://[bad"), "nothing is called"),
        (("export", "--out", "x" * 300), "check the name, the rights and the room"),
        (("explain", "Казахстон"), "nothing is called 'Казахстон': did you mean id:kazakhstan"),
        (("validate", "none.ttl"), "none.ttl: cannot be read"),
        (("validate", "."), ".: this is a folder: name a file in it"),
        (("quary",), "No such command 'quary'"),
    ],
)
def test_what_goes_wrong_is_one_line_and_exit_code_two(
    arguments: tuple[str, ...], message: str
) -> None:
    done = kzun(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert message in done.stderr
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1


def test_the_list_of_questions_speaks_three_languages() -> None:
    lists = {language: kzun("query", "--lang", language).stdout for language in ("kk", "ru", "en")}
    assert "Мүше қай ұйымдарға" in lists["kk"]
    assert "В какие организации" in lists["ru"]
    assert "Which organisations was a member" in lists["en"]


def test_the_language_comes_from_the_environment() -> None:
    assert "В какие" in kzun("query", KZUN_LANG="", LC_ALL="ru_RU.UTF-8").stdout
    assert "Which" in kzun("query", KZUN_LANG="", LC_ALL="de_DE.UTF-8").stdout


def test_a_piped_answer_is_csv() -> None:
    done = kzun("query", "memberships/admissions", "--member", "id:kazakhstan")
    rows = list(csv.reader(io.StringIO(done.stdout)))
    assert done.returncode == 0
    assert rows[1] == ["https://w3id.org/kzun/id/un", "1992-03-02", "1992 жылғы 2 наурызда"]


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "table"])
def test_every_format_answers(form: str) -> None:
    done = kzun("query", "admissions", "--format", form)
    assert done.returncode == 0
    assert "1992-03-02" in done.stdout
    assert done.stderr == ""


def test_a_table_shows_labels_in_the_language() -> None:
    assert "Организация" in kzun("query", "admissions", "--format", "table", "--lang", "ru").stdout


def test_sparql_takes_text_a_file_and_standard_input(tmp_path: Path) -> None:
    text = "SELECT (COUNT(*) AS ?n) WHERE { ?x a kzun:PeacekeepingMission }"
    path = tmp_path / "own.rq"
    path.write_text(text, "utf-8")
    answers = [kzun("sparql", text), kzun("sparql", str(path)), kzun("sparql", "-", stdin=text)]
    assert [done.stdout.split() for done in answers] == [["n", "4"]] * 3


def test_validate_exits_with_one_on_a_violation(tmp_path: Path) -> None:
    text = (root() / "data/article/claims/p01.trig").read_text("utf-8")
    path = tmp_path / "p01.trig"
    path.write_text(text.replace('"1992-03-02"^^xsd:date', '"1992-02-31"^^xsd:date'), "utf-8")
    done = kzun("validate", str(path))
    line = text[: text.index('"1992-03-02"')].count("\n") + 1
    assert done.returncode == 1
    assert done.stdout.startswith(f"{path}:{line}: violation: ")
    assert "    БҰҰ Бас Ассамблеясының 46-cессиясында" in done.stdout
    report = kzun("validate", str(path), "--format", "ttl")
    assert report.returncode == 1
    assert len(rdflib.Graph().parse(data=report.stdout, format="turtle")) > 5
    assert json.loads(kzun("validate", str(path), "--format", "json").stdout)[0]["line"] == line


def test_validate_exits_with_zero_on_the_shipped_data() -> None:
    done = kzun("validate", "--lang", "kk")
    assert (done.returncode, done.stderr) == (0, "")
    assert "қате жоқ" in done.stdout


def test_build_is_quiet_when_piped_and_refuses_a_file(tmp_path: Path) -> None:
    done = kzun("build", "--out", str(tmp_path / "out"))
    assert done.returncode == 0
    assert done.stdout.split() == [
        str(tmp_path / "out" / f"{stem}.{form}")
        for stem in ("kzun", "kzun-checked", "kzun-all")
        for form in ("trig", "ttl", "nq")
    ]
    refused = kzun("build", "--out", str(tmp_path / "out" / "kzun.ttl"))
    assert refused.returncode == 2
    assert "is a file, and a folder is wanted" in refused.stderr


def test_shapes_are_turtle() -> None:
    assert len(rdflib.Graph().parse(data=kzun("shapes").stdout, format="turtle")) > 1000


def test_find_lists_only_the_fitting_questions_in_any_language() -> None:
    for words in ("саны миссиялар", "Где действуют миссии", "CONTINGENTS"):
        assert "contingents" in kzun("query", "--find", words).stdout
    assert "admissions" not in kzun("query", "--find", "миссиялар").stdout
    nothing = kzun("query", "--find", "щщщ", "--lang", "ru").stdout.splitlines()
    assert nothing == [
        "Вопроса с такими словами нет: «щщщ». Названия ищет kzun query labels/find --text щщщ"
    ]


def test_coverage_marks_the_words_that_no_claim_quotes() -> None:
    done = kzun("coverage")
    assert done.returncode == 0
    assert "Paragraph 6: 100% quoted" in done.stdout
    assert "[Сонымен қатар] – connective" in done.stdout
    assert "no reason given" not in done.stdout


def test_stats_count_in_text_and_json() -> None:
    counts = json.loads(kzun("stats", "--format", "json").stdout)
    assert sum(counts["claims"].values()) > 200
    assert counts["languages"]["kk"] >= counts["languages"]["en"] > 200
    assert "утверждение о факте (kzun:FactualClaim)" in kzun("stats", "--lang", "ru").stdout


def test_the_shell_completes_commands_and_questions() -> None:
    script = kzun(_KZUN_COMPLETE="bash_source").stdout
    assert "complete -o nosort -F _kzun_completion kzun" in script
    done = kzun(_KZUN_COMPLETE="bash_complete", COMP_WORDS="kzun query adm", COMP_CWORD="2")
    assert done.stdout.split() == ["plain,memberships/admissions"]
    done = kzun(_KZUN_COMPLETE="bash_complete", COMP_WORDS="kzun exp", COMP_CWORD="1")
    assert "plain,explain" in done.stdout.split()


EXAMPLES = [
    line.strip()
    for command in ((), *((name,) for name in cli.commands))
    for line in kzun(*command, "--help").stdout.splitlines()
    if line.startswith("  kzun ") and "--endpoint" not in line  # that needs a server
]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    assert kzun("build", "--out", str(folder)).returncode == 0
    return folder


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_help_texts_run(example: str, tmp_path: Path, built: Path) -> None:
    if example.startswith("kzun diff"):
        for name in ("build", "build-0.1", "old"):
            shutil.copytree(built, tmp_path / name)
    if example == "kzun doctor --store DIR":
        assert kzun("load", "--store", "DIR", folder=tmp_path).returncode == 0
    words = re.split(r"\s{2,}", example)[0].split()[1:]
    words = ["memberships/admissions" if word == "NAME" else word for word in words]
    done = kzun(*words, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout or list(tmp_path.iterdir())


def test_a_closed_pipe_and_a_full_output_are_no_findings() -> None:
    command = f"{sys.executable} -m kzun_graph query --lang en"
    environment = os.environ | {"PYTHONPATH": str(root())}
    piped = subprocess.run(
        ["bash", "-c", f"{command} | true; exit ${{PIPESTATUS[0]}}"],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert piped.returncode not in (1, 2)
    assert b"Traceback" not in piped.stderr
    full = subprocess.run(
        ["bash", "-c", f"{command} > /dev/full"], env=environment, capture_output=True, check=False
    )
    assert full.returncode != 1
    assert b"Traceback" not in full.stderr


def test_describe_and_windows_line_ends_are_understood(tmp_path: Path) -> None:
    assert "kzun:PeacekeepingMission" in kzun("sparql", "DESCRIBE id:unifil").stdout
    path = tmp_path / "own.rq"
    path.write_bytes("\ufeffASK {\r\n  id:unifil a kzun:Mission\r\n}\r\n".encode())
    assert kzun("sparql", str(path)).stdout.strip() == "true"


def test_the_bare_command_shows_its_help() -> None:
    assert "Commands:" in kzun().stderr
    assert kzun("--version").stdout.startswith("kzun, version ")


def test_the_shapes_are_the_same_at_every_run() -> None:
    assert kzun("shapes", PYTHONHASHSEED="1").stdout == kzun("shapes", PYTHONHASHSEED="2").stdout
