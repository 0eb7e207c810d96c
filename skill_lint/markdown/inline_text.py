"""A run of Markdown text: a paragraph, heading or table cell, with its offsets in the file."""

from bisect import bisect_right
from functools import cached_property

from skill_lint.markdown.elements import InlineElement
from skill_lint.markdown.fast.inline import simple_events
from skill_lint.text.source import FEW_BRACKETS, Source, Span


class Inline:
    """The text of one paragraph, heading or table cell.

    `content` is the input of markdown-it's inline rules, without container markers and
    indentation. `first_line` is the 1-based line of its first character.
    """

    def __init__(
        self, source: Source, content: str, first_line: int, behind: int | None = None
    ) -> None:
        self.source, self.content, self.first_line = source, content, first_line
        self.behind = behind
        """For a table cell: where the cell before it ends, because cells share a line."""

    @cached_property
    def _anchors(self) -> list[tuple[int, int]]:
        """For each line, an offset in `content` and the matching offset in the file."""
        anchors, position = [], 0
        for number, line in enumerate(self.content.split("\n"), self.first_line):
            text = line.lstrip(" \t")
            start = self._locate(text.rstrip(" \t"), number)
            anchors.append((position + len(line) - len(text), start))
            position += len(line) + 1
        return anchors

    def _locate(self, text: str, number: int) -> int:
        """The offset of `text` in a line of the file.

        It is at the end of the line, after the container's markers. A heading can have `#` after
        it, and table cells share their line.
        """
        written, starts = self.source.shown, self.source.line_starts
        start = starts[number - 1]
        end = after = starts[number] if number < len(starts) else len(written)
        if self.behind is None:
            while end > start and written[end - 1].isspace():
                end -= 1
            if written.endswith(text, start, end):
                return end - len(text)
        # The line of a table can be long, so it is not copied for each cell.
        first = max(start, self.behind or 0)
        return max(first, written.find(self._escaped(text), first, after))

    def _escaped(self, text: str) -> str:
        """The text as written in the file: markdown-it removes the backslash of `\\|` in cells."""
        return text if self.behind is None else text.replace("|", "\\|")

    def offset(self, position: int) -> int:
        """The offset in the file of a position in `content`."""
        anchors = self._anchors
        inside, start = anchors[0]
        if len(anchors) > 1:
            index = bisect_right(anchors, position, key=lambda anchor: anchor[0]) - 1
            inside, start = anchors[max(index, 0)]
        if self.behind is None:
            return start + position - inside
        return start + len(self._escaped(self.content[inside:position]))

    def span(self, span: Span) -> Span:
        if self.behind is None and len(self._anchors) == 1:
            inside, start = self._anchors[0]
            return Span(start + span.start - inside, start + span.end - inside)
        return Span(self.offset(span.start), self.offset(span.end))

    @property
    def whole(self) -> Span:
        return self.span(Span(0, len(self.content)))

    @property
    def events(self) -> list[InlineElement]:
        """The links, images, autolinks, code spans and HTML tags of this text, in order."""
        if self.content.count("[") <= FEW_BRACKETS:
            return _events_in(self.content)
        # With many brackets, parse line by line: a link over two lines is not found. Lines with
        # far too many are skipped; the rule unreadable-file reports them.
        events, start = list[InlineElement](), 0
        for number, line in enumerate(self.content.split("\n"), self.first_line):
            if number not in self.source.crowded_lines:
                events += (event.moved(start) for event in _events_in(line))
            start += len(line) + 1
        return events


def _events_in(text: str) -> list[InlineElement]:
    if (events := simple_events(text)) is not None:
        return events
    # Lazy import: markdown-it takes longer to import than a small skill to read.
    from skill_lint.markdown.commonmark.parser import events_in

    return events_in(text)
