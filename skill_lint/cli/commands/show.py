"""`skill-lint show`: show the metadata, format, style, size and files of skills."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from skill_lint.cli.options import config
from skill_lint.cli.options.appearance import columns
from skill_lint.cli.parser import Parser
from skill_lint.cli.terminal.failures import as_json, told
from skill_lint.cli.terminal.write import write
from skill_lint.discovery.roots import SkillRoot
from skill_lint.engine.isolated import each_skill
from skill_lint.filesystem.paths import Root
from skill_lint.reporters.escape import inert_json, visible
from skill_lint.reporters.table import table
from skill_lint.reporters.wrap import wrapped
from skill_lint.showing.describe import CHARACTERS_A_TOKEN, describe
from skill_lint.text.plural import count

LONGEST = 60
"""Characters of a value that the table shows."""


def run(words: Sequence[str], root: Root) -> int:
    parser = Parser(
        prog="skill-lint show",
        description="Show each skill at or below PATH: its metadata with the source of each "
        "field, its format, style and size, and how each of its files is reached.",
        epilog="Exit codes: 0 done, 2 wrong usage, no skill found, or a failure of skill-lint.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: the working directory")
    parser.add_argument(
        "--output-format", choices=["text", "json"], default="text", help="default: text"
    )
    config.add_file_options(parser)
    options = parser.parse_args(words)
    _, found = config.found_for(options, root)
    if options.output_format == "json":
        data = each_skill(found.skills, lambda root: describe(root.open()))
        whole = {"skills": list(data.done.values()), "failed": as_json(data.failed)}
        write(inert_json(json.dumps(whole, indent=2) + "\n"))
        return told(data.failed)
    pages = each_skill(found.skills, _page)
    write("\n".join(pages.done.values()))
    return told(pages.failed)


def _page(root: SkillRoot) -> str:
    """The lines about one skill, each as wide as the terminal at most."""
    blocks = _blocks(describe(root.open()), columns())
    return "".join(f"{line}\n" for block in blocks for line in block)


def _blocks(page: dict[str, Any], width: int) -> Iterator[list[str]]:
    style = f"{page['format']}, style {page['style']} ({page['style_reason']})"
    yield [*wrapped(f"{visible(page['path'])}: {style}", width), ""]
    head = ("field", "source", "value")
    rows = [
        (each["name"], each["source"], _short(each["value"]) + _hidden(each))
        for each in page["metadata"]
    ]
    yield _table([head, *rows], width)
    size = page["size"]
    tokens = f"{size['estimated_tokens']:,} tokens"
    how = f"a token is taken as {CHARACTERS_A_TOKEN} characters"
    yield [
        "",
        *wrapped(
            f"SKILL.md: {size['characters']:,} characters, {count(size['lines'], 'line')}, "
            f"about {tokens} ({how})",
            width,
        ),
    ]
    hidden = "" if page["listed"] else "; agents do not see this skill"
    characters = count(size["listing_characters"], "character")
    yield wrapped(
        f"name and description, which agents see of every skill: {characters}{hidden}", width
    )
    if page["files"]:
        yield ["", *_table([(each["path"], each["reached"]) for each in page["files"]], width)]
    if (state := page["metadata_json"]) is not None:
        yield ["", *metadata_json_lines(state, width)]


def metadata_json_lines(state: dict[str, Any], width: int) -> list[str]:
    """Whether metadata.json may be deleted, and what is still missing elsewhere, for people."""
    lines = [f"metadata.json {'may be deleted' if state['deletable'] else 'must stay:'}"]
    for name, each in state["missing"].items():
        lines += wrapped(f"`{visible(name)}` {each}", width, 4, first=2)
    return lines


def _short(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def _hidden(field: dict[str, Any]) -> str:
    """The value that does not count because of this one, if there is one."""
    hidden = field["shadowed"]
    if hidden is None:
        return ""
    other = "the same" if hidden == field["value"] else _short(hidden)
    return f" (metadata.json has {other})"


def _table(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    return table([[visible(cell) for cell in row] for row in rows], width)
