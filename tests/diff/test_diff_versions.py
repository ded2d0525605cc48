"""Small builds: links, pairs of facts, folders with and without files, and what is refused."""

from pathlib import Path

import pytest
from villages import JUDGED, VILLAGE, build, shown, villages, written

from kzun_graph.diff import diff
from kzun_graph.diff.model import Gap, Verdict
from kzun_graph.errors import SourceError
from kzun_graph.terms import CLAIM, KZUN

LINK = "id:un skos:exactMatch wd:Q1065"


def test_blank_nodes_are_told_apart_by_what_is_said_of_them(tmp_path: Path) -> None:
    base = "_:a kzun:value 139 . _:b kzun:value 90 ; kzun:unit _:a ."
    renamed = "[ kzun:value 90 ; kzun:unit [ kzun:value 139 ] ] ."
    assert diff(*villages(tmp_path, (base, renamed), base=base), queries=False).empty
    changed = diff(*villages(tmp_path, ("139", "138"), base=base), queries=False)
    assert len(changed.facts) > 0


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("wd:Q1065", "wd:Q172446", f"~ {LINK} -> id:un skos:exactMatch wd:Q172446"),
        ("exactMatch", "closeMatch", f"~ {LINK} -> id:un skos:closeMatch wd:Q1065"),
        (f"{LINK} .", "", f"- {LINK}"),
        (f"{LINK} .", f"{LINK} ; owl:sameAs wd:Q1065 .", "+ id:un owl:sameAs wd:Q1065"),
    ],
)
def test_links_are_told_apart_from_facts(
    before: str, after: str, expected: str, tmp_path: Path
) -> None:
    found = diff(*villages(tmp_path, (before, after)), queries=False)
    assert shown(found.links) == [expected]
    assert len(found.facts) == 0
    assert not found.empty


def test_what_no_list_shows_is_counted(tmp_path: Path) -> None:
    found = diff(*villages(tmp_path, ('наурызда"@kk', 'наурызда"@ru')), queries=False)
    assert (found.claims, found.others["grounding"]) == ((), 2)
    assert not found.empty


def test_a_finding_is_told_of_once_and_not_in_each_review(tmp_path: Path) -> None:
    base = """check:e01 kzun:finding "Found." .
review:e01-1 dcterms:isPartOf check:e01 ; schema:reviewBody "Found." ; schema:author id:editors .
"""
    written(tmp_path, "old.trig", base)
    written(tmp_path, "new.trig", base.replace("Found.", "Not found."))
    found = diff(tmp_path / "old.trig", tmp_path / "new.trig", queries=False)
    assert shown(found.facts) == [
        "~ check:e01 kzun:finding Found. -> check:e01 kzun:finding Not found."
    ]
    assert found.others["grounding"] == 2


def test_facts_are_paired_only_where_nobody_can_doubt_it(tmp_path: Path) -> None:
    base = "claim:p01-12 { id:kz-middle-power kzun:quality id:middle-power , id:respected . }"
    one = diff(*villages(tmp_path, ("id:respected", "id:laxity"), base=base), queries=False)
    quality = "claim:p01-12: id:kz-middle-power kzun:quality id:"
    assert shown(one.facts) == [f"~ {quality}respected -> {quality}laxity"]
    both = ("id:middle-power , id:respected", "id:crisis , id:laxity")
    two = diff(*villages(tmp_path, both, base=base), queries=False)
    assert shown(two.facts) == [
        f"- {quality}middle-power",
        f"- {quality}respected",
        f"+ {quality}crisis",
        f"+ {quality}laxity",
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("kzun:manner", "kzun:quality", "~ {0}x kzun:manner id:y -> {0}x kzun:quality id:y"),
        ("id:x", "id:z", "~ {0}x kzun:manner id:y -> {0}z kzun:manner id:y"),
    ],
)
def test_a_claim_that_says_it_with_another_word(
    before: str, after: str, expected: str, tmp_path: Path
) -> None:
    base = "claim:p01-12 { id:x kzun:manner id:y . }"
    found = diff(*villages(tmp_path, (before, after), base=base), queries=False)
    assert shown(found.facts) == [expected.format("claim:p01-12: id:")]


