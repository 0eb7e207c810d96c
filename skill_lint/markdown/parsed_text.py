"""A Markdown text, and its blocks and inline texts, parsed when first used."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from skill_lint.markdown.anchors import without_markup
from skill_lint.markdown.fast.blocks import read_blocks
from skill_lint.markdown.fast.linked_blocks import read_linked_blocks
from skill_lint.markdown.fences import outside_fences
from skill_lint.markdown.inline_text import Inline
from skill_lint.markdown.outline import CELLS, BlockOutline, Text
from skill_lint.text.source import Source

TextFilter = Callable[[str], object]
"""Takes the content of a text; a truthy result means that the text is wanted."""


class ParsedText:
    """The Markdown of `source` from offset `start` on. Each view is computed on first use."""

    def __init__(self, source: Source, start: int, nesting: int) -> None:
        self.source, self.start, self.nesting = source, start, nesting

    @cached_property
    def body(self) -> str:
        """The text below the frontmatter."""
        return self.source.text[self.start :]

    @cached_property
    def outside_fences(self) -> str | None:
        """The body without its fenced code; None if only a parse can tell where it is.

        Every opening fence must be followed by a fence with the same indentation and mark and
        without a language. Parsing is slow, and this often makes it unnecessary.
        """
        return outside_fences(self.body)

    @cached_property
    def text(self) -> str:
        """The text in the form that markdown-it needs, every character at its offset."""
        text = self.source.text
        # Spaces replace the frontmatter, and line ends keep their length, so no offset changes.
        blank = re.sub(r"[^\r\n]", " ", text[: self.start])
        return (
            (blank + self.body).replace("\r\n", " \n").replace("\r", "\n").replace("\0", "\ufffd")
        )

    @cached_property
    def outline(self) -> BlockOutline:
        return read_blocks(self.text, self.nesting)

    @cached_property
    def linked_outline(self) -> BlockOutline:
        """The blocks that can contain a link or HTML, and perhaps others."""
        # A file with frontmatter is a SKILL.md: its headings are needed too.
        if self.start or "outline" in self.__dict__:
            return self.outline
        return read_linked_blocks(self.text, self.nesting)

    @cached_property
    def headings(self) -> list[tuple[Text, str]]:
        """Each heading, and its text without markup."""
        texts = (text for text in self.outline.texts if text.tag[0] == "h")
        return [(text, without_markup(text.content)) for text in texts]

    def inlines(self, texts: Sequence[Text], is_wanted: TextFilter) -> Iterator[Inline]:
        """The wanted texts with their places. `texts` is in the order of the file."""
        row, behind, passed = -1, 0, 0
        for index, text in enumerate(texts):
            if not is_wanted(text.content):
                continue
            if text.tag not in CELLS:
                yield Inline(self.source, text.content, self.first_line(text))
                continue
            if text.line != row:
                row, behind, passed = text.line, self.source.line_span(text.line + 1).start, index
                while passed and texts[passed - 1].line == row:
                    passed -= 1
            for cell in texts[passed:index]:
                behind = max(behind, Inline(self.source, cell.content, row + 1, behind).whole.end)
            passed = index
            yield Inline(self.source, text.content, self.first_line(text), behind)

    def first_line(self, text: Text) -> int:
        """The 1-based line of the first character of `text`."""
        line = text.line + 1
        if text.content.count("\n") < text.after - line:
            # A first line with only unusual blanks is in the block but trimmed from the content.
            while line < text.after and not self.source.slice(self.source.line_span(line)).strip():
                line += 1
        return line
