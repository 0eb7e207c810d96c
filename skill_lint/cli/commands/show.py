"""`skill-lint show`: show the metadata, format, style, size and files of skills."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from skill_lint.cli.options import config
from skill_lint.cli.parser import Parser
from skill_lint.cli.terminal.write import write
from skill_lint.filesystem.paths import Root
from skill_lint.reporters.escape import inert_json, visible, width
from skill_lint.showing.describe import CHARACTERS_A_TOKEN, describe
from skill_lint.text.plural import count

LONGEST = 60
"""Characters of a value that the table shows."""


def run(words: Sequence[str], root: Root) -> int:
    parser = Parser(
        prog="skill-lint show",
        description="Show each skill at or below PATH: its metadata with the source of each "
        "field, its format, style and size, and how each of its files is reached.",
        epilog="Exit codes: 0 done, 2 wrong usage or no skill found.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: the working directory")
    parser.add_argument(
        "--output-format", choices=["text", "json"], default="text", help="default: text"
    )
    config.add_file_options(parser)
    options = parser.parse_args(words)
    _, found = config.found_for(options, root)
    roots = sorted(found.skills, key=lambda each: each.shown)
    pages = [describe(each.open()) for each in roots]
    if options.output_format == "json":
        write(inert_json(json.dumps({"skills": pages}, indent=2) + "\n"))
    else:
        write("\n".join("".join(f"{line}\n" for line in _page(page)) for page in pages))
    return 0


def _page(page: dict[str, Any]) -> Iterator[str]:
    yield f"{visible(page['path'])}: {page['format']}, {page['style']} ({page['style_reason']})"
    yield ""
    head = ("field", "value", "source", "shadowed")
    rows = [
        (each["name"], _short(each["value"]), each["source"], _hidden(each))
        for each in page["metadata"]
    ]
    yield from _table([head, *rows])
    size = page["size"]
    yield ""
    yield (
        f"SKILL.md: {size['characters']:,} characters, {count(size['lines'], 'line')}, about "
        f"{size['estimated_tokens']:,} tokens (a token is taken as {CHARACTERS_A_TOKEN} characters)"
    )
    hidden = "" if page["listed"] else ", not shown to agents"
    characters = count(size["listing_characters"], "character")
    yield f"listing: {characters} of name and description{hidden}"
    if page["files"]:
        yield ""
        yield from _table([(each["path"], each["reached"]) for each in page["files"]])
    if (state := page["metadata_json"]) is not None:
        yield ""
        yield from metadata_json_lines(state)


def metadata_json_lines(state: dict[str, Any]) -> Iterator[str]:
    """Whether metadata.json may be deleted, and what is still missing elsewhere, for people."""
    yield f"metadata.json {'may be deleted' if state['deletable'] else 'must stay:'}"
    yield from (f"  `{visible(name)}` {each}" for name, each in state["missing"].items())


def _short(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def _hidden(field: dict[str, Any]) -> str:
    """The value that does not count, or `the same` if both values are equal."""
    hidden = field["shadowed"]
    return "the same" if hidden == field["value"] and hidden is not None else _short(hidden)


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [max(width(row[column]) for row in shown) for column in range(len(shown[0]))]
    for row in shown:
        cells = zip(row, widths, strict=True)
        padded = "  ".join(cell + " " * (wide - width(cell)) for cell, wide in cells)
        yield f"  {padded}".rstrip()
