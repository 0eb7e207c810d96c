"""Links, code spans and HTML in a run of Markdown text, with offsets into that text.

markdown-it's inline tokens have no positions, so its rules are wrapped: each rule that succeeds
records the span of its match.
"""

import functools
from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, backtick, html_inline, image, link

from skill_lint.limits import DEFAULT
from skill_lint.markdown.commonmark.dispatch import Dispatch
from skill_lint.markdown.elements import InlineElement, InlineKind
from skill_lint.text.source import Span

_Rule = Callable[[StateInline, bool], bool]


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Accept every URL: a link that a browser must not open is still a link to check."""
        return True


@functools.cache
def parser(nesting: int = DEFAULT.markdown_nesting) -> MarkdownIt:
    """CommonMark with tables. Emphasis is disabled, because nothing here depends on it."""
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
    kind: InlineKind, rule: _Rule, find_inner: Callable[[StateInline, Span], Span | None]
) -> _Rule:
    def wrapped(state: StateInline, silent: bool) -> bool:
        start, tokens, recorded = state.pos, len(state.tokens), state.env.get("events")
        if silent or recorded is None:
            return rule(state, silent)
        nested: list[InlineElement] = []
        # markdown-it parses an image's description as a separate text with offsets of its own.
        state.env["events"] = None if kind == "image" else nested
        matched = rule(state, silent)
        state.env["events"] = recorded
        # An unmatched run of backticks succeeds as text, without a token.
        if matched and len(state.tokens) > tokens:
            span = Span(start, state.pos)
            recorded.append(InlineElement(kind, span, find_inner(state, span)))
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


def events_in(text: str) -> list[InlineElement]:
    """The inline elements of a text, in order."""
    env: dict[str, Any] = {"events": [], "references": {}}
    parser().inline.parse(text, parser(), env, [])
    return sorted(env["events"], key=lambda event: event.span)
