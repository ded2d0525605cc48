"""Show: reports on links and candidates as text and JSON, in kk, ru and en."""

import json
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode

from kzun_graph.terms import curie
from kzun_graph.wikidata.check import LinkReport, doubtful

WORDS: dict[str, dict[str, str]] = {
    "kk": {
        "fine": "дұрыс",
        "absent": "мұндай элемент жоқ (жойылған немесе болмаған)",
        "redirect": "басқа элементке бағытталған:",
        "label differs": "атауы сәйкес келмейді",
        "class does not fit": "класы сәйкес келмейді",
        "rejected": "ол элемент бұрын қабылданбаған",
        "taken": "ол элемент басқа нысанмен байланыстырылған",
        "twice": "мұндай байланыс бұрыннан бар",
        "labels": "атаулар",
        "theirs": "ондағы атаулар",
        "class": "класс",
        "agree": "сәйкес",
        "differ": "сәйкес емес",
        "none": "жоқ",
        "fits": "сәйкес",
        "does not fit": "сәйкес емес",
        "unknown": "белгісіз",
        "doubt": "Элементтердің көбі жоқ: "
        "жолдарды алып тастамас бұрын басқа SPARQL қызметінен сұраңыз.",
        "summary": "Тексерілген байланыстар: {}; қарауды қажет ететіні: {}; "
        "Wikidata-дан тыс, сұралмағаны: {}.",
    },
    "ru": {
        "fine": "в порядке",
        "absent": "такого элемента нет (удалён или не существовал)",
        "redirect": "перенаправлен на",
        "label differs": "название расходится",
        "class does not fit": "класс не подходит",
        "rejected": "тот элемент отклонён раньше",
        "taken": "тот элемент связан с другой сущностью",
        "twice": "такая связь уже есть",
        "labels": "названия",
        "theirs": "там названия",
        "class": "класс",
        "agree": "совпадают",
        "differ": "расходятся",
        "none": "нет",
        "fits": "подходит",
        "does not fit": "не подходит",
        "unknown": "неизвестно",
        "doubt": "Большей части элементов там нет: "
        "спросите другой сервис SPARQL, прежде чем убирать строки.",
        "summary": "Проверено связей: {}; требуют внимания: {}; "
        "вне Викиданных, не проверялись: {}.",
    },
    "en": {
        "fine": "fine",
        "absent": "no such item (deleted, or never there)",
        "redirect": "redirects to",
        "label differs": "the label differs",
        "class does not fit": "the class does not fit",
        "rejected": "that item was rejected before",
        "taken": "that item is linked with another entity",
        "twice": "there is such a link already",
        "labels": "labels",
        "theirs": "labels there",
        "class": "class",
        "agree": "agree",
        "differ": "differ",
        "none": "none",
        "fits": "fits",
        "does not fit": "does not fit",
        "unknown": "unknown",
        "doubt": "Most items are not there: ask another endpoint before you take rows out.",
        "summary": "Links checked: {}; to look at: {}; outside Wikidata, not asked: {}.",
    },
}


def word(key: str, lang: str) -> str:
    """Return a phrase of this module in ``lang``."""
    return WORDS[lang][key]


def check_table(reports: Sequence[LinkReport], elsewhere: int, lang: str) -> Iterator[str]:
    """Yield the lines of a report: a line for each link, findings below it, and the numbers.

    ``elsewhere`` is the number of links outside Wikidata.
    """
    wide = max((len(curie(report.mapping.subject)) for report in reports), default=0)
    for report in reports:
        mapping = report.mapping
        link = f"{curie(mapping.subject):<{wide}}  {curie(mapping.predicate):<17}  "
        link += f"{_curie(mapping.object):<12}  "
        first, *more = [_state(report, lang)] if report.fine else _details(report, lang)
        yield link + first
        yield from (f"    {line}" for line in more)
    if doubtful(reports):
        yield word("doubt", lang)
    yield word("summary", lang).format(
        len(reports), sum(not report.fine for report in reports), elsewhere
    )


def _state(report: LinkReport, lang: str) -> str:
    labels = ", ".join(report.languages) or word(report.labels, lang)
    kind = word(report.kind, lang)
    return f"{word('fine', lang)} ({word('labels', lang)}: {labels}; {word('class', lang)}: {kind})"


def _details(report: LinkReport, lang: str) -> Iterator[str]:
    for finding in report.findings:
        said = word(finding, lang)
        if finding == "redirect":
            said += f" {_curie(report.target)} {report.target_label}".rstrip()
            said += f"; {word(report.clash, lang)}" if report.clash else ""
        if finding == "label differs":
            said += f"; {word('theirs', lang)}: {_names(report.theirs)}"
        yield said
    yield str(report.mapping.place)


def check_json(reports: Iterable[LinkReport], elsewhere: int, endpoint: str) -> str:
    """Return the report as JSON; its keys and words are the same in every language."""
    links = [_link(report) for report in reports]
    found = {
        "endpoint": endpoint,
        "checked": len(links),
        "findings": sum(bool(link["findings"]) for link in links),
        "elsewhere": elsewhere,
        "links": links,
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _link(report: LinkReport) -> dict[str, object]:
    mapping = report.mapping
    return {
        "subject": curie(mapping.subject),
        "predicate": curie(mapping.predicate),
        "object": _curie(mapping.object),
        "place": str(mapping.place),
        "findings": list(report.findings),
        "state": report.state,
        "redirects_to": _curie(report.target) or None,
        "clash": report.clash or None,
        "labels": report.labels,
        "languages": list(report.languages),
        "labels_there": [{"lang": n.language, "value": n.value} for n in report.theirs],
        "class": report.kind,
    }


def _names(labels: Iterable[Literal]) -> str:
    return "; ".join(f"{label.value} ({label.language})" for label in list(labels)[:6])


def _curie(node: NamedNode | None) -> str:
    return curie(node) if node else ""
