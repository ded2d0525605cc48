"""Sentences: what made-up articles say: the kinds of their things, and of their sentences."""

import random
from bisect import bisect_left
from collections.abc import Callable
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kzun_graph.terms import ID, KZUN, ORG, SCHEMA, SKOS, TYPE, XSD

Pools = dict[str, list[float]]  # of each kind the weights of its things, summed up
Says = list[tuple[NamedNode, NamedNode | Literal]]
Links = list[tuple[NamedNode, str]]  # to another kind, or to a thing of the shipped data
_TOPICS: Links = [(SKOS["inScheme"], "topics")]
_QUALITIES: Links = [(SKOS["inScheme"], "qualities")]

# class, how many at least, how many more an article, names in kk, ru, en, and what else is said
KINDS: dict[str, tuple[NamedNode, int, float, str, str, str, Links]] = {
    "author": (SCHEMA["Person"], 5, 0.1, "Автор", "Автор", "Author", []),
    "city": (SCHEMA["Place"], 30, 0.3, "Қала", "Город", "City", []),
    "country": (SCHEMA["Country"], 40, 0.1, "Ел", "Страна", "Country", []),
    "group": (KZUN["Group"], 20, 0.3, "Топ", "Группа", "Group", []),
    "mission": (
        KZUN["PeacekeepingMission"],
        10,
        0.1,
        "Миссия",
        "Миссия",
        "Mission",
        [(KZUN["operatesIn"], "country")],
    ),
    "organization": (ORG["Organization"], 30, 0.2, "Ұйым", "Организация", "Organisation", []),
    "quality": (SKOS["Concept"], 20, 0.1, "Сапа", "Качество", "Quality", _QUALITIES),
    "resolution": (
        KZUN["Resolution"],
        30,
        0.5,
        "Қарар",
        "Резолюция",
        "Resolution",
        [(KZUN["topic"], "topic")],
    ),
    "topic": (SKOS["Concept"], 20, 0.2, "Тақырып", "Тема", "Topic", _TOPICS),
}

_MONTHS = (
    "қаңтарда",
    "ақпанда",
    "наурызда",
    "сәуірде",
    "мамырда",
    "маусымда",
    "шілдеде",
    "тамызда",
    "қыркүйекте",
    "қазанда",
    "қарашада",
    "желтоқсанда",
)


class Drawn:
    """A shared thing, drawn by Zipf's law: its node, and its form in a text."""

    def __init__(self, kind: str, rng: random.Random, pools: Pools) -> None:
        weights = pools[kind]
        rank = bisect_left(weights, rng.random() * weights[-1]) + 1
        self.node = ID[f"synthetic-{kind}-{rank}"]
        self.form = f"«{KINDS[kind][3]} {rank}»"


class Part(NamedTuple):
    """Words of a sentence, what they state of its situation, and the things that they name."""

    text: str
    says: Says
    names: tuple[Drawn, ...] = ()


Draw = Callable[[str], Drawn]


def _date(rng: random.Random) -> Part:
    """Return a day, a month or a year, in words and as a statement."""
    year, month, day = rng.randint(1920, 2020), rng.randint(1, 12), rng.randint(1, 28)
    words, precision = _MONTHS[month - 1], rng.random()
    if precision < 0.6:
        text = f"{year} жылғы {day} {words}"
        value = Literal(f"{year}-{month:02}-{day:02}", datatype=XSD["date"])
    elif precision < 0.9:
        text = f"{year} жылғы {words}"
        value = Literal(f"{year}-{month:02}", datatype=XSD["gYearMonth"])
    else:
        text, value = f"{year} жылы", Literal(str(year), datatype=XSD["gYear"])
    return Part(text, [(KZUN["date"], value)])


def _admission(draw: Draw, rng: random.Random) -> list[Part]:
    country, body = draw("country"), draw("organization")
    says: Says = [(TYPE, KZUN["Admission"]), (KZUN["member"], country.node)]
    says.append((KZUN["organization"], body.node))
    text = f"{country.form} мемлекеті {body.form} ұйымына"
    return [Part(text, says, (country, body)), _date(rng), Part("мүше болып қабылданды", [])]


