"""What a document needs to know of its blocks: each run of text, fence and piece of HTML by line.

Lines are 0-based, and `after` is the line behind the last one. markdown-it has three tokens
for each.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

CELLS = ("th", "td")
"""The tags of table cells."""


class Text(NamedTuple):
    """A paragraph, heading or table cell. `content` is what markdown-it's inline rules get."""

    content: str
    line: int
    after: int
    tag: str
    """`p`, `h1` to `h6`, `th` or `td`."""
    end: int
    """Of the whole block: one line more than `after` where a heading is underlined."""


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
    """The offset of each block that is in no other."""

    @property
    def headings(self) -> list[Text]:
        return [text for text in self.texts if text.tag[0] == "h"]

    def include(self, quoted: "BlockOutline", first: int) -> None:
        """The parts of a quotation whose first line is line `first` here."""
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
