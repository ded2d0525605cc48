"""What can be wrong with the sources layer's data: each function returns its findings, sorted."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kzun_graph.terms import CLAIM, KZUN, RDFS, SCHEMA, SOURCE, TYPE, curie

Row = dict[str, str]

LANGUAGES = ("en", "kk", "ru")
REASONS = {"no evidence looked for", "not checkable", "wording of the text"}
CHECKABLE = {"Announcement", "FactualClaim"}
# Rows whose cell judges more than the claims do (data/sources/README.md): the claims' verdict.
FOR_THE_CLAIM = {"e19-5": "Corroborated"}
KINDS = {
    "academic": "AcademicWork",
    "other": "OtherPublisher",
    "press": "Press",
    "primary": "PrimarySource",
    "reference": "ReferenceWork",
}
_MIXED = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ][Ѐ-ԯ]|[Ѐ-ԯ][A-Za-zÀ-ÖØ-öø-ɏ]")
_WORDS_IN_A_ROW = 6
_SEEN_DATES = {"address", "given"}


class Review(NamedTuple):
    """One verdict: the check that it belongs to, the claims judged, on which source."""

    check: str
    claims: frozenset[str]
    rating: str
    source: str | None


@dataclass(frozen=True)
class Layer:
    """The sources layer, as its files write it; names are CURIEs without their prefix."""

    kinds: dict[str, str]
    reviews: dict[str, Review]
    findings: dict[str, dict[str, str]]
    described: dict[str, dict[str, list[str]]]
    mends: tuple[tuple[str, str, str], ...]
    graphs: frozenset[str]
    unreviewed: tuple[tuple[str, str], ...]


def short(node: object) -> str:
    """Return what follows the prefix of a node's CURIE."""
    return curie(node).partition(":")[2] if isinstance(node, NamedNode) else str(node)


def read_layer(quads: Iterable[Quad], unreviewed: Iterable[Row]) -> Layer:
    """Return the layer that ``quads`` and the rows of unreviewed.tsv state."""
    quads = tuple(quads)
    default = [quad for quad in quads if quad.graph_name == DefaultGraph()]
    nodes: dict[NamedNode, dict[str, list[str]]] = {}
    findings: dict[str, dict[str, str]] = {}
    for quad in default:
        if not isinstance(quad.subject, NamedNode):
            continue
        value = quad.object.value if isinstance(quad.object, Literal) else short(quad.object)
        if quad.predicate == SCHEMA["url"] and isinstance(quad.object, NamedNode):
            value = quad.object.value
        if (
            quad.predicate == RDFS["label"]
            and isinstance(quad.object, Literal)
            and quad.object.language in ("kk", "ru")
        ):
            continue  # ours: the evidence has the English name, or that of a site
        name = short(quad.predicate)
        nodes.setdefault(quad.subject, {}).setdefault(name, []).append(value)
        if quad.predicate == KZUN["finding"] and isinstance(quad.object, Literal):
            texts = findings.setdefault(short(quad.subject), {})
            texts[quad.object.language or ""] = quad.object.value
    return Layer(
        kinds={
            short(quad.subject): short(quad.object)
            for quad in default
            if quad.predicate == TYPE and quad.subject in CLAIM
        },
        reviews=dict(_reviews(nodes)),
        findings=findings,
        described={_path(node): of for node, of in nodes.items() if _path(node)},
        mends=tuple(
            (short(quad.subject), short(quad.predicate), short(quad.object))
            for quad in default
            if quad.predicate in (KZUN["corrects"], KZUN["refines"])
        ),
        graphs=frozenset(short(quad.graph_name) for quad in quads if quad.graph_name in SOURCE),
        unreviewed=tuple(
            (row["claim"].removeprefix("claim:"), row["reason"]) for row in unreviewed
        ),
    )


def _path(node: NamedNode) -> str:
    return node.value.partition("w3id.org/kzun/")[2] if _of_sources(node) else ""


def _of_sources(node: NamedNode) -> bool:
    return curie(node).partition(":")[0] in ("publisher", "source")


def _reviews(nodes: dict[NamedNode, dict[str, list[str]]]) -> Iterator[tuple[str, Review]]:
    for node, of in nodes.items():
        if "ClaimReview" in of.get("type", []):
            yield (
                short(node),
                Review(
                    check=of["isPartOf"][0],
                    claims=frozenset(of.get("itemReviewed", [])),
                    rating=of["reviewRating"][0],
                    source=next(iter(of.get("isBasedOn", [])), None),
                ),
            )