def _summit(draw: Draw, rng: random.Random) -> list[Part]:
    body, city, topic = draw("organization"), draw("city"), draw("topic")
    says: Says = [(TYPE, KZUN["Summit"]), (KZUN["organization"], body.node)]
    says.append((KZUN["place"], city.node))
    return [
        Part(f"{body.form} ұйымының саммиті {city.form} қаласында", says, (body, city)),
        _date(rng),
        Part(f"{topic.form} мәселесі бойынша", [(KZUN["topic"], topic.node)], (topic,)),
        Part("өтті", []),
    ]


def _adoption(draw: Draw, rng: random.Random) -> list[Part]:
    body, document = draw("organization"), draw("resolution")
    says: Says = [(TYPE, KZUN["Adoption"]), (KZUN["agent"], body.node)]
    says.append((KZUN["object"], document.node))
    text = f"{body.form} ұйымы {document.form} құжатын"
    return [Part(text, says, (body, document)), _date(rng), Part("қабылдады", [])]


def _proposal(draw: Draw, rng: random.Random) -> list[Part]:
    country, document = draw("country"), draw("resolution")
    says: Says = [(TYPE, KZUN["Proposal"]), (KZUN["agent"], country.node)]
    says.append((KZUN["object"], document.node))
    text = f"{country.form} мемлекеті {document.form} құжатын"
    return [Part(text, says, (country, document)), _date(rng), Part("ұсынды", [])]


def _opening(draw: Draw, rng: random.Random) -> list[Part]:
    city, body = draw("city"), draw("organization")
    says: Says = [(TYPE, KZUN["Opening"]), (KZUN["place"], city.node)]
    says.append((KZUN["object"], body.node))
    text = f"{city.form} қаласында {body.form} ұйымы"
    return [Part(text, says, (city, body)), _date(rng), Part("ашылды", [])]


def _membership(draw: Draw, rng: random.Random) -> list[Part]:
    country, body = draw("country"), draw("organization")
    start = rng.randint(1920, 2010)
    end = start + rng.randint(1, 10)
    says: Says = [(TYPE, KZUN["Membership"]), (KZUN["member"], country.node)]
    says.append((KZUN["organization"], body.node))
    years = [Literal(str(year), datatype=XSD["gYear"]) for year in (start, end)]
    return [
        Part(f"{country.form} мемлекеті {body.form} ұйымында", says, (country, body)),
        Part(f"{start} жылдан", [(KZUN["startDate"], years[0])]),
        Part(f"{end} жылға дейін", [(KZUN["endDate"], years[1])]),
        Part("мүше болды", []),
    ]


def _quantity(draw: Draw, rng: random.Random) -> list[Part]:
    mission, group = draw("mission"), draw("group")
    number = rng.randint(2, 5000)
    says: Says = [(TYPE, KZUN["Quantity"]), (KZUN["value"], Literal(number))]
    says += [(KZUN["unit"], KZUN["Count"]), (KZUN["counted"], group.node)]
    says.append((KZUN["countedIn"], mission.node))
    text = f"{mission.form} миссиясында {group.form} тобынан {number} адам"
    return [Part(text, says, (mission, group)), Part("бар", [])]


def _characterization(draw: Draw, rng: random.Random) -> list[Part]:  # noqa: ARG001
    country, quality = draw("country"), draw("quality")
    says: Says = [(TYPE, KZUN["Characterization"]), (KZUN["characterizes"], country.node)]
    says.append((KZUN["quality"], quality.node))
    text = f"{country.form} мемлекеті {quality.form} сапасымен"
    return [Part(text, says, (country, quality)), Part("танымал", [])]


SENTENCES: dict[str, Callable[[Draw, random.Random], list[Part]]] = {
    "admission": _admission,
    "summit": _summit,
    "adoption": _adoption,
    "proposal": _proposal,
    "opening": _opening,
    "membership": _membership,
    "quantity": _quantity,
    "characterization": _characterization,
}
