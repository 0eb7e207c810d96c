"""Links, code spans and HTML inside a run of Markdown text, with exact offsets.

markdown-it gives inline tokens no positions, so its rules are wrapped: each one that succeeds
says from where to where it matched.
"""

import functools
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, backtick, html_inline, image, link

from skill_lint.limits import DEFAULT
from skill_lint.skill.block_parser import Dispatch
from skill_lint.skill.source import FEW_BRACKETS, Source, Span

EventKind = Literal["link", "image", "autolink", "code", "html"]
_Rule = Callable[[StateInline, bool], bool]


class Event(NamedTuple):
    """One inline construct. Offsets count from the start of the text it stands in.

    `inner` is a link's written destination, without angle brackets, or a code span's content;
    None for a link by reference, whose destination stands at its definition.
    """

    kind: EventKind
    span: Span
    inner: Span | None


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Any: what a browser must not open is a link all the same, and may be at fault."""
        return True


@functools.cache
def parser(nesting: int = DEFAULT.markdown_nesting) -> MarkdownIt:
    """CommonMark with tables; emphasis is left out, for nothing here depends on it."""
    md = _Parser("commonmark", {"maxNesting": nesting}).enable("table")
    md.disable(["emphasis", "newline", "balance_pairs", "fragments_join"])
    md.block.ruler = Dispatch(md)  # type: ignore[assignment]
    md.inline.ruler.at("link", _recording("link", link, _destination))
    md.inline.ruler.at("image", _recording("image", image, _destination))
    md.inline.ruler.at("autolink", _recording("autolink", autolink, _inside(1)))
    md.inline.ruler.at("html_inline", _recording("html", html_inline, _inside(0)))
    md.inline.ruler.at("backticks", _recording("code", backtick, _between_backticks))
    return md


def _recording(
    kind: EventKind, rule: _Rule, find_inner: Callable[[StateInline, Span], Span | None]
) -> _Rule:
    def wrapped(state: StateInline, silent: bool) -> bool:
        start, tokens, recorded = state.pos, len(state.tokens), state.env.get("events")
        if silent or recorded is None:
            return rule(state, silent)
        nested: list[Event] = []
        # An image's description is parsed as a text of its own, whose offsets mean nothing here.
        state.env["events"] = None if kind == "image" else nested
        matched = rule(state, silent)
        state.env["events"] = recorded
        # An unmatched run of backticks succeeds as plain text, and makes no token.
        if matched and len(state.tokens) > tokens:
            span = Span(start, state.pos)
            recorded.append(Event(kind, span, find_inner(state, span)))
            recorded.extend(nested)
        return matched

    return wrapped


def _destination(state: StateInline, span: Span) -> Span | None:
    opening = state.src.index("[", span.start)
    pos, state.pos = state.pos, span.start
    label_end = state.md.helpers.parseLinkLabel(state, opening)
    state.pos = pos
    src = state.src
    if label_end < 0 or label_end + 1 >= span.end or src[label_end + 1] != "(":
        return None
    start = label_end + 2
    while start < span.end and src[start] in " \t\n":
        start += 1
    result = state.md.helpers.parseLinkDestination(src, start, span.end)
    end = result.pos if result.ok else start
    if src.startswith("<", start) and end > start:
        return Span(start + 1, end - 1)
    return Span(start, end)


def _inside(margin: int) -> Callable[[StateInline, Span], Span | None]:
    return lambda state, span: Span(span.start + margin, span.end - margin)


def _between_backticks(state: StateInline, span: Span) -> Span:
    text = state.src[span.start : span.end]
    marks = len(text) - len(text.lstrip("`"))
    return Span(span.start + marks, span.end - marks)


@dataclass(frozen=True)
class Inline:
    """The text of one paragraph, heading or table cell, and where its characters stand.

    `content` is what markdown-it hands to its inline rules: container markers and indentation
    are gone. `first_line` is the 1-based line of its first character.
    """

    source: Source
    content: str
    first_line: int
    behind: int | None = None
    """For a table cell: the offset behind the cell before it, for cells share a line."""

    @cached_property
    def _anchors(self) -> list[tuple[int, int]]:
        """For each line, an offset in `content` and the offset in the file it stands at."""
        anchors, position = [], 0
        for number, line in enumerate(self.content.split("\n"), self.first_line):
            start = self._locate(line.strip(" \t"), self.source.line_span(number))
            anchors.append((position + len(line) - len(line.lstrip(" \t")), start))
            position += len(line) + 1
        return anchors

    def _locate(self, text: str, line: Span) -> int:
        """Where `text` stands in a source line: at its end, behind any container's markers.

        A heading may have `#` behind it. Cells share their line.
        """
        written, start, end = self.source.shown, *line
        if self.behind is None:
            while end > start and written[end - 1].isspace():
                end -= 1
            if written.endswith(text, start, end):
                return end - len(text)
        # Cells share a line, which may be long: it is not copied for each of them.
        after = max(start, self.behind or 0)
        return max(after, written.find(self._escaped(text), after, line.end))

    def _escaped(self, text: str) -> str:
        """In a cell, `|` is written with a backslash, which markdown-it takes away."""
        return text if self.behind is None else text.replace("|", "\\|")

    def offset(self, position: int) -> int:
        """The file's offset of a position in `content`."""
        index = bisect_right(self._anchors, position, key=lambda anchor: anchor[0]) - 1
        inside, start = self._anchors[max(index, 0)]
        if self.behind is None:
            return start + position - inside
        return start + len(self._escaped(self.content[inside:position]))

    def span(self, span: Span) -> Span:
        return Span(self.offset(span.start), self.offset(span.end))

    @cached_property
    def whole(self) -> Span:
        return self.span(Span(0, len(self.content)))

    @cached_property
    def events(self) -> list[Event]:
        """Every link, image, autolink, code span and HTML tag of this text, in order."""
        if self.content.count("[") <= FEW_BRACKETS:
            return _events(self.content, 0)
        # Line by line: a link over two lines is lost, and a line beyond all measure is skipped;
        # unreadable-file speaks of it.
        events, start = list[Event](), 0
        for number, line in enumerate(self.content.split("\n"), self.first_line):
            events += _events(line, start) if number not in self.source.crowded_lines else []
            start += len(line) + 1
        return events


def _events(text: str, start: int) -> list[Event]:
    env: dict[str, Any] = {"events": [], "references": {}}
    parser().inline.parse(text, parser(), env, [])
    events = [
        Event(kind, _moved(span, start), inner and _moved(inner, start))
        for kind, span, inner in env["events"]
    ]
    return sorted(events, key=lambda event: event.span)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