def test_verdicts_and_sources_come_from_the_view_all(tmp_path: Path) -> None:
    whole = (VILLAGE + JUDGED).replace("Corroborated", "Disputed").replace("Dissent 0", "Dissent 1")
    new = build(tmp_path / "new", whole=whole.replace("unga-46", "unga-47").replace("page", "site"))
    found = diff(build(tmp_path / "old"), new)
    (verdict,) = found.verdicts
    assert verdict.claim == CLAIM["p01-18"]
    assert verdict.old == Verdict(KZUN["Corroborated"], "2", "0")
    assert verdict.new == Verdict(KZUN["Disputed"], "2", "1")
    session = "source:s1: id:admission-1992 kzun:session id:unga-4"
    assert shown(found.facts) == [
        f"~ {session}6 -> {session}7",
        "~ source:s1 schema:name A page -> source:s1 schema:name A site",
    ]
    assert [new.origin for _, new in found.facts.changed] == ["sourced", "recorded"]
    assert found.gaps[0] == Gap(
        "view missing", ("checked", f"{tmp_path / 'old'}, {tmp_path / 'new'}")
    )


def test_a_folder_without_some_files_says_what_was_not_compared(tmp_path: Path) -> None:
    old, new = build(tmp_path / "old"), build(tmp_path / "new")
    (new / "kzun-all.trig").unlink()
    found = diff(old, new)
    assert found.empty
    assert Gap("view missing", ("all", str(new))) in found.gaps
    written(new, "kzun.ttl", "id:un skos:exactMatch wd:Q1065 .")
    (new / "kzun.trig").unlink()
    found = diff(old, new)
    assert Gap("no graphs", ("(article)",)) in found.gaps
    assert [gap.key for gap in found.gaps].count("queries of graphs") == 1
    assert {fact.origin for fact in found.facts.removed} == {"claimed", "unsorted"}


def test_what_differs_in_the_checked_reading_alone_is_counted(tmp_path: Path) -> None:
    old, new = build(tmp_path / "old"), build(tmp_path / "new")
    written(old, "kzun-checked.trig", "id:a kzun:value 1 , 2 .")
    written(new, "kzun-checked.trig", "id:a kzun:value 1 .")
    found = diff(old, new, queries=False)
    assert found.others == {"grounding": 0, "checked": 1}
    assert not found.empty


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("none.nq", "a.nq", "none.nq: there is no such file or folder: name a file or a folder"),
        ("built", "none", "none: there is no such file or folder: name a file or a folder that"),
        ("a.nq", "broken.nq", "broken.nq:2: "),
        ("a.nq", "empty.nq", "empty.nq: holds no statement: name a file that 'kzun build --out'"),
        (
            "a.nq",
            "notes.txt",
            "notes.txt: ending '.txt' is none that a build writes: use one of .nq",
        ),
        ("a.nq", "latin.nq", "latin.nq:1: is not UTF-8: save it as UTF-8"),
        (
            "bare",
            "built",
            "bare: this folder holds no kzun.nq, kzun.trig or kzun.ttl: name a folder",
        ),
        ("built", "a.nq", "a.nq: is a file, and {}built is a folder: name two files of one view"),
        ("a.nq", "built", "built: is a folder, and {}a.nq is a file: name two files of one view"),
        (
            "a.nq",
            "a.ttl",
            "a.ttl: holds no named graphs, and the other file does: compare two .ttl",
        ),
        ("built", "other", "other: holds no view that {}built holds too: compare two folders"),
    ],
)
def test_what_cannot_be_compared_is_one_line(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    triple = "<urn:a> <urn:b> <urn:c> .\n"
    for name in ("built", "other", "bare"):
        (tmp_path / name).mkdir()
    for name in ("a.nq", "a.ttl", "notes.txt", "built/kzun.nq", "other/kzun-all.nq"):
        (tmp_path / name).write_text(triple, "utf-8")
    (tmp_path / "broken.nq").write_text(f"{triple}<urn:a> <urn:b> .\n", "utf-8")
    (tmp_path / "empty.nq").touch()
    (tmp_path / "latin.nq").write_bytes(b'<urn:a> <urn:b> "\xe9" .\n')
    with pytest.raises(SourceError) as caught:
        diff(tmp_path / old, tmp_path / new)
    assert str(caught.value).startswith(f"{tmp_path}/{message}".replace("{}", f"{tmp_path}/"))
    assert "\n" not in str(caught.value)
