"""The article: its bytes, paragraphs, sentences and offsets, read by hand and compared."""

import hashlib
import re

from kzun_graph import resources
from kzun_graph.article import TEXT_FILE, Article, split
from kzun_graph.sources import Sources

SHA256 = "5dfcbb38c4bb0e9c08bba2ad733a5bfdb3acaa1d38b1261f8cd0d32f5a08baeb"
SENTENCES = [9, 3, 4, 4, 3, 1, 7, 1, 2, 4, 1, 2, 1]  # in each paragraph
FIRST_AND_LAST_WORDS = {
    1: [
        ("Халықаралық саясат", "сайын құбылуда."),
        ("Алып державалар", "куә болудамыз."),
        ("Сәйкесінше, күн", "рөлі артуда."),
        ("Қазақстан бүгінде", "мемлекетке айналды."),
        ("БҰҰ Бас", "қабылданған еді."),
        ("БҰҰ құрамында", "жұмыстар атқарды."),
        ("Қазақстан Орталық", "мүшелігіне сайланды."),
        ("Халықаралық беделді", "жасап келуде."),
        ("Мақаламызда мерейлі", "рөлін талдаймыз."),
    ],
    2: [  # the dash that opens the paragraph belongs to no sentence
        ("Қазақстан БҰҰ", "ие болды."),
        ("БҰҰ шеңберінде", "негіз болды."),
        ("БҰҰ Бас", "болып жарияланды."),
    ],
    10: [
        ("Бүгінде Қазақстанда", "жұмыс атқаруда."),
        ("Мәдениет, экология,", "жүзеге асыруда."),  # "т.б." stands inside
        ("БҰҰ агенттіктерінің", "жұмыстар атқарады."),
        ("Сондай-ақ, БҰҰ", "атап өтті."),
    ],
    13: [("№19 (6470)", "2024 жыл")],
}


def sentences_of(article: Article, number: int) -> list[str]:
    paragraph = article.paragraphs[number - 1].span
    return [s.text for s in article.sentences if paragraph.holds(s.span)]


def test_bytes_are_the_source() -> None:
    data = (resources.root() / TEXT_FILE).read_bytes()
    assert hashlib.sha256(data).hexdigest() == SHA256


def test_text_is_the_file_unchanged(sources: Sources) -> None:
    assert hashlib.sha256(sources.article.text.encode()).hexdigest() == SHA256


def test_paragraphs_and_their_sentences(sources: Sources) -> None:
    article = sources.article
    counts = [len(sentences_of(article, n)) for n in range(1, len(article.paragraphs) + 1)]
    assert counts == SENTENCES
    assert len(article.sentences) == sum(SENTENCES)


def test_first_and_last_words(sources: Sources) -> None:
    found = {
        number: [
            (" ".join(text.split()[:2]), " ".join(text.split()[-2:]))
            for text in sentences_of(sources.article, number)
        ]
        for number in FIRST_AND_LAST_WORDS
    }
    assert found == FIRST_AND_LAST_WORDS


def test_offsets_cut_out_the_text(sources: Sources) -> None:
    article = sources.article
    for segment in (*article.paragraphs, *article.sentences):
        assert segment.text == article.text[slice(*segment.span)] == segment.text.strip()


def test_paragraphs_and_line_ends_are_the_whole_text(sources: Sources) -> None:
    article = sources.article
    assert "\n".join(p.text for p in article.paragraphs) == article.text
    assert article.paragraphs[0].span.start == 0
    assert article.paragraphs[-1].span.end == len(article.text)


def test_sentences_leave_out_only_spaces_and_opening_dashes(sources: Sources) -> None:
    article = sources.article
    covered = {i for s in article.sentences for i in range(*s.span)}
    rest = "".join(c for i, c in enumerate(article.text) if i not in covered)
    assert set(rest) == {" ", "\n", "-"}
    assert rest.count("-") == len(re.findall("^- ", article.text, re.MULTILINE)) == 5


def test_offsets_count_code_points(sources: Sources) -> None:
    start = sources.article.paragraphs[12].span.start
    assert sources.article.text[start:].startswith("№19 (6470)")
    assert len(sources.article.text.encode()) > len(sources.article.text)
    assert start == len(sources.article.text) - len("№19 (6470) 5 наурыз, 2024 жыл")


def test_names_are_numbered_in_order(sources: Sources) -> None:
    article = sources.article
    paragraphs = [p.iri.value for p in article.paragraphs]
    assert [iri[-4:] for iri in paragraphs] == [f"-p{n:02}" for n in range(1, 14)]
    expected = [
        f"{paragraphs[n]}-s{s:02}" for n, count in enumerate(SENTENCES) for s in range(1, count + 1)
    ]
    assert [s.iri.value for s in article.sentences] == expected


def test_sentences_of_a_span_over_two(sources: Sources) -> None:
    article = sources.article
    first, second, third = article.sentences[:3]
    assert article.sentences_of(first.span) == [first]
    assert article.sentences_of(first.span._replace(end=second.span.start + 1)) == [first, second]
    # Half-open: the space between two sentences touches neither.
    assert article.sentences_of(first.span._replace(start=first.span.end)) == []
    assert third.span.start > second.span.end


def test_abbreviation_ends_no_sentence(sources: Sources) -> None:
    assert "ғылым және т.б. салаларда" in sources.article.text
    assert [s.text for s in sources.article.sentences if s.text.endswith("т.б.")] == []


def test_split_of_hard_cases() -> None:
    cases = {
        "Ол келді. Бұл «солай болды.» Иә!": ["Ол келді.", "Бұл «солай болды.»", "Иә!"],
        "2024 жылы 1.5 есе өсті.": ["2024 жылы 1.5 есе өсті."],
        "- Сөз (SPECA). Екінші": ["Сөз (SPECA).", "Екінші"],
        "Неге?! Себебі… солай.": ["Неге?!", "Себебі…", "солай."],
        "Қ. К. Тоқаев келді. Кетті.": ["Қ. К. Тоқаев келді.", "Кетті."],
        "": [],
        "  ": [],
    }
    assert {text: [text[slice(*span)] for span in split(text)] for text in cases} == cases


def test_a_word_that_ends_like_an_abbreviation_ends_a_sentence() -> None:
    text = "Бұл – халық. Ол – араб. 1991 ж. болды."
    found = [text[slice(*span)] for span in split(text)]
    assert found == ["Бұл – халық.", "Ол – араб.", "1991 ж. болды."]


def test_words_of_mixed_script_are_kept(sources: Sources) -> None:
    """The source mixes Latin letters into Cyrillic words; nothing is mended."""
    words = re.findall(r"\w+", sources.article.text)
    mixed = [w for w in words if re.search("[A-Za-z]", w) and re.search("[\u0400-\u04ff]", w)]
    assert mixed == ["\N{LATIN SMALL LETTER C}ессиясында", "OS\N{CYRILLIC CAPITAL LETTER ES}E"]
