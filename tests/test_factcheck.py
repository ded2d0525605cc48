"""The fact-check: every claim with its words, verdict, finding and addresses."""

import re
from html.parser import HTMLParser
from pathlib import Path

import click
import pytest
from test_cli import kzun

from kzun_graph import Dataset
from kzun_graph.factcheck import Check, FactCheck, Review, Verdict, counts
from kzun_graph.factcheck.report import as_html, as_markdown, as_text
from kzun_graph.factcheck.wording import Wording
from kzun_graph.labels import Labels
from kzun_graph.messages import LANGUAGES
from kzun_graph.terms import CLAIM, KZUN, SCHEMA, SOURCE, curie
from kzun_graph.view import View


@pytest.fixture(scope="module")
def found(views: dict[str, View]) -> list[Verdict]:
    return FactCheck(views["all"]).verdicts()


@pytest.fixture(scope="module")
def labels(datasets: dict[str, Dataset]) -> Labels:
    return datasets["all"].labels


def of(found: list[Verdict], claim: str) -> Verdict:
    return next(verdict for verdict in found if verdict.claim == CLAIM[claim])


def test_every_claim_is_there_once_in_the_order_of_the_text(
    found: list[Verdict], view: View
) -> None:
    claims = [verdict.claim for verdict in found]
    assert len(claims) == len(set(claims)) == len({q.graph_name for q in view.quads} & set(claims))
    assert {q.graph_name for q in view.quads if q.graph_name in CLAIM} == set(claims)
    assert [v.paragraph for v in found] == sorted(v.paragraph for v in found)
    assert all(verdict.quotes for verdict in found)


def test_the_rounds_are_contradicted_by_five_sources_and_corrected(found: list[Verdict]) -> None:
    rounds = of(found, "p08-03")
    assert rounds.quotes == ("17 раунды кездесулерін",)
    assert (rounds.verdict, rounds.support, rounds.dissent) == (KZUN["Contradicted"], 0, 5)
    (check,) = rounds.checks
    assert [curie(review.source) for review in check.reviews if review.source] == [
        "source:turkey-mfa-21st-round-syria",
        "source:tass-22nd-meeting-syria",
        "source:informburo-20th-round",
        "source:diplomatic-insight-17th-meeting",
        "source:al-mayadeen-astana-talks",
    ]
    values = {
        (curie(statement.sources[0]), triple.object.value)
        for statement in rounds.statements
        for triple in statement.triples
        if triple.predicate == KZUN["value"] and statement.relation == "correction"
    }
    assert values == {("source:al-mayadeen-astana-talks", "21")}


def test_three_ways_of_not_knowing(found: list[Verdict]) -> None:
    tried, never = of(found, "p10-07"), of(found, "p01-05")
    assert tried.verdict == KZUN["Unverifiable"] and tried.checks[0].finding["en"]
    assert never.verdict == KZUN["NotExamined"] and never.checks == ()
    assert counts(found)[KZUN["Contradicted"]] == 3


def test_a_statement_belongs_to_the_claims_that_its_review_is_of(found: list[Verdict]) -> None:
    source = SOURCE["kazinform-un-kazakhstan-30-years"]
    subjects = {
        claim: {
            curie(statement.triples[0].subject)
            for statement in of(found, claim).statements
            if source in statement.sources
        }
        for claim in ("p03-01", "p10-02")
    }
    assert subjects == {
        "p03-01": {"id:establishment-of-permanent-mission", "id:kz-permanent-mission-un"},
        "p10-02": {"id:number-of-agencies-2022"},
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_form_holds_every_quote_finding_and_address(
    language: str, found: list[Verdict], labels: Labels, views: dict[str, View]
) -> None:
    words = Wording(labels, language)
    addresses = {q.object.value for q in views["all"].quads if q.predicate == SCHEMA["url"]}
    assert len(addresses) == 128
    html = "\n".join(as_html(found, words, language))
    forms = {
        "text": " ".join(click.unstyle("\n".join(as_text(found, words))).split()),
        "markdown": "\n".join(as_markdown(found, words)),
        "html": Words.of(html),
    }
    for form, text in forms.items():
        assert all(address in text for address in addresses), form
        plain = re.sub(r"\\(.)", r"\1", text) if form == "markdown" else text
        for verdict in found:
            for quote in (*verdict.quotes, *(check.finding[language] for check in verdict.checks)):
                assert (" ".join(quote.split()) if form == "text" else quote) in plain
            assert words.label(verdict.verdict) in plain


class Words(HTMLParser):
    """Collects the words of a page, and its open elements, so that an unclosed one shows."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @classmethod
    def of(cls, html: str) -> str:
        parser = cls()
        parser.feed(html)
        assert parser.open == []
        return "".join(parser.words)


def test_signs_of_html_and_markdown_are_escaped(labels: Labels) -> None:
    review = Review(KZUN["Imprecise"], SOURCE["x"], "<b>a_b*</b>", None, "https://x.org/?a&b", None)
    check = Check({"en": "1 < 2 & [x]"}, (review,))
    verdict = Verdict(CLAIM["p01-01"], ("«x»",), 1, KZUN["Imprecise"], 0, 1, (check,), ())
    words = Wording(labels, "en")
    html = "\n".join(as_html([verdict], words, "en"))
    assert "&lt;b&gt;a_b*&lt;/b&gt;" in html and "1 &lt; 2 &amp; [x]" in html
    assert 'href="https://x.org/?a&amp;b"' in html
    assert r"1 \< 2 & \[x\]" in "\n".join(as_markdown([verdict], words))


def test_the_command_shows_chosen_verdicts_and_writes_files(tmp_path: Path) -> None:
    done = kzun("check", "--verdict", "contradicted", "--lang", "kk")
    assert done.returncode == 0
    assert re.findall(r"claim:p\d\d-\d\d", done.stdout) == [
        "claim:p03-01",
        "claim:p07-44",
        "claim:p08-03",
    ]
    path = tmp_path / "check.html"
    done = kzun("check", "--format", "html", "--lang", "ru", "--out", str(path))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{path}\n", "")
    assert '<html lang="ru">' in path.read_text("utf-8")


def test_an_explanation_of_a_claim_tells_its_verdict() -> None:
    text = kzun("explain", "claim:p08-03", "--lang", "en").stdout
    assert "In other sources" in text
    assert (
        "contradicted (independent sources that corroborate: 0, find it imprecise or wrong: 5)"
        in text
    )
    assert "https://tass.com/world/1737161" in text
    assert "In other sources" not in kzun("explain", "claim:p08-03", "--view", "article").stdout
    about = kzun("explain", "id:number-of-rounds", "--lang", "en").stdout
    assert "value: 21  [source:al-mayadeen-astana-talks]" in about
    assert "value: 17  [claim:p08-03]" in about
