"""Report: a fact-check as text for the terminal, as Markdown, and as one HTML page."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

import click

from kzun_graph.factcheck.model import Check, Verdict
from kzun_graph.factcheck.wording import Wording
from kzun_graph.render import hanging
from kzun_graph.terms import KZUN, curie

_COLOURS = {
    KZUN["Corroborated"]: "green",
    KZUN["Imprecise"]: "yellow",
    KZUN["Contradicted"]: "red",
    KZUN["Disputed"]: "magenta",
}
_STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
    "blockquote{margin:0 0 .3rem;font-style:italic}"
    "article{border-left:.25rem solid #bbb;padding-left:1rem;margin:1.5rem 0}"
    ".Corroborated{border-color:#2a7}.Imprecise{border-color:#da2}"
    ".Contradicted{border-color:#c33}.Disputed{border-color:#a3c}"
)


def by_paragraph(found: Iterable[Verdict]) -> Iterator[tuple[int, list[Verdict]]]:
    """Yield each paragraph's number with its verdicts."""
    for number, group in groupby(found, key=lambda verdict: verdict.paragraph):
        yield number, list(group)


def as_text(found: list[Verdict], words: Wording) -> Iterator[str]:
    """Yield the lines of the report for a terminal."""
    yield click.style(words.title, bold=True)
    for label, number in words.totals(found):
        yield f"{number:>5}  {label}"
    for number, group in by_paragraph(found):
        yield ""
        yield click.style(words.paragraph(number), underline=True)
        for verdict in group:
            yield ""
            yield from claim_as_text(verdict, words)


def claim_as_text(found: Verdict, words: Wording) -> Iterator[str]:
    """Yield the lines on one claim: quote, verdict, findings, addresses, corrections."""
    colour = _COLOURS.get(found.verdict)
    yield f"{click.style(words.verdict(found), fg=colour)}  {curie(found.claim)}"
    for quote in found.quotes:
        yield from hanging("  ", f"«{quote}»")
    yield from _reviews(found, words)


def in_sources(found: Verdict, words: Wording) -> Iterator[str]:
    """Yield what other sources say of a claim, under a heading: a part of its explanation."""
    yield from ("", click.style(words.in_sources, underline=True))
    yield f"  {click.style(words.verdict(found), fg=_COLOURS.get(found.verdict))}"
    yield from _reviews(found, words)


def _reviews(found: Verdict, words: Wording) -> Iterator[str]:
    """Yield the lines of what the checks of a claim found, and of what sources state instead."""
    for check in found.checks:
        yield from hanging("  ", words.finding(check))
        yield from check_as_text(check, words)
    for statement in found.statements:
        yield from hanging("  ", words.statement(statement))


def check_as_text(found: Check, words: Wording) -> Iterator[str]:
    """Yield a line for each review of a check, and its address below it."""
    for review in found.reviews:
        yield from hanging("    – ", words.source(review))
        if review.address:
            yield f"      {review.address}"


def as_markdown(found: list[Verdict], words: Wording) -> Iterator[str]:
    """Yield the lines of the report in Markdown (CommonMark)."""
    yield f"# {words.title}"
    yield ""
    for label, number in words.totals(found):
        yield f"- {label}: {number}"
    for number, group in by_paragraph(found):
        yield from ("", f"## {words.paragraph(number)}")
        for verdict in group:
            yield ""
            for quote in verdict.quotes:
                yield from (f"> {_plain(quote)}", "")
            yield f"**{words.verdict(verdict)}** `{curie(verdict.claim)}`"
            for check in verdict.checks:
                yield from ("", _plain(words.finding(check)), "")
                for review in check.reviews:
                    address = f" <{review.address}>" if review.address else ""
                    yield f"- {_plain(words.source(review))}{address}"
            for statement in verdict.statements:
                yield from ("", _plain(words.statement(statement)))


def as_html(found: list[Verdict], words: Wording, language: str) -> Iterator[str]:
    """Yield the lines of the report as one HTML page without scripts or outside files."""
    yield "<!doctype html>"
    yield f'<html lang="{language}"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(words.title)}</title><style>{_STYLE}</style></head><body>"
    yield f"<h1>{escape(words.title)}</h1>"
    yield "<ul>"
    for label, number in words.totals(found):
        yield f"<li>{escape(label)}: {number}</li>"
    yield "</ul>"
    for number, group in by_paragraph(found):
        yield f"<h2>{escape(words.paragraph(number))}</h2>"
        for verdict in group:
            yield from _claim_as_html(verdict, words)
    yield "</body></html>"


def _claim_as_html(found: Verdict, words: Wording) -> Iterator[str]:
    name = found.verdict.value.removeprefix(KZUN.iri)
    yield f'<article class="{name}" id="{curie(found.claim).partition(":")[2]}">'
    for quote in found.quotes:
        yield f'<blockquote lang="kk">{escape(quote)}</blockquote>'
    verdict, claim = escape(words.verdict(found)), escape(curie(found.claim))
    yield f"<p><strong>{verdict}</strong> <code>{claim}</code></p>"
    for check in found.checks:
        yield f"<p>{escape(words.finding(check))}</p>"
        yield from _sources_as_html(check, words)
    for statement in found.statements:
        yield f"<p>{escape(words.statement(statement))}</p>"
    yield "</article>"


def _sources_as_html(check: Check, words: Wording) -> Iterator[str]:
    yield "<ul>"
    for review in check.reviews:
        text = escape(words.source(review))
        if review.address:
            text += f' <a href="{escape(review.address)}">{escape(review.address)}</a>'
        yield f"<li>{text}</li>"
    yield "</ul>"


def _plain(text: str) -> str:
    """Return ``text`` with what Markdown would read as a sign escaped."""
    return "".join(f"\\{sign}" if sign in r"\`*_[]<>#" else sign for sign in text)
