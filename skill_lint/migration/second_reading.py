"""A second reading of the frontmatter, by python-frontmatter, before a migration is written.

The migration reads and writes YAML with code of this project. A check by the same code would miss
a value that this code misreads. So an independent library reads SKILL.md as well, before and after.
"""

from collections.abc import Mapping, Set
from typing import Any, NamedTuple

from skill_lint.migration.fields import missing_fields, missing_metadata
from skill_lint.skill.skill import Skill
from skill_lint.text.source import BYTE_ORDER_MARK

_ABSENT = object()


class Reading(NamedTuple):
    """A SKILL.md as python-frontmatter reads it. `fields` are those beside `metadata`.

    `texts` is `metadata` with each scalar as text, so that `1.0` and `"1.0"` are the same.
    """

    fields: dict[Any, Any]
    metadata: dict[Any, Any]
    texts: dict[str, Any]
    body: str


def read(text: str) -> Reading:
    """Read the text of a SKILL.md. Raises `yaml.YAMLError` and `ValueError`.

    python-frontmatter finds no block behind a byte order mark, or with lone carriage returns as
    line ends, so both are normalised. The last of duplicate keys counts, as in our own reading.
    """
    # Lazy import: few runs migrate a skill.
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    text = text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n")
    handler = YAMLHandler()
    if not handler.detect(text):
        return Reading({}, {}, {}, text)
    # `frontmatter.parse` would strip the body.
    block, body = handler.split(text)
    fields = _mapping(handler.load(block))
    # libyaml, as python-frontmatter uses it: it reads tabs that PyYAML's own scanner refuses.
    as_texts = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    texts = _mapping(handler.load(block, Loader=as_texts)).get("metadata")
    return Reading(fields, _mapping(fields.pop("metadata", None)), _mapping(texts), body)


def objection(before: Skill, after: Skill) -> str | None:
    """The first value that python-frontmatter does not read as the migration means it, or None.

    The migration adds what metadata.json holds, puts scalars of `metadata` in quotes, renames
    `skill_id`, and moves lists of `metadata` to the body. All else must be equal.
    """
    # Lazy import: few runs migrate a skill.
    from yaml import YAMLError

    try:
        old, new = read(before.source.text), read(after.source.text)
    except (YAMLError, ValueError):
        return "python-frontmatter cannot read the frontmatter"
    fields = {**old.fields, **dict(missing_fields(before))}
    if keys := _differing(fields, new.fields):
        return f"python-frontmatter would read another value of `{keys[0]}`"
    added = dict(missing_metadata(before))
    # An added text must be a string to YAML too: `yes` without quotes is not.
    texts = {**new.texts, **{key: new.metadata.get(key, _ABSENT) for key in added}}
    if keys := _differing({**_kept(old, new), **added}, texts):
        return f"python-frontmatter would read another value of `metadata.{keys[0]}`"
    return None


def _kept(old: Reading, new: Reading) -> dict[str, Any]:
    """The old `metadata` as texts, without the lists that moved, and with `skill_id` renamed."""
    lines = set(new.body.split("\n"))
    kept = {
        key: value
        for key, value in old.texts.items()
        if key in new.texts or not _is_in_body(value, lines)
    }
    if "skill_id" in kept and "skill_id" not in new.texts and "skill-id" not in kept:
        kept["skill-id"] = kept.pop("skill_id")
    return kept


def _is_in_body(value: Any, lines: Set[str]) -> bool:
    """Whether a value is a list, and each of its items is a list item of the body."""
    if not isinstance(value, list) or not value:
        return False
    return {f"- {item}" for item in value} <= lines


def _differing(expected: Mapping[Any, Any], found: Mapping[Any, Any]) -> list[Any]:
    """The keys whose values differ. `repr` tells 1 from True and 1.0, and NaN is equal to NaN."""
    return [
        key
        for key in {**expected, **found}
        if repr(expected.get(key, _ABSENT)) != repr(found.get(key, _ABSENT))
    ]


def _mapping(value: Any) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {}
