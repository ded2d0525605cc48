"""Show candidates: what was found for our entities as text and JSON, in kk, ru and en."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from pyoxigraph import NamedNode

from kzun_graph.terms import curie
from kzun_graph.wikidata.suggest import Candidate

WORDS: dict[str, dict[str, str]] = {
    "kk": {
        "proposed": "ұсынылады",
        "ambiguous": "бірнешеуі бірдей сай келеді, сондықтан ұсынылмайды",
        "no second property": "атауы мен класы сай келеді, бірақ екінші қасиет растамайды",
        "class unknown": "атауы мен екінші қасиеті сай келеді, бірақ класы белгісіз",
        "name only": "тек атауы сай келеді",
        "wrong class": "класы сәйкес келмейді",
        "taken": "басқа нысанмен байланыстырылған:",
        "linked": "бұл екеуі байланыстырылған:",
        "rejected": "бұрын қабылданбаған, қайта ұсынылмайды:",
        "names": "атаулар",
        "class": "класс",
        "like": "{} сияқты",
        "both": "екеуінде де бар: {}",
        "score": "бағасы",
        "summary": "Ізделген нысандар: {} (ештеңе табылмағаны: {}); "
        "үміткерлер: {}; ұсынылатыны: {}.",
        "review": "Бұл – тек ұсыныс: тексеріп, data/links/ қалтасына дәлелімен өзіңіз қосасыз.",
    },
    "ru": {
        "proposed": "предлагается",
        "ambiguous": "одинаково подходят несколько, поэтому не предлагается",
        "no second property": "название и класс подходят, но второе свойство не подтверждает",
        "class unknown": "название и второе свойство подходят, но класс неизвестен",
        "name only": "совпадает только название",
        "wrong class": "класс не подходит",
        "taken": "связан с другой сущностью:",
        "linked": "эти двое уже связаны:",
        "rejected": "отклонён раньше и снова не предлагается:",
        "names": "названия",
        "class": "класс",
        "like": "как у {}",
        "both": "и там, и здесь: {}",
        "score": "оценка",
        "summary": "Искали сущностей: {} (ничего не найдено: {}); "
        "кандидатов: {}; предлагается: {}.",
        "review": "Это только предложения: проверьте и внесите в data/links/ сами, с источником.",
    },
    "en": {
        "proposed": "proposed",
        "ambiguous": "several fit equally well, so none is proposed",
        "no second property": "name and class fit, but no second property confirms it",
        "class unknown": "name and second property fit, but the class is unknown",
        "name only": "only the name agrees",
        "wrong class": "the class does not fit",
        "taken": "linked with another entity:",
        "linked": "these two are linked already:",
        "rejected": "rejected before, not proposed again:",
        "names": "names",
        "class": "class",
        "like": "as {}",
        "both": "both have {}",
        "score": "score",
        "summary": "Entities looked for: {} (nothing found: {}); candidates: {}; proposed: {}.",
        "review": "These are proposals: review them, and add them to data/links/ with evidence.",
    },
}


def candidates_table(
    entities: Sequence[NamedNode],
    candidates: Iterable[Candidate],
    title: Callable[[NamedNode], str],
    lang: str,
) -> Iterator[str]:
    """Yield the lines that show the candidates of each entity that has any, and the numbers.

    ``title`` tells what an entity of ours is called.
    """
    words = WORDS[lang]
    by_entity: dict[NamedNode, list[Candidate]] = {}
    for candidate in candidates:
        by_entity.setdefault(candidate.entity, []).append(candidate)
    for entity in entities:
        found = by_entity.get(entity, [])
        if found:
            yield f"{title(entity)} ({curie(entity)})"
        for candidate in found:
            yield from _candidate(candidate, words)
    everything = [candidate for found in by_entity.values() for candidate in found]
    proposed = sum(candidate.status == "proposed" for candidate in everything)
    nothing = len(entities) - len(by_entity)
    yield words["summary"].format(len(entities), nothing, len(everything), proposed)
    if proposed:
        yield words["review"]


def _candidate(candidate: Candidate, words: Mapping[str, str]) -> Iterator[str]:
    reason = f" {candidate.reason}" if candidate.reason else ""
    yield f"  {curie(candidate.item)}  {candidate.label}: {words[candidate.status]}{reason}"
    said = [f"{words['names']}: {', '.join(candidate.languages)}"]
    if candidate.like:
        said.append(f"{words['class']}: {words['like'].format(curie(candidate.like))}")
    for found in candidate.evidence:
        said.append(words["both"].format(f"{found.value} ({found.ours}, {found.theirs})"))
    said.append(f"{words['score']}: {candidate.score:.2f}")
    yield f"    {'; '.join(said)}"


def candidates_json(
    entities: Sequence[NamedNode], candidates: Iterable[Candidate], source: str
) -> str:
    """Return the candidates as JSON; its keys and words are the same in every language."""
    found = {
        "source": source,
        "entities": [curie(entity) for entity in entities],
        "candidates": [_as_dict(candidate) for candidate in candidates],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _as_dict(candidate: Candidate) -> dict[str, object]:
    return {
        "entity": curie(candidate.entity),
        "item": curie(candidate.item),
        "label": candidate.label,
        "status": candidate.status,
        "reason": candidate.reason or None,
        "score": candidate.score,
        "languages": list(candidate.languages),
        "class": candidate.kind,
        "class_as": curie(candidate.like) if candidate.like else None,
        "evidence": [
            {"ours": found.ours, "theirs": found.theirs, "value": found.value}
            for found in candidate.evidence
        ],
    }
