"""The links, HTML comments, code spans and anchors of a Markdown text, each with its span."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from skill_lint.lazy_regex import lazy_compile
from skill_lint.markdown.anchors import anchors_of, without_markup
from skill_lint.markdown.elements import CodeSpan, Comment, Link, LinkKind
from skill_lint.markdown.html import comments_in, outside_comments
from skill_lint.markdown.parsed_text import ParsedText, TextFilter
from skill_lint.text.source import Span

_BACKTICK, _COMMENT_SIGN = lazy_compile("`"), lazy_compile("<!--")
_LINK_SIGNS = lazy_compile(r"\]\(|<[^<>\s]+[:@]")
_LINK_FILE_SIGNS = lazy_compile(r"\]\(|\]:|<|skill-lint:")
_HTML_TARGET = lazy_compile(
    r"""\b(?:href|src)\s*=\s*(?:"([^"{}]*)"|'([^'{}]*)'|([^\s"'<>{}=`]+))""", re.IGNORECASE
)
_HTML_TARGET_SIGN = re.compile(r"<[^<]*?(?:href|src)", re.IGNORECASE)
_HTML_ID_SIGN = lazy_compile(r"<[^<]*?(?:id|name)", re.IGNORECASE)
_HTML_ID = lazy_compile(r"""\b(?:id|name)\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_GIVEN_ID = lazy_compile(r"\{#([\w-]+)\}")
_HEADING_LINE = re.compile(r"^ {0,3}#{1,6}[ \t]+([^\r\n]*)", re.MULTILINE)
_CLOSING_SIGNS = re.compile(r"[ \t]#+$")
_DEFINITION = re.compile(r"\]:\s*(?:<([^>\n]*)>|(\S+))")


class Links:
    """What a text links to, and what a link can point to in it.

    Each view is computed on first use.
    """

    def __init__(self, parsed: ParsedText) -> None:
        self._parsed, self._source = parsed, parsed.source

    @cached_property
    def code_spans(self) -> list[CodeSpan]:
        return [
            CodeSpan(inline.content[event.inner.start : event.inner.end], inline.span(event.inner))
            for inline in self._parsed.inlines(self._parsed.outline.texts, _BACKTICK.search)
            for event in inline.events
            if event.kind == "code" and event.inner
        ]

    @cached_property
    def links(self) -> list[Link]:
        """Every link and image, in order; a reference link stands at its definition."""
        return self.links_with(_LINK_SIGNS.search)

    def links_with(self, is_wanted: TextFilter) -> list[Link]:
        """The links in the wanted texts, and all links in definitions and HTML, in order."""
        if _LINK_FILE_SIGNS.search(self._parsed.body) is None:
            return []
        links = [*self._inline_links(is_wanted), *self._definitions(), *self._html_links()]
        return sorted(links, key=lambda link: link.span)

    def _inline_links(self, is_wanted: TextFilter) -> Iterator[Link]:
        kinds: dict[str, LinkKind] = {"link": "inline", "image": "image", "autolink": "autolink"}
        for inline in self._parsed.inlines(self._parsed.linked_outline.texts, is_wanted):
            for event in inline.events:
                if event.inner and (kind := kinds.get(event.kind)):
                    target = inline.content[event.inner.start : event.inner.end]
                    yield Link(kind, target, inline.span(event.inner), inline.span(event.span))

    def _definitions(self) -> Iterator[Link]:
        for first, after in self._parsed.linked_outline.definitions:
            block = self._block_span(first, after)
            if match := _DEFINITION.search(self._source.text, *block):
                group = 1 if match[1] is not None else 2
                span = Span(*match.span(group))
                yield Link("reference", match[group], span, block)

    def _html_links(self) -> Iterator[Link]:
        for html in self._html(_may_have_target):
            for match in _HTML_TARGET.finditer(self._source.text, *html):
                group = match.lastindex or 0
                span = Span(*match.span(group))
                yield Link("html", match[group], span, span)

    def _html(self, is_wanted: TextFilter) -> list[Span]:
        """`_html_with_comments` without the comments."""
        if "<" not in self._parsed.body:
            return []
        return list(outside_comments(self._source.text, self._html_with_comments(is_wanted)))

    def _html_with_comments(self, is_wanted: TextFilter) -> list[Span]:
        """Every HTML block, and every tag or comment in a wanted text, in order."""
        outline = self._parsed.linked_outline
        blocks = [self._block_span(first, after) for first, after in outline.html]
        tags = [
            inline.span(event.span)
            for inline in self._parsed.inlines(outline.texts, is_wanted)
            for event in inline.events
            if event.kind == "html"
        ]
        return sorted(blocks + tags)

    def _block_span(self, first: int, after: int) -> Span:
        """The span of the 0-based lines from `first` up to `after`, exclusive."""
        return Span(self._source.line_span(first + 1).start, self._source.line_span(after).end)

    @cached_property
    def comments(self) -> list[Comment]:
        text = self._source.text
        if "<!--" not in self._parsed.body:
            return []
        return [
            Comment(text[span.start + 4 : span.end - 3], span)
            for html in self._html_with_comments(_COMMENT_SIGN.search)
            for span in comments_in(text, html)
        ]

    def comments_between(self, start: int, end: int) -> list[Comment]:
        """The comments that begin between two offsets, the second exclusive."""
        comments, key = self.comments, _comment_start
        return comments[bisect_left(comments, start, key=key) : bisect_left(comments, end, key=key)]

    @cached_property
    def anchors_without_parsing(self) -> set[str]:
        """The anchors of headings that begin with `#`, where no parse is needed to find them."""
        headings = _HEADING_LINE.finditer(self._parsed.outside_fences or "")
        texts = (_CLOSING_SIGNS.sub("", match[1].rstrip()) for match in headings)
        return anchors_of(without_markup(text) for text in texts)

    @cached_property
    def anchors(self) -> set[str]:
        """All names for a `#fragment`: GitHub's numbered heading slugs, HTML ids, and `{#id}`."""
        headings = [visible for _, visible in self._parsed.headings]
        html_ids = {
            match[1]
            for span in self._html(_may_have_id)
            for match in _HTML_ID.finditer(self._source.text, *span)
        }
        given_ids = {match[1] for heading in headings for match in _GIVEN_ID.finditer(heading)}
        return anchors_of(headings) | html_ids | given_ids

    @cached_property
    def sorted_anchors(self) -> list[str]:
        return sorted(self.anchors)


def _may_have_target(text: str) -> bool:
    # Testing for `<` first takes a third of the time.
    return "<" in text and _HTML_TARGET_SIGN.search(text) is not None


def _may_have_id(text: str) -> bool:
    return "<" in text and _HTML_ID_SIGN.search(text) is not None


def _comment_start(comment: Comment) -> int:
    return comment.span.start
