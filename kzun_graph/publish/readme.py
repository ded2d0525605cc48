"""Readme: the page that tells a reader what the files of a release are."""

from collections.abc import Iterable

from kzun_graph.publish.about import About
from kzun_graph.publish.citation import credit
from kzun_graph.publish.manifest import File, address

_CHECK = {
    "kk": "Файлдардың бүтіндігін тексеру: `sha256sum -c SHA256SUMS`.",
    "ru": "Проверить целостность файлов: `sha256sum -c SHA256SUMS`.",
    "en": "To check that the files are whole: `sha256sum -c SHA256SUMS`.",
}
_FIRST = {
    "kk": "Алдымен `kzun.ttl` файлын ашыңыз: онда мақала не айтатыны жазылған. `kzun-checked.ttl` "
    "басқа дереккөздер бойынша түзетілген, `kzun-all.trig` ішінде мақаланың да, дереккөздердің де "
    "айтқаны бар.",
    "ru": "Начните с `kzun.ttl`: там то, что говорит статья. `kzun-checked.ttl` исправлен по "
    "другим источникам, в `kzun-all.trig` есть и то, что говорит статья, и то, что "
    "говорят источники.",
    "en": "Begin with `kzun.ttl`: it holds what the article says. `kzun-checked.ttl` is corrected "
    "by other sources; `kzun-all.trig` has both what the article and what the sources say.",
}
_HEADINGS = {"kk": "Қазақша", "ru": "По-русски", "en": "English"}


def readme(own: About, files: Iterable[File]) -> bytes:
    """Return README.md of a release that holds ``files``: what it is in three languages, a table.

    The stored questions are counted, not listed.
    """
    files = sorted(files, key=lambda file: file.path)
    questions = [file for file in files if file.path.startswith("queries/")]
    lines = [f"# {own.titles['en']}, {own.version}", ""]
    for language, heading in _HEADINGS.items():
        lines += [f"## {heading}", "", own.descriptions[language], "", _FIRST[language], ""]
        lines += [_CHECK[language], "", own.rights[language], ""]
    lines += ["## Files", "", "| file | holds | bytes |", "|---|---|---|"]
    lines += [
        f"| `{file.path}` | {file.holds} | {len(file.data)} |"
        for file in files
        if file not in questions
    ]
    lines += [f"| `queries/` | {len(questions)} stored questions (SPARQL) |  |", ""]
    lines += ["`ro-crate-metadata.json` describes each file for machines (RO-Crate 1.2).", ""]
    lines += ["## Citation and licence", "", f"> {credit(own)}", ""]
    lines += [
        f"Address of this version: <{address(own.version)}>. Licence of the data: <{own.license}>."
    ]
    return ("\n".join(lines) + "\n").encode()
