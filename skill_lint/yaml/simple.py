"""Simple YAML, read line by line; PyYAML reads all other YAML.

Simple YAML is a mapping whose values are strings on the line of their key, or indented mappings of
such strings. Most frontmatter is simple, and PyYAML takes longer to import than a small skill to
read. `tests/yaml/test_simple.py` compares the two.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from skill_lint.text.source import Span
from skill_lint.yaml.node import Node

_ENTRY = re.compile(
    r"( *)([A-Za-z][A-Za-z0-9_-]{0,99}):"
    r"(?: +(\"[^\"\\]*\"|'[^']*'|[^\W\d_].*|\d+\.\d+\.\d+))?[ \r]*"
)
_NOT_STRINGS = frozenset({"yes", "no", "true", "false", "on", "off", "null"})
"""Plain scalars, in lower case, that YAML 1.1 reads as a boolean or null in most spellings."""


class _Entry(NamedTuple):
    """One line; `value` is None if nothing follows the colon."""

    indent: int
    key: Node
    value: Node | None


def read_simple(text: str, offset: int) -> Node | None:
    """The tree of a text, the same as from PyYAML; None if the text is not simple."""
    pairs, below = list[tuple[Node, Node]](), list[_Entry]()
    for entry in reversed(_entries(text, offset)):
        if entry.indent:
            below.append(entry)
            continue
        value = _nested(below[::-1], text, offset) if below and entry.value is None else entry.value
        if value is None or (below and entry.value is not None):
            return None
        pairs.append((entry.key, value))
        below = []
    return _mapping(pairs[::-1], text, offset) if pairs and not below else None


def _entries(text: str, offset: int) -> Sequence[_Entry]:
    """The lines that are not blank; empty if any line is not simple."""
    found = list[_Entry]()
    if not text.replace("\r\n", "").replace("\n", "").isprintable():
        return ()
    for line in text.split("\n"):
        if entry := _ENTRY.fullmatch(line):
            key, value = _scalar(entry, 2, offset), None
            if entry[3] is not None:
                value = _scalar(entry, 3, offset)
            if not _is_string(key) or (value and not _is_string(value)):
                return ()
            found.append(_Entry(len(entry[1]), key, value))
        elif line.strip(" \r"):
            return ()
        offset += len(line) + 1
    return found


def _scalar(entry: re.Match[str], group: int, offset: int) -> Node:
    raw, start = entry[group].rstrip(" \r"), offset + entry.start(group)
    style = raw[0] if raw[0] in "\"'" else ""
    value = raw[1:-1] if style else raw
    return Node("scalar", Span(start, start + len(raw)), raw, value, style=style)


def _is_string(node: Node) -> bool:
    """Whether a scalar is certainly a string: quoted, or plain and without special meaning."""
    raw = node.raw
    is_special = raw.lower() in _NOT_STRINGS or ": " in raw or " #" in raw or raw.endswith(":")
    return bool(node.style) or not is_special


def _nested(entries: Sequence[_Entry], text: str, offset: int) -> Node | None:
    """The mapping of indented lines; None unless all have a value and the same indentation."""
    pairs = [(each.key, each.value) for each in entries if each.value is not None]
    is_one = len(pairs) == len(entries) and len({each.indent for each in entries}) == 1
    return _mapping(pairs, text, offset) if is_one else None


def _mapping(pairs: list[tuple[Node, Node]], text: str, offset: int) -> Node:
    span = Span(pairs[0][0].span.start, pairs[-1][1].span.end)
    raw = text[span.start - offset : span.end - offset]
    values = {key.value: value.value for key, value in pairs}
    size = 1 + sum(key.size + value.size for key, value in pairs)
    return Node("mapping", span, raw, values, pairs=pairs, size=size)
