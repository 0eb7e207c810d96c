"""A skill as data: its metadata with the source of each field, its style, size and files."""

from collections.abc import Iterator, Set
from math import isfinite
from typing import Any

from skill_lint.collection.facts import facts_of
from skill_lint.skill.metadata import FILE
from skill_lint.skill.skill import Skill
from skill_lint.skill.style import style
from skill_lint.skill.v1_homes import homeless

CHARACTERS_A_TOKEN = 4
"""A rough estimate; no tokenizer is asked, because each model has its own."""


def describe(skill: Skill) -> dict[str, Any]:
    """A skill as JSON data."""
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
        "files": list(_reached_files(skill)),
        "metadata_json": metadata_json(skill),
    }


def _json_value(value: Any) -> Any:
    """A value of YAML as JSON data: not-a-number, infinity and dates become text."""
    if isinstance(value, dict):
        return {str(key): _json_value(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_json_value(each) for each in value]
    known = isinstance(value, str | int | None) or (isinstance(value, float) and isfinite(value))
    return value if known else str(value)


def _files(skill: Skill) -> list[str]:
    return sorted(skill.tree.files - {skill.source.name})


def _reached_files(skill: Skill) -> Iterator[dict[str, str]]:
    """Each file, and how an agent gets to it."""
    orphans, judged = frozenset(skill.reach.orphans), frozenset(skill.reach.judged)
    for name in _files(skill):
        yield {"path": name, "reached": _reached(skill, name, orphans, judged)}


def _reached(skill: Skill, name: str, orphans: Set[str], judged: Set[str]) -> str:
    if name == FILE and skill.metadata.file.is_of_v1:
        return "read as metadata"
    if skill.reach.is_named(name):
        return "named in SKILL.md"
    if "/" not in name or name not in judged:
        return "not judged"
    return "not named by anything" if name in orphans else "named by another file"


def metadata_json(skill: Skill) -> dict[str, Any] | None:
    """Whether metadata.json may be deleted, and what is still missing elsewhere.

    None for a skill without such a file of the older format.
    """
    file = skill.metadata.file
    if not file.is_of_v1:
        return None
    if file.fault is not None:
        return {"deletable": False, "missing": {"(the file)": f"is no JSON: {file.fault.message}"}}
    missing = homeless(skill)
    return {"deletable": not missing, "missing": missing}
