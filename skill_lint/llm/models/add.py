"""Adds an entry to the text of the person's models file, and leaves everything else as it is."""

from typing import Any

from skill_lint.config.syntax import ConfigError, parsed
from skill_lint.llm.models.entry import Entry
from skill_lint.llm.models.file import VERSION
from skill_lint.yaml.node import Node, key_text
from skill_lint.yaml.parse import parse


def new_file(entry: Entry) -> str:
    """The text of a models file with this entry only, which is the default."""
    head = [f"version: {VERSION}", "models:", f"  default: {entry.yaml_key}", "  registry:"]
    return "\n".join([*head, *entry.lines, ""])


def with_entry(text: str, entry: Entry) -> str | None:
    """The text with the entry as the first of its registry; None if there is no safe place for it.

    `text` passed the schema of models files.
    """
    at = _place(text)
    if at is None:
        return None
    start, indentation = at
    lines = "".join(f"{indentation}{line[4:]}\n" for line in entry.lines)
    new = text[:start] + lines + text[start:]
    return new if _data(new) == _wanted(_data(text), entry) else None


def _place(text: str) -> tuple[int, str] | None:
    """The offset of the line of the registry's first entry, and the line's indentation."""
    registry = _value(_value(parse(text), "models"), "registry")
    if registry is None or not registry.pairs or registry.flow:
        return None
    first = registry.pairs[0][0].span.start
    start = text.rfind("\n", 0, first) + 1
    indentation = text[start:first]
    return (start, indentation) if indentation.strip(" ") == "" else None


def _value(node: Node | None, key: str) -> Node | None:
    return (
        next((each for name, each in node.pairs if key_text(name) == key), None) if node else None
    )


def _data(text: str) -> Any:
    try:
        return parsed(text, is_toml=False)
    except ConfigError:
        return None


def _wanted(data: Any, entry: Entry) -> Any:
    models = data["models"]
    registry = {**models["registry"], entry.key: dict(entry.values)}
    return {**data, "models": {**models, "registry": registry}}