def numbered(rows: Iterable[Row]) -> Iterator[tuple[str, Row]]:
    """Yield each row of the evidence with the name of its review: its group, its place in it."""
    count: Counter[str] = Counter()
    for row in rows:
        count[row["group"]] += 1
        yield f"{row['group']}-{count[row['group']]}", row


def rows_forgotten(layer: Layer, evidence: Iterable[Row]) -> list[str]:
    """Rows without a review, or with one of another check, source or verdict; checks too many."""
    found = []
    evidence = list(evidence)
    for name, row in numbered(evidence):
        review = layer.reviews.get(name)
        if not review:
            found.append(f"{name}: no review")
            continue
        if review.check != row["group"]:
            found.append(f"{name}: in check {review.check}")
        if review.rating != FOR_THE_CLAIM.get(name, row["verdict"].capitalize()):
            found.append(f"{name}: {review.rating} for {row['verdict']}")
        url = layer.described.get(f"source/{review.source}", {}).get("url", [""])[0]
        if row["source_address"].startswith("http") and url != row["source_address"]:
            found.append(f"{name}: another address")
    known = {row["group"] for row in evidence}
    found += [f"{check}: not in the evidence" for check in layer.findings if check not in known]
    return sorted(found)


def reviews_unsound(layer: Layer) -> list[str]:
    """Reviews of unknown claims, of none, in unknown checks, on undescribed sources."""
    found = []
    for name, review in layer.reviews.items():
        found += [f"{name}: no claim {claim}" for claim in review.claims - set(layer.kinds)]
        if not review.claims:
            found.append(f"{name}: no claims")
        if review.check not in layer.findings or not name.startswith(f"{review.check}-"):
            found.append(f"{name}: check {review.check}")
        if review.source and f"source/{review.source}" not in layer.described:
            found.append(f"{name}: source {review.source} is not described")
        if not review.source and review.rating != "Unverifiable":
            found.append(f"{name}: {review.rating} without a source")
    based = {review.source for review in layer.reviews.values()}
    unused = {path for path in layer.described if path.startswith("source/")}
    found += [f"{path}: no review" for path in unused if path.removeprefix("source/") not in based]
    return sorted(found)


def claims_forgotten(layer: Layer) -> list[str]:
    """Claims of fact neither reviewed nor listed as unreviewed; listed ones that should not be."""
    reviewed = {claim for review in layer.reviews.values() for claim in review.claims}
    listed = [claim for claim, _ in layer.unreviewed]
    needed = {claim for claim, kind in layer.kinds.items() if kind in CHECKABLE}
    found = [f"{claim}: forgotten" for claim in needed - reviewed - set(listed)]
    found += [f"{claim}: reviewed and unreviewed" for claim in reviewed & set(listed)]
    found += [f"{claim}: no claim of fact" for claim in set(listed) - needed]
    found += [f"{claim}: twice" for claim, times in Counter(listed).items() if times > 1]
    found += [f"{claim}: {why}" for claim, why in layer.unreviewed if why not in REASONS]
    return sorted(found)


def sources_differ(layer: Layer, evidence: Iterable[Row]) -> list[str]:
    """Sources that differ from their rows: address, key, language, publisher, kind, date."""
    found = []
    by_url = {of["url"][0]: path for path, of in layer.described.items() if "url" in of}
    for row in evidence:
        address = row["source_address"]
        if not address.startswith("http"):
            continue
        path = by_url.get(address)
        if not path:
            found.append(f"{address}: no source")
            continue
        of = layer.described[path]
        publisher = layer.described.get(f"publisher/{of['publisher'][0]}", {})
        pairs = (
            (of.get("independenceKey"), [row["independence"]]),
            (of.get("inLanguage"), [row["source_lang"]]),
            (publisher.get("label"), [row["publisher"]]),
            (publisher.get("publisherKind"), [KINDS.get(row["publisher_kind"], "")]),
        )
        found += [f"{path}: {mine} for {theirs}" for mine, theirs in pairs if mine != theirs]
        date = of.get("datePublished", [""])[0]
        if date and (row["date_basis"] not in _SEEN_DATES or not _starts(row, date)):
            found.append(f"{path}: date {date}")
    addresses = {row["source_address"] for row in evidence}
    found += [
        f"{path}: address not in the evidence"
        for url, path in by_url.items()
        if url not in addresses
    ]
    return sorted(set(found))


