"""Verdicts: one voice a key, the gravest decides, and three ways of not knowing stay apart."""

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from kzun_graph.terms import CLAIM, KZUN, NAMESPACES, curie
from kzun_graph.verdicts import completed, judged, overall, verdicts

PREFIXES = "".join(f"@prefix {n.prefix}: <{n.iri}> .\n" for n in NAMESPACES)


def quads(turtle: str) -> list[Quad]:
    return list(parse(PREFIXES + turtle, RdfFormat.TURTLE))


def names(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize(
    ("voices", "verdict"),
    [
        ("", "NotExamined"),
        ("Unverifiable", "Unverifiable"),
        ("Unverifiable Unverifiable", "Unverifiable"),
        ("Unverifiable Corroborated", "Corroborated"),
        ("Corroborated", "Corroborated"),
        ("Corroborated Corroborated Imprecise", "Imprecise"),
        ("Imprecise Unverifiable", "Imprecise"),
        ("Contradicted", "Contradicted"),
        ("Contradicted Imprecise", "Contradicted"),
        ("Contradicted Unverifiable", "Contradicted"),
        ("Contradicted Corroborated", "Disputed"),
        ("Imprecise Corroborated Contradicted", "Disputed"),
    ],
)
def test_voices_come_to_a_verdict(voices: str, verdict: str) -> None:
    given = [KZUN[name] for name in names(voices)]
    assert overall(given) == overall(given[::-1]) == KZUN[verdict]


REVIEWS = """
source:a kzun:independenceKey "one" .
source:b kzun:independenceKey "one" .
source:c kzun:independenceKey "two" .
review:r1 schema:itemReviewed claim:p01-01 , claim:p01-02 ; schema:isBasedOn source:a ;
  schema:reviewRating kzun:Corroborated .
review:r2 schema:itemReviewed claim:p01-01 ; schema:isBasedOn source:b ;
  schema:reviewRating kzun:Contradicted .
review:r3 schema:itemReviewed claim:p01-01 ; schema:isBasedOn source:c ;
  schema:reviewRating kzun:Imprecise .
review:r4 schema:itemReviewed claim:p01-03 ; schema:reviewRating kzun:Unverifiable .
"""


def said(turtle: str) -> dict[str, tuple[str, str, str]]:
    claims = [CLAIM[f"p01-0{number}"] for number in (1, 2, 3, 4)]
    found: dict[str, dict[str, str]] = {}
    for quad in judged(claims, verdicts(quads(turtle))):
        value = quad.object.value.removeprefix(KZUN.iri)
        found.setdefault(curie(quad.subject), {})[curie(quad.predicate)] = value
    keys = ("kzun:verdict", "kzun:independentSupport", "kzun:independentDissent")
    return {claim: tuple(values[key] for key in keys) for claim, values in found.items()}


def test_pages_of_one_origin_have_one_voice_the_gravest() -> None:
    assert said(REVIEWS) == {
        "claim:p01-01": ("Contradicted", "0", "2"),  # one: contradicted, two: imprecise
        "claim:p01-02": ("Corroborated", "1", "0"),
        "claim:p01-03": ("Unverifiable", "0", "0"),
        "claim:p01-04": ("NotExamined", "0", "0"),
    }


def test_independent_pages_that_differ_make_a_dispute() -> None:
    apart = REVIEWS.replace(
        'source:b kzun:independenceKey "one"', 'source:b kzun:independenceKey "3"'
    )
    assert said(apart)["claim:p01-01"] == ("Disputed", "1", "2")


def test_a_source_without_a_key_is_a_voice_of_its_own() -> None:
    bare = REVIEWS.replace('source:b kzun:independenceKey "one" .', "")
    assert said(bare)["claim:p01-01"] == ("Disputed", "1", "2")


def test_a_rating_outside_the_scheme_is_no_voice() -> None:
    odd = REVIEWS.replace("kzun:Unverifiable", "kzun:Nonsense")
    assert said(odd)["claim:p01-03"] == ("NotExamined", "0", "0")


def test_a_review_takes_the_finding_of_its_check() -> None:
    turtle = 'check:c kzun:finding "иә"@kk , "да"@ru . review:r dcterms:isPartOf check:c .'
    found = {(curie(q.predicate), q.object.value) for q in completed(quads(turtle))}
    assert found == {
        ("schema:author", "https://w3id.org/kzun/id/editors"),
        ("schema:reviewBody", "иә"),
        ("schema:reviewBody", "да"),
    }
