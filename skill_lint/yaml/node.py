"""YAML 1.1 as a tree of nodes, each with its exact span and its raw text."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from skill_lint.text.source import Span


class YamlFault(Exception):
    """The text is not YAML that a safe loader can read. `offset` is the place of the fault.

    `unclosed`: a quote or bracket that begins there is never closed. `lacks_colon`: the line that
    begins there lacks the colon after its key. `alias`: the name of an alias without an anchor.
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
    """A YAML value. `value` is the value that a YAML 1.1 loader returns; `raw` is as written.

    `style` is the quote or block indicator of a scalar. `size` counts this node and all below it,
    aliases followed. `pending_key` is the key whose value is not parsed yet.
    """

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
        """This node and all nodes below it; aliases are not followed."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            if node.alias is None:
                stack += [part for pair in node.pairs for part in pair] + node.items


def key_text(node: Node) -> str:
    """A key as written: `123`, `yes` and `1.0` stay as they are."""
    return node.value if isinstance(node.value, str) else node.raw


def type_name(value: Any) -> str:
    """The name of a YAML value's type in a message, with its article."""
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