def _starts(row: Row, date: str) -> bool:
    return row["source_date"].partition(" ")[0] == date


def findings_unsound(layer: Layer, evidence: Iterable[Row]) -> list[str]:
    """Findings not in three languages, not distinct, in mixed scripts, or in others' words."""
    found = []
    quotes: dict[str, set[tuple[str, ...]]] = {}
    for row in evidence:
        quotes.setdefault(row["group"], set()).update(_runs(row["source_quote"]))
    for check, texts in layer.findings.items():
        if sorted(texts) != sorted(LANGUAGES) or len(set(texts.values())) != len(LANGUAGES):
            found.append(f"{check}: languages {sorted(texts)}")
        for language, text in texts.items():
            if _MIXED.search(text):
                found.append(f"{check} {language}: mixed scripts")
            if _runs(text) & quotes.get(check, set()):
                found.append(f"{check} {language}: words of a source")
    return sorted(found)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {
        tuple(words[start : start + _WORDS_IN_A_ROW])
        for start in range(len(words) - _WORDS_IN_A_ROW + 1)
    }


def statements_unsound(layer: Layer) -> list[str]:
    """Graphs of undescribed or unheard sources; claims mended without a fitting review."""
    heard: dict[str | None, dict[str, set[str]]] = {}
    for review in layer.reviews.values():
        for claim in review.claims:
            heard.setdefault(review.source, {}).setdefault(claim, set()).add(review.rating)
    found = [f"{source}: no review" for source in layer.graphs if source not in heard]
    found += [
        f"{source}: not described"
        for source in layer.graphs
        if f"source/{source}" not in layer.described
    ]
    for source, kind, claim in layer.mends:
        ratings = heard.get(source, {}).get(claim, set())
        if not ratings or (kind == "corrects" and not ratings & {"Contradicted", "Imprecise"}):
            found.append(f"{source} {kind} {claim}: {sorted(ratings)}")
        if source not in layer.graphs:
            found.append(f"{source} {kind} {claim}: states nothing")
    return sorted(found)


def blocks(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield source, row and statement of each line inside the graphs of statements.trig."""
    source = row = ""
    for line in text.splitlines():
        if opened := re.match(r"source:([\w-]+) \{$", line):
            source, row = opened[1], ""
        elif named := re.match(r"  # (e\d\d-\d+)$", line):
            row = named[1]
        elif line.startswith("  "):
            yield source, row, line.strip()


def rows_not_named(layer: Layer, text: str) -> list[str]:
    """Statements without the row that bears them out, or with a row of another source."""
    return sorted(
        f"{source} {row}: {statement}"
        for source, row, statement in blocks(text)
        if layer.reviews.get(row, Review("", frozenset(), "", None)).source != source
    )


def numbers_not_seen(text: str, evidence: Iterable[Row]) -> list[str]:
    """Years, days and numbers of the statements that their rows do not hold."""
    by_name = {name: " ".join(row.values()).lower() for name, row in numbered(evidence)}
    found = []
    for _, row, statement in blocks(text):
        seen = {number.lstrip("0") for number in re.findall(r"\d+", by_name.get(row, ""))}
        for number in _stated_numbers(statement):
            if number not in seen and not _spelt(number, by_name.get(row, "")):
                found.append(f"{row}: {number}")
    return sorted(found)


_WORDS = {
    "1": ("first", "one of"),
    "3": ("three",),
    "5": ("five",),
    "6": ("six",),
    "7": ("seven",),
    "16": ("sixteen",),
    "50": ("half",),
    "1410": ("1,410",),
    "4200000000": ("4.2 billion",),
}


def _spelt(number: str, text: str) -> bool:
    return any(word in text for word in _WORDS.get(number, ()))


def _stated_numbers(statement: str) -> Iterator[str]:
    for year, day in re.findall(r'"(\d{4})?(?:-?-\d\d)?(?:-(\d\d))?"\^\^xsd:', statement):
        yield from (number.lstrip("0") for number in (year, day) if number)
    yield from re.findall(r"kzun:(?:value|rank|ordinal) (\d+)", statement)
