"""Verdicts: what the reviews of a claim come to, by one rule.

1. Sources with the same independence key have one voice: the gravest of their verdicts. A review
   without a source, or whose source has no key, is a voice of its own.
2. When some voices corroborate a claim and others contradict it, it is disputed.
3. Else the gravest voice decides: contradicted, imprecise, corroborated, unverifiable. So a claim
   is corroborated only if no independent source objects, and unverifiable only if none has a say.
4. A claim without a review is not examined, which is not the same as unverifiable.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kzun_graph.terms import DCTERMS, ID, KZUN, SCHEMA, XSD

CONTRADICTED, CORROBORATED = KZUN["Contradicted"], KZUN["Corroborated"]
IMPRECISE, UNVERIFIABLE = KZUN["Imprecise"], KZUN["Unverifiable"]
DISPUTED, NOT_EXAMINED = KZUN["Disputed"], KZUN["NotExamined"]

GRAVEST_FIRST = (CONTRADICTED, IMPRECISE, CORROBORATED, UNVERIFIABLE)

Voices = dict[object, NamedNode]


def overall(voices: Iterable[NamedNode]) -> NamedNode:
    """Return the overall verdict of independent voices.

    >>> overall([CORROBORATED, IMPRECISE]).value.rpartition("#")[2]
    'Imprecise'
    """
    given = set(voices)
    if {CONTRADICTED, CORROBORATED} <= given:
        return DISPUTED
    return next((verdict for verdict in GRAVEST_FIRST if verdict in given), NOT_EXAMINED)


def verdicts(reviews: Iterable[Quad]) -> dict[object, Voices]:
    """Return the voices on each reviewed claim: independence key to verdict.

    A rating outside the scheme is no voice; a shape reports it.
    """
    reviews = tuple(reviews)
    keys = _values(reviews, KZUN["independenceKey"])
    source = _values(reviews, SCHEMA["isBasedOn"])
    ratings = _values(reviews, SCHEMA["reviewRating"])
    found: dict[object, Voices] = {}
    for quad in reviews:
        if quad.predicate != SCHEMA["itemReviewed"]:
            continue
        rating = ratings.get(quad.subject)
        if not isinstance(rating, NamedNode) or rating not in GRAVEST_FIRST:
            continue
        voices = found.setdefault(quad.object, {})
        key = keys.get(source.get(quad.subject), quad.subject)
        voices[key] = min(voices.get(key, rating), rating, key=GRAVEST_FIRST.index)
    return found


def judged(claims: Iterable[NamedNode], voices: dict[object, Voices]) -> Iterator[Quad]:
    """Yield each claim's overall verdict, with the numbers of voices for and against it."""
    for claim in claims:
        heard = tuple(voices.get(claim, {}).values())
        objecting = [voice for voice in heard if voice in (CONTRADICTED, IMPRECISE)]
        yield Quad(claim, KZUN["verdict"], overall(heard))
        yield Quad(claim, KZUN["independentSupport"], _number(heard.count(CORROBORATED)))
        yield Quad(claim, KZUN["independentDissent"], _number(len(objecting)))


def completed(reviews: Iterable[Quad]) -> Iterator[Quad]:
    """Yield what each review takes from its check, the finding, and from the project, the author.

    Source: schema.org, ClaimReview (reviewBody, author).
    """
    reviews = tuple(reviews)
    findings: dict[object, list[Quad]] = {}
    for quad in reviews:
        if quad.predicate == KZUN["finding"]:
            findings.setdefault(quad.subject, []).append(quad)
    for quad in reviews:
        if quad.predicate == DCTERMS["isPartOf"] and quad.object in findings:
            yield Quad(quad.subject, SCHEMA["author"], ID["editors"])
            for finding in findings[quad.object]:
                yield Quad(quad.subject, SCHEMA["reviewBody"], finding.object)


def _values(quads: Iterable[Quad], predicate: NamedNode) -> dict[object, object]:
    return {quad.subject: quad.object for quad in quads if quad.predicate == predicate}


def _number(count: int) -> Literal:
    return Literal(str(count), datatype=XSD["integer"])
