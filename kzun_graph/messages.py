"""Messages: the phrases that people read, in Kazakh, Russian and English."""

LANGUAGES = ("kk", "ru", "en")

UNGROUNDED = {
    "kk": "Дәйексөз өз абзацында дәл бір рет кездесуі тиіс: сөздерін data/article/text.kk.txt "
    "файлынан көшіріңіз немесе ұзартыңыз.",
    "ru": "Цитата должна встречаться в своём абзаце статьи ровно один раз: скопируйте слова из "
    "data/article/text.kk.txt или удлините цитату.",
}

_PHRASES = {
    "kk": {
        "built": "{0.claims} пікір (дәйексөзі табылғаны: {0.grounded}), {0.entities} нысан, "
        "{0.triples} үштік; мәтіннің {0.share:.0%} бөлігі келтірілген; деректер дұрыс; "
        "{0.seconds:.2f} с.",
        "True": "иә",
        "False": "жоқ",
        "Violation": "қате",
        "Warning": "ескерту",
        "Info": "мәлімет",
        "conforms": "Деректер дұрыс: қате жоқ.",
        "violations": "Қате саны: {}.",
        "others": "Ескерту: {}, мәлімет: {} (көрсету үшін --all).",
        "facts": "Не айтылған",
        "mentioned": "Қайда аталады",
        "said by": "Кімнің сөзі",
        "type": "түрі",
        "derived": "шығарылған",
        "edited": "редакторлардан",
        "other names": "Басқа атаулары",
        "our label": "атауын біз қойдық",
        "no rows": "Жауап жоқ: мақалада бұл айтылмаған.",
        "rows": "Жол саны: {}",
    },
    "ru": {
        "built": "Утверждений: {0.claims} (с цитатой: {0.grounded}), сущностей: {0.entities}, "
        "троек: {0.triples}; процитировано {0.share:.0%} текста; данные верны; {0.seconds:.2f} с.",
        "True": "да",
        "False": "нет",
        "Violation": "ошибка",
        "Warning": "предупреждение",
        "Info": "сведение",
        "conforms": "Данные верны: ошибок нет.",
        "violations": "Ошибок: {}.",
        "others": "Предупреждений: {}, сведений: {} (показать: --all).",
        "facts": "Что сказано",
        "mentioned": "Где упоминается",
        "said by": "Чьи слова",
        "type": "тип",
        "derived": "выведено",
        "edited": "от редакторов",
        "other names": "Другие имена",
        "our label": "имя дали мы",
        "no rows": "Ответа нет: статья этого не говорит.",
        "rows": "Строк: {}",
    },
    "en": {
        "built": "{0.claims} claims (grounded: {0.grounded}), {0.entities} entities, "
        "{0.triples} triples; {0.share:.0%} of the text quoted; valid; {0.seconds:.2f} s.",
        "True": "yes",
        "False": "no",
        "Violation": "violation",
        "Warning": "warning",
        "Info": "info",
        "conforms": "The data conform: no violations.",
        "violations": "Violations: {}.",
        "others": "Warnings: {}, infos: {} (--all shows them).",
        "facts": "What is said",
        "mentioned": "Where it stands",
        "said by": "Whose words",
        "type": "type",
        "derived": "derived",
        "edited": "from the editors",
        "other names": "Other names",
        "our label": "our own label",
        "no rows": "No rows: the article does not say.",
        "rows": "Rows: {}",
    },
}


def say(key: str, language: str, *values: object) -> str:
    """Return the phrase ``key`` in ``language``, its gaps filled with ``values``."""
    return _PHRASES[language][key].format(*values)
