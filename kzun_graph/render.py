"""Render: results, findings and explanations as text for people."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields

import click
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kzun_graph.coverage import Coverage
from kzun_graph.explain import Explanation, Fact, Words
from kzun_graph.findings import Finding
from kzun_graph.headings import column
from kzun_graph.labels import Labels
from kzun_graph.messages import phrase, say
from kzun_graph.queries import StoredQuery
from kzun_graph.stats import Stats
from kzun_graph.terms import ID, KZUN, OA, SCHEMA, TYPE, curie, expand
from kzun_graph.viewnames import VIEWS

WIDTH = 80
_COLOURS = {"Violation": "red", "Warning": "yellow", "Info": "blue"}


def cell(
    term: NamedNode | Literal | BlankNode | Triple | None,
    labels: Labels,
    lang: str,
    *,
    short: bool = False,
) -> str:
    """Return a term as people read it: its label, with the CURIE of an entity, or the words.

    ``short`` leaves the CURIE out where there is a label.
    """
    if term is None:
        return ""
    if term == TYPE:
        return say("type", lang)
    if isinstance(term, NamedNode):
        label, name = labels.label(term, lang), curie(term)
        return f"{label} ({name})" if term in ID and name != label and not short else label
    if isinstance(term, Literal) and not term.language:
        return phrase(term.value, lang)  # "certain", "not stated": the queries' own words
    return term.value if isinstance(term, (Literal, BlankNode)) else str(term)


def heading(variable: str, labels: Labels, lang: str) -> str:
    """Return the name of a column: its own, else the label of the term it is called after.

    A variable of somebody's own query that is called after nothing stands as it is.
    """
    if own := column(variable, lang):
        return own
    name = variable[0].upper() + variable[1:]
    for node in (KZUN[variable], KZUN[name], OA[variable], SCHEMA[variable]):
        label = labels.label(node, lang)
        if label != curie(node):
            return label
    return variable


def catalogue(queries: Iterable[StoredQuery], lang: str) -> Iterator[str]:
    """Yield the lines of the list of stored queries, grouped by theme."""
    theme = None
    for query in queries:
        if query.theme != theme:
            theme = query.theme
            yield ""
        yield from hanging(f"{query.name:<30} ", query.title[lang])
    yield ""
    yield say("how to ask", lang)


def query_help(query: StoredQuery, lang: str) -> Iterator[str]:
    """Yield the lines that explain a stored query and its parameters."""
    yield click.style(query.title[lang], bold=True)
    yield from textwrap.wrap(query.description[lang], WIDTH)
    yield ""
    yield f"  kzun query {query.name}"
    for parameter in query.parameters.values():
        default = parameter.default.partition("^^")[0].strip('"')
        kind = f"{say(parameter.type, lang)}; {say('default', lang)}: {default}"
        yield from hanging(f"  --{parameter.name:<12} ", f"{parameter.label[lang]}, {kind}")
    if query.views != VIEWS:
        yield f"  --{'view':<12} {', '.join(query.views)}"
    if query.parameters:
        examples = " ".join(f"--{p.name} {p.example}" for p in query.parameters.values())
        yield f"  kzun query {query.name} {examples}"


def finding(found: Finding, lang: str) -> Iterator[str]:
    """Yield the lines of a finding: place, what and remedy in one; triple and sentence below."""
    severity = click.style(say(found.severity, lang), fg=_COLOURS[found.severity])
    place = f"{found.place}: " if found.place else ""
    yield f"{place}{severity}: {found.message(lang)} [{found.check}]"
    claim = f"{curie(found.claim)}  " if found.claim else ""
    yield f"    {claim}{found.triple()}"
    if found.sentence:
        yield from hanging("    ", found.sentence)


def covered(found: Coverage, lang: str) -> Iterator[str]:
    """Yield the lines of a paragraph: its share, its text with the gaps marked, their reasons."""
    number = say("paragraph number", lang, found.number)
    title = f"{number}: {found.share:.0%} {say('quoted', lang)}"
    yield click.style(title, bold=True)
    text, start, marked = found.paragraph.text, found.paragraph.span.start, ""
    position = 0
    for gap in found.gaps:
        marked += f"{text[position : gap.span.start - start]}[{gap.text}]"
        position = gap.span.end - start
    yield from textwrap.wrap(marked + text[position:], WIDTH)
    for gap in found.gaps:
        reason = say(gap.reason or "no reason", lang)
        yield f"  {say('not quoted', lang)}: [{gap.text}] – {reason}"
    yield ""


def statistics(found: Stats, labels: Labels, lang: str) -> Iterator[str]:
    """Yield the lines of the counts of a view, a block for each kind of count."""
    for part in fields(found):
        counts = getattr(found, part.name)
        if not isinstance(counts, Mapping):
            continue
        yield click.style(say(part.name, lang), bold=True)
        for name, number in counts.items():
            node = expand(name)
            label = labels.label(node, lang) if node else phrase(name, lang)
            yield f"  {number:>7}  {label}" + (f" ({name})" if node else "")
        yield ""


def explanation(found: Explanation, labels: Labels, lang: str) -> Iterator[str]:
    """Yield the lines that tell everything about a node."""
    label, name = labels.label(found.node, lang), curie(found.node)
    kinds = ", ".join(labels.label(kind, lang) for kind in found.types)
    title = click.style(label, bold=True) + (f"  {name}" if name != label else "")
    yield title + (f"  [{kinds}]" if kinds else "")
    if lang in found.coined:
        yield f"  ({say('our label', lang)})"
    description = found.descriptions.get(lang) or found.descriptions.get("en")
    if description:
        yield from textwrap.wrap(description, WIDTH)
    names = "; ".join(dict.fromkeys(literal.value for literal in found.other_names))
    if names:
        yield from hanging(f"{say('other names', lang)}: ", names)
    if found.forms:
        forms = ", ".join(f"{form} ×{count}" for form, count in found.forms.items())
        yield from hanging(f"{say('in the text', lang)}: ", forms)
    for words in found.words:
        yield from _quoted(words)
    if found.attributed:
        yield f"{say('said by', lang)}: {labels.label(found.attributed, lang)}"
    facts = list(in_language(found.facts, lang))
    outgoing = [fact for fact in facts if fact.outgoing]
    incoming = [fact for fact in facts if not fact.outgoing]
    for title, part in (("facts", outgoing), ("mentioned", incoming)):
        if part:
            yield ""
            yield click.style(say(title, lang), underline=True)
        for fact in part:
            yield from _fact(fact, found.node, labels, lang)


def in_language(facts: Iterable[Fact], lang: str) -> Iterator[Fact]:
    """Yield the facts, of texts in several languages only the one in ``lang``, if there is one."""
    facts = list(facts)
    spoken = {
        (fact.quad.subject, fact.quad.predicate)
        for fact in facts
        if isinstance(fact.quad.object, Literal) and fact.quad.object.language == lang
    }
    for fact in facts:
        text = fact.quad.object
        other = isinstance(text, Literal) and text.language not in (None, lang)
        if not (other and (fact.quad.subject, fact.quad.predicate) in spoken):
            yield fact


def _fact(fact: Fact, node: NamedNode, labels: Labels, lang: str) -> Iterator[str]:
    quad = fact.quad
    name, other = cell(quad.predicate, labels, lang), cell(quad.object, labels, lang)
    subject = "" if quad.subject == node else f"{cell(quad.subject, labels, lang)} – "
    note = ", ".join(curie(c) for c in fact.claims) or say(fact.origin, lang)
    yield from hanging("  ", f"{subject}{name}: {other}  [{note}]")
    for words in fact.words:
        yield from _quoted(words)


def _quoted(words: Words) -> Iterator[str]:
    marked = f"{words.before}⟦{words.quote}⟧{words.after}"
    for line in textwrap.wrap(marked, WIDTH - 6):
        yield "      " + click.style(line, dim=True)


def hanging(start: str, text: str) -> list[str]:
    """Return ``text`` in lines: the first begins with ``start``, the others below it."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_long_words=False,
        break_on_hyphens=False,
    )
