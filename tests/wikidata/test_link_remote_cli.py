"""link check and link suggest as they are typed: exit codes, formats, one-line errors."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from servers import Reply, Stub, free_port, sparql_server
from sssom_rows import mappings

from kzun_graph.cli import link_remote, main
from kzun_graph.links import mappings as rows
from kzun_graph.links.mappings import read_mappings
from kzun_graph.protocol.cache import default_folder
from kzun_graph.resources import root

GRAPH = Path(__file__).with_name("wikidata.ttl").read_text("utf-8")
HTML = Reply("<!DOCTYPE html><html></html>", kind="text/html")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with sparql_server(GRAPH) as address:
        yield address


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache-home"))


@pytest.fixture
def links(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Two links that are fine and one to look at, in place of the shipped ones."""
    found = mappings(
        tmp_path,
        "id:lebanon exact wd:Q822",
        "id:almaty exact gn:1526384/",
        "id:unifil exact wd:Q9999990010",
        "id:western-sahara exact wd:Q6250",
        "kzun:PeacekeepingMission close wd:Q20082270",
        "id:minurso exact sssom:NoTermFound",
    )
    monkeypatch.setattr(rows, "read_mappings", lambda *_: found)


def kzun(command: str, *arguments: str) -> Result:
    return CliRunner().invoke(getattr(link_remote, command), [*arguments, "--lang", "en"])


@pytest.mark.usefixtures("links")
def test_check_ends_with_one_when_there_is_something_to_look_at(server: str) -> None:
    result = kzun("check", "--endpoint", server)
    assert result.exit_code == 1, result.output
    assert "redirects to wd:Q160805" in result.output
    assert "Links checked: 4; to look at: 1; outside Wikidata, not asked: 1." in result.output


