"""Report: a diagnosis as text in three languages, or as plain values for JSON."""

from typing import Any

from kzun_graph.doctor.diagnosis import Diagnosis, Finding

_PHRASES = {
    "kk": {
        "engine": "Қозғалтқыш: {}",
        "triples": "{}: әдепкі графта {} үштік болуы тиіс, бары {}",
        "asked": "Қойылған сұрақ: {}; жауабы сәйкес: {}; мәндері басқаша жазылған: {}.",
        "fails": "қате береді: {}",
        "cut": "жауаптың басы ғана келді, жетпейтін жол: {}",
        "order": "жолдары сол, реті басқа",
        "columns": "бағандары немесе жауаптың түрі басқа",
        "rows": "жетпейтін жол: {}, артық жол: {}",
        "why limit": "сервер ұзын жауапты қысқартқан болуы мүмкін: шегін көтеріңіз (Virtuoso: "
        "ResultSetMaxRows)",
        "why order": "сервер мәндерді басқаша реттейді",
        "why other data": "сервердегі дерек осы нұсқадан құралғаннан бөлек: kzun load арқылы қайта "
        "жүктеңіз",
        "why error": "сервер бұл сұрақты орындай алмады",
        "why unknown": "себебі белгісіз: бұл туралы хабарлаңыз",
    },
    "ru": {
        "engine": "Движок: {}",
        "triples": "{}: в графе по умолчанию должно быть троек: {}, есть: {}",
        "asked": "Задано вопросов: {}; ответы совпали: {}; из них с иной записью значений: {}.",
        "fails": "ошибка: {}",
        "cut": "пришло только начало ответа, не хватает строк: {}",
        "order": "строки те же, порядок другой",
        "columns": "другие столбцы или другой вид ответа",
        "rows": "не хватает строк: {}, лишних строк: {}",
        "why limit": "возможно, сервер обрезал длинный ответ: поднимите предел (Virtuoso: "
        "ResultSetMaxRows)",
        "why order": "сервер иначе упорядочивает значения",
        "why other data": "на сервере не те данные, что собирает эта версия: загрузите их заново, "
        "kzun load",
        "why error": "сервер не смог выполнить этот запрос",
        "why unknown": "причина неизвестна: сообщите о ней",
    },
    "en": {
        "engine": "Engine: {}",
        "triples": "{}: the default graph should hold {} triples, and holds {}",
        "asked": "Questions asked: {}; answers that agree: {}; of these with values spelled "
        "otherwise: {}.",
        "fails": "fails: {}",
        "cut": "only the beginning of the answer came, rows missing: {}",
        "order": "the same rows in another order",
        "columns": "other columns, or another kind of answer",
        "rows": "rows missing: {}, rows too many: {}",
        "why limit": "the server may have cut a long answer: raise its limit (Virtuoso: "
        "ResultSetMaxRows)",
        "why order": "the server sorts values otherwise",
        "why other data": "the server holds other data than this version builds: load them anew "
        "with kzun load",
        "why error": "the server could not run this query",
        "why unknown": "no cause is known: please report it",
    },
}


def text(found: Diagnosis, language: str) -> list[str]:
    """Return the diagnosis as lines: what differs and why it may, then the sum."""
    say = _PHRASES[language]
    lines = [say["engine"].format(found.engine)]
    lines += [
        say["triples"].format(view, *counts)
        for view, counts in found.triples.items()
        if counts[0] != counts[1]
    ]
    for finding in found.findings:
        lines.append(f"{_question(finding)}: {_problem(finding, language)}")
        lines.append(f"  {_why(finding, language)}")
    same = found.asked - len(found.findings)
    return [*lines, say["asked"].format(found.asked, same, found.respelled)]


def plain(found: Diagnosis, language: str) -> dict[str, Any]:
    """Return the diagnosis as values that JSON has."""
    return {
        "engine": found.engine,
        "asked": found.asked,
        "same": found.asked - len(found.findings),
        "respelled": found.respelled,
        "triples": {
            view: {"expected": counts[0], "found": counts[1]}
            for view, counts in found.triples.items()
        },
        "findings": [
            {
                "query": finding.query,
                "view": finding.view,
                "values": dict(finding.values),
                "problem": finding.problem,
                "missing": finding.missing,
                "extra": finding.extra,
                "error": finding.said,
                "why": finding.why,
                "cause": _why(finding, language),
            }
            for finding in found.findings
        ],
    }


def _question(finding: Finding) -> str:
    values = "".join(f" --{name} {value}" for name, value in finding.values.items())
    return f"{finding.query}{values} ({finding.view})"


def _problem(finding: Finding, language: str) -> str:
    numbers = {
        "fails": (finding.said,),
        "cut": (finding.missing,),
        "rows": (finding.missing, finding.extra),
    }
    return _PHRASES[language][finding.problem].format(*numbers.get(finding.problem, ()))


def _why(finding: Finding, language: str) -> str:
    return _PHRASES[language][f"why {finding.why}"]
