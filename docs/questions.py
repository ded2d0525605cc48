"""Questions: print the list of all stored queries in three languages, as Markdown."""

from kzun_graph.messages import LANGUAGES
from kzun_graph.queries import StoredQuery, stored_queries


def entry(query: StoredQuery) -> str:
    """Return the entry of a query: its name, its question in each language, its parameters."""
    lines = [f"### `{query.name}`", ""]
    lines += [f"- {language}: {query.title[language]}" for language in LANGUAGES]
    for parameter in query.parameters.values():
        labels = " / ".join(parameter.label[language] for language in LANGUAGES)
        lines.append(f"- `--{parameter.name}` ({parameter.type}, `{parameter.default}`): {labels}")
    return "\n".join([*lines, ""])


def main() -> None:
    """Print the list, grouped by theme."""
    print("# All stored questions\n")
    theme = ""
    for query in stored_queries():
        if query.theme != theme:
            theme = query.theme
            print(f"## {theme}\n")
        print(entry(query))


if __name__ == "__main__":
    main()
