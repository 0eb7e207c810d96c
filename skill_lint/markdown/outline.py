"""The blocks of a Markdown text: its runs of text, fences and HTML, with their lines.

Lines are 0-based, and `after` is the line after the last one. This is smaller than markdown-it's
token list, which has three tokens for each block.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

CELLS = ("th", "td")
"""The tags of table cells."""


class Text(NamedTuple):
    """A paragraph, heading or table cell. `content` is the input of markdown-it's inline rules."""

    content: str
    line: int
    after: int
    tag: str
    """`p`, `h1` to `h6`, `th` or `td`."""
    end: int
    """The line after the whole block. For an underlined heading it is `after` + 1."""


class FencedCode(NamedTuple):
    line: int
    after: int
    markup: str
    info: str
    in_container: bool


@dataclass
class BlockOutline:
    texts: list[Text] = field(default_factory=list)
    fences: list[FencedCode] = field(default_factory=list)
    html: list[tuple[int, int]] = field(default_factory=list)
    definitions: list[tuple[int, int]] = field(default_factory=list)
    """The lines of each link definition, in no particular order."""
    blocks: list[int] = field(default_factory=list)
    """The offset of each top-level block."""

    def include(self, quoted: "BlockOutline", first: int) -> None:
        """Add the blocks of a block quote that begins at line `first`."""
        self.texts += (
            Text(text.content, first + text.line, first + text.after, text.tag, first + text.end)
            for text in quoted.texts
        )
        self.fences += (
            FencedCode(first + code.line, first + code.after, code.markup, code.info, True)
            for code in quoted.fences
        )
        self.html += ((first + line, first + after) for line, after in quoted.html)
        self.definitions += ((first + line, first + after) for line, after in quoted.definitions)
