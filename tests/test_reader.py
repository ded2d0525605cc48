"""Reading: places of quads, and bad input that stops the work with one line."""

from pathlib import Path

import pytest

from kzun_graph.errors import SourceError
from kzun_graph.reader import read, read_all, read_text
from kzun_graph.sources import Sources

PREFIXES = """@prefix claim: <https://w3id.org/kzun/claim/> .
@prefix id: <https://w3id.org/kzun/id/> .
@prefix kzun: <https://w3id.org/kzun/ontology#> .
"""


def write(folder: Path, text: str | bytes, name: str = "p01.trig") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_each_quad_knows_its_line(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        f"{PREFIXES}\nclaim:p01-01 {{\n  id:a kzun:place id:b ;\n    kzun:topic id:c .\n}}\n",
    )
    assert [(q.predicate.value[-5:], place.line) for q, place in read(path)] == [
        ("place", 6),
        ("topic", 7),
    ]


def test_a_line_of_any_length_is_read(tmp_path: Path) -> None:
    long = "а" * 50_000
    path = write(tmp_path, f'{PREFIXES}id:a kzun:quote "{long}"@kk .\nid:a kzun:place id:b .\n')
    found = list(read(path))
    assert [place.line for _, place in found] == [4, 5]
    assert found[0].quad.object.value == long


def test_every_quad_of_the_shipped_claims_stands_on_the_line_it_names(sources: Sources) -> None:
    claims = [found for found in sources.located if found.place.file.endswith("p01.trig")]
    lines = Path("data/article/claims/p01.trig").read_text("utf-8").splitlines()
    assert claims
    for quad, place in claims:
        local = quad.subject.value.rpartition("/")[2]
        assert local in lines[place.line - 1]


@pytest.mark.parametrize(
    ("text", "line", "what", "remedy"),
    [
        (f"{PREFIXES}id:a kzun:place foo:b .\n", 4, "foo: has not been declared", "@prefix"),
        (f"{PREFIXES}id:a kzun:place ; .\n", 4, ".", "mend the syntax"),
        (b"\xef\xbb\xbf" + PREFIXES.encode(), 1, "byte order mark", "without BOM"),
        (PREFIXES.replace("\n", "\r\n"), 1, "CR line ends", "LF"),
        (PREFIXES.encode() + b"# \xd2\n", 4, "not UTF-8", "UTF-8"),
    ],
)
def test_bad_input_is_one_line_with_place_and_remedy(
    text: str | bytes, line: int, what: str, remedy: str, tmp_path: Path
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SourceError) as caught:
        list(read(path))
    message = str(caught.value)
    assert message.startswith(f"{path}:{line}: ")
    assert what in message
    assert remedy in message
    assert "\n" not in message


def test_a_folder_a_missing_file_and_an_unknown_ending_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="this is a folder: name a file in it"):
        read_text(tmp_path)
    with pytest.raises(SourceError, match="cannot be read"):
        read_text(tmp_path / "none.ttl")
    with pytest.raises(SourceError, match=r"'.docx' is no RDF format: use one of \.ttl"):
        list(read(write(tmp_path, "x", "claims.docx")))


@pytest.mark.parametrize("second", ["right below", "p01.trig", "p02.trig"])
def test_a_claim_written_twice_is_refused(second: str, tmp_path: Path) -> None:
    one = "claim:p01-01 { id:a kzun:place id:b . }\n"
    other = "claim:p01-02 { id:a kzun:place id:c . }\n"
    if second == "right below":
        paths = [write(tmp_path, PREFIXES + one + one)]
    elif second == "p01.trig":
        paths = [write(tmp_path, PREFIXES + one + other + one)]
    else:
        paths = [write(tmp_path, PREFIXES + one), write(tmp_path, PREFIXES + one, second)]
    with pytest.raises(
        SourceError, match=r"claim:p01-01 is written a second time \(first at .*4\)"
    ):
        read_all(paths)
