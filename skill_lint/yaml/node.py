"""YAML 1.1 as a tree in which every node knows its exact span and its raw text."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from skill_lint.text.source import Span


class YamlFault(Exception):
    """The text is no YAML, or not one that a safe loader reads. `offset` is where it shows.

    `unclosed`: a quote or bracket that begins there is never closed. `lacks_colon`: a line that
    begins there should be a key. `alias`: the name that no anchor in the text has.
    """

    def __init__(
        self,
        message: str,
        offset: int,
        *,
        unclosed: bool = False,
        lacks_colon: bool = False,
        alias: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message, self.offset, self.alias = message, offset, alias
        self.unclosed, self.lacks_colon = unclosed, lacks_colon


@dataclass(eq=False)
class Node:
    """One YAML value. `value` is what a YAML 1.1 loader makes of it; `raw` is how it is written."""

    kind: Literal["scalar", "sequence", "mapping"]
    span: Span
    raw: str = ""
    value: Any = None
    flow: bool = False
    tag: str | None = None
    anchor: str | None = None
    alias: str | None = None
    style: str | None = None
    items: list["Node"] = field(default_factory=list)
    pairs: list[tuple["Node", "Node"]] = field(default_factory=list)
    size: int = 1
    pending_key: "Node | None" = None

    def walk(self) -> Iterator["Node"]:
        """This node and all below it, aliases not followed."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            if node.alias is None:
                stack += [part for pair in node.pairs for part in pair] + node.items


def key_text(node: Node) -> str:
    """A key as its author wrote it: `123`, `yes` and `1.0` stay as they are."""
    return node.value if isinstance(node.value, str) else node.raw


def type_name(value: Any) -> str:
    """How a person would call the type of a YAML value."""
    if isinstance(value, float) and not math.isfinite(value):
        return "a float"
    names = {
        "NoneType": "nothing",
        "bool": "a boolean",
        "int": "an integer",
        "float": "a float",
        "date": "a date",
        "datetime": "a date and time",
        "bytes": "binary data",
        "list": "a list",
        "dict": "a mapping",
        "str": "a string",
    }
    return names.get(type(value).__name__, f"a {type(value).__name__}")