def test_check_ends_with_zero_when_all_is_fine(
    server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = mappings(tmp_path, "id:lebanon exact wd:Q822")
    monkeypatch.setattr(rows, "read_mappings", lambda *_: found)
    result = kzun("check", "--endpoint", server, "--no-cache")
    assert (result.exit_code, result.output.count("fine")) == (0, 1)
    result = kzun("check", "--endpoint", server, "--format", "changes")
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.usefixtures("links")
def test_check_writes_json_and_changes(server: str, tmp_path: Path) -> None:
    result = kzun("check", "--endpoint", server, "--format", "json")
    data = json.loads(result.output)
    assert data["endpoint"] == server and data["findings"] == 1 and len(data["links"]) == 4
    before = (tmp_path / "test.sssom.tsv").read_bytes()
    out = tmp_path / "changes.diff"
    result = kzun("check", "--endpoint", server, "--format", "changes", "--out", str(out))
    assert (result.exit_code, result.output) == (1, f"{out}\n")
    assert "replaces=wd:Q9999990010" in out.read_text("utf-8")
    assert (tmp_path / "test.sssom.tsv").read_bytes() == before


@pytest.mark.usefixtures("links")
def test_answers_are_kept_where_it_is_said(server: str, tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    kzun("check", "--endpoint", server, "--no-cache")
    assert not default_folder().exists()
    kzun("check", "--endpoint", server, "--cache", str(folder))
    # existence (of links and of a redirect's target), redirects (twice), two kinds of label,
    # classes with those above them, direct classes
    assert not default_folder().exists() and len(list(folder.iterdir())) == 8
    kzun("check", "--endpoint", server)
    assert len(list(default_folder().iterdir())) == 8


@pytest.mark.usefixtures("links")
def test_the_cache_spares_the_server(server: str, tmp_path: Path) -> None:
    first = kzun("check", "--endpoint", server, "--cache", str(tmp_path / "c"))
    entries = list((tmp_path / "c").iterdir())
    address = f"http://127.0.0.1:{free_port()}/query"  # nobody is there
    second = kzun("check", "--endpoint", address, "--cache", str(tmp_path / "c"))
    assert second.exception and "cannot be reached" in str(second.exception)  # kept by address
    again = kzun("check", "--endpoint", server, "--cache", str(tmp_path / "c"))
    assert again.output == first.output
    assert {path.stat().st_mtime_ns for path in entries} == {
        path.stat().st_mtime_ns for path in (tmp_path / "c").iterdir()
    }


@pytest.mark.usefixtures("links")
def test_suggest_for_one_entity(server: str) -> None:
    result = kzun("suggest", "MINURSO", "--endpoint", server)
    assert result.exit_code == 0, result.output
    assert "wd:Q9999990001" in result.output and "candidates: 5; proposed: 1." in result.output


@pytest.mark.usefixtures("links")
def test_suggest_for_all_that_are_missing(server: str) -> None:
    result = kzun("suggest", "--endpoint", server, "--format", "json")
    data = json.loads(result.output)
    assert {"id:minurso", "id:golan", "id:un"} < set(data["entities"])  # missing in this file
    assert not {"id:lebanon", "id:unifil", "kzun:Mission"} & set(data["entities"])
    assert [c["item"] for c in data["candidates"] if c["status"] == "proposed"] == [
        "wd:Q9999990001"
    ]


@pytest.mark.usefixtures("links")
def test_suggest_writes_proposals_for_review(server: str, tmp_path: Path) -> None:
    out = tmp_path / "review.sssom.tsv"
    arguments = ("suggest", "--endpoint", server, "--format", "sssom", "--out", str(out))
    result = kzun(*arguments)
    assert (result.exit_code, result.output) == (0, f"{out}\n")
    text = out.read_text("utf-8")
    title = "United Nations Mission for the Referendum in Western Sahara"
    assert f"\nid:minurso\t{title}\tskos:exactMatch\twd:Q9999990001\t{title}\t" in text
    result = kzun(*arguments)
    assert "is there already: name a new file" in str(result.exception)
    assert out.read_text("utf-8") == text


@pytest.mark.usefixtures("links")
def test_nothing_is_written_among_the_mappings(server: str) -> None:
    before = sorted((root() / "data" / "links").iterdir())
    out = str(root() / "data" / "links" / "review.sssom.tsv")
    for command in ("suggest", "check"):
        result = kzun(command, "--endpoint", server, "--out", out)
        assert "lies among the mappings" in str(result.exception)
        assert not default_folder().exists()  # nobody was asked first
    assert sorted((root() / "data" / "links").iterdir()) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("suggest", "--endpoint", "http://x/", "--service", "http://y/"), "--endpoint or --serv"),
        (("suggest", "--cache", ".", "--no-cache"), "Choose --cache or --no-cache"),
        (("check", "--format", "sssom"), "'sssom' is not one of"),
    ],
)
def test_options_that_do_not_go_together(arguments: tuple[str, ...], message: str) -> None:
    result = kzun(*arguments)
    assert result.exit_code == 2 and message in result.output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("Казахстон",), "nothing is called 'Казахстон': did you mean id:kazakhstan"),
        (("kzun:Mission",), "kzun:Mission is no entity: name a thing of data/entities/"),
    ],
)
def test_a_name_that_nothing_has(words: tuple[str, ...], message: str) -> None:
    result = kzun("suggest", *words, "--no-cache")
    assert message in str(result.exception)


def run_main(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the real command line; return its exit code."""
    group = main.__globals__["cli"]
    monkeypatch.setattr(group, "commands", group.commands | {"check-links": link_remote.check})
    monkeypatch.setattr(sys, "argv", ["kzun", "check-links", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.mark.usefixtures("links")
def test_without_a_network_there_is_one_line_and_exit_code_two(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Stub(HTML) as stub:
        assert run_main(monkeypatch, "--endpoint", stub.address) == 2
    error = capsys.readouterr().err
    assert error == (
        f"error: {stub.address}: answered with an HTML page, not with a result: "
        "check that the address is a SPARQL endpoint's, or ask again later\n"
    )
    nobody = f"http://127.0.0.1:{free_port()}/sparql"
    assert run_main(monkeypatch, "--endpoint", nobody) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1
    assert captured.err.endswith(": check the address and the network\n")


def test_the_shipped_links_can_be_asked_about(server: str) -> None:
    asked = [m for m in read_mappings() if m.positive and m.object]
    result = kzun("check", "--endpoint", server, "--no-cache", "--format", "json")
    data = json.loads(result.output)
    assert data["checked"] + data["elsewhere"] == len(asked) and result.exit_code == 1
    unifil = next(link for link in data["links"] if link["object"] == "wd:Q160805")
    assert unifil["findings"] == [] and unifil["languages"] == ["ru", "en"]
    assert unifil["class"] == "fits"
