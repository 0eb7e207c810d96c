"""`skill-lint show`: what a skill is: its metadata, format, style, size and files."""

import json
from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

from skill_lint.cli.options import config as settings
from skill_lint.cli.options import output
from skill_lint.cli.parser import Parser
from skill_lint.collection.facts import facts_of
from skill_lint.reporters.escape import inert_json, visible, width
from skill_lint.reporters.summary import count
from skill_lint.skill.metadata import FILE
from skill_lint.skill.skill import Skill
from skill_lint.skill.style import style
from skill_lint.skill.v1_homes import homeless

CHARACTERS_A_TOKEN = 4
"""A rough estimate; no tokenizer is asked, for each model has its own."""
LONGEST = 60
"""Characters of a value that the table shows."""


def run(words: Sequence[str]) -> int:
    parser = Parser(
        prog="skill-lint show",
        description="Print what each skill at or below PATH is: its metadata with the source of "
        "each field, its format, style, size, and how each of its files is reached.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="default: the working directory")
    parser.add_argument("--output-format", choices=["text", "json"], default="text")
    settings.add_file_options(parser)
    options = parser.parse_args(words)
    found = settings.discovered(options)
    roots = sorted(found.skills, key=lambda root: root.shown)
    pages = [describe(Skill(root.path, root.shown, limits=root.limits)) for root in roots]
    if options.output_format == "json":
        output.write(inert_json(json.dumps({"skills": pages}, indent=2) + "\n"))
    else:
        output.write("\n".join("".join(f"{line}\n" for line in _page(page)) for page in pages))
    return 0


def describe(skill: Skill) -> dict[str, Any]:
    """A skill as plain data."""
    text, fit, facts = skill.source.text, style(skill), facts_of(skill)
    fields = [
        {
            "name": field.name,
            "value": _json_value(field.value),
            "source": field.origin,
            "shadowed": field.shadowed and _json_value(field.shadowed.value),
        }
        for field in skill.metadata.fields.values()
        if skill.is_v1 or field.origin in ("frontmatter", FILE) or field.name == "name"
    ]
    return {
        "path": skill.path,
        "format": skill.format,
        "style": fit.name,
        "style_reason": fit.reason,
        "metadata": fields,
        "listed": facts.is_listed,
        "size": {
            "characters": len(text),
            "body_characters": len(skill.document.body),
            "lines": len(text.splitlines()),
            "estimated_tokens": len(text) // CHARACTERS_A_TOKEN,
            "listing_characters": facts.listing,
        },
        "files": [{"path": name, "reached": _reached(skill, name)} for name in _files(skill)],
        "metadata_json": _metadata_json(skill),
    }


def _json_value(value: Any) -> Any:
    """The value as JSON has it: not-a-number, infinity and dates as text."""
    if isinstance(value, dict):
        return {str(key): _json_value(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_json_value(each) for each in value]
    known = isinstance(value, str | int | None) or (isinstance(value, float) and isfinite(value))
    return value if known else str(value)


def _files(skill: Skill) -> list[str]:
    return sorted(skill.tree.files - {skill.source.name})


def _reached(skill: Skill, name: str) -> str:
    """How an agent gets to a file."""
    if name == FILE and skill.metadata.file.is_of_v1:
        return "read as metadata"
    if skill.reach.is_named(name):
        return "named in SKILL.md"
    if "/" not in name or name not in skill.reach.judged:
        return "not judged"
    return "not named by anything" if name in skill.reach.orphans else "named by another file"


def _metadata_json(skill: Skill) -> dict[str, Any] | None:
    """Whether metadata.json may be deleted, and what is still missing elsewhere."""
    file = skill.metadata.file
    if not file.is_of_v1:
        return None
    if file.fault is not None:
        return {"deletable": False, "missing": {"(the file)": f"is no JSON: {file.fault.message}"}}
    missing = homeless(skill)
    return {"deletable": not missing, "missing": missing}


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
        f"{size['estimated_tokens']:,} tokens (estimated as characters / {CHARACTERS_A_TOKEN})"
    )
    told = "" if page["listed"] else ", of which an agent is not told"
    yield f"listing: {count(size['listing_characters'], 'character')} of name and description{told}"
    if page["files"]:
        yield ""
        yield from _table([(each["path"], each["reached"]) for each in page["files"]])
    if (state := page["metadata_json"]) is not None:
        yield ""
        yield f"metadata.json {'may be deleted' if state['deletable'] else 'must stay:'}"
        yield from (f"  `{visible(name)}` {each}" for name, each in state["missing"].items())


def _short(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def _hidden(field: dict[str, Any]) -> str:
    """The value that does not count; where it is the same, there is nothing to decide."""
    hidden = field["shadowed"]
    return "the same" if hidden == field["value"] and hidden is not None else _short(hidden)


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [max(width(row[column]) for row in shown) for column in range(len(shown[0]))]
    for row in shown:
        cells = zip(row, widths, strict=True)
        padded = "  ".join(cell + " " * (wide - width(cell)) for cell, wide in cells)
        yield f"  {padded}".rstrip()
