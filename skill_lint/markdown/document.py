"""The body of a Markdown file: headings, sections, links, fences, lists, each with its span."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from skill_lint.lazy_regex import lazy_compile
from skill_lint.limits import DEFAULT
from skill_lint.markdown.anchors import anchors_of, without_markup
from skill_lint.markdown.elements import CodeSpan, Comment, Fence, Heading, Link, LinkKind, Section
from skill_lint.markdown.fast.blocks import read_blocks
from skill_lint.markdown.fast.linked_blocks import read_linked_blocks
from skill_lint.markdown.fences import fence_of, outside_fences
from skill_lint.markdown.html import comments_in, outside_comments
from skill_lint.markdown.inline_text import Inline
from skill_lint.markdown.outline import BlockOutline, Text
from skill_lint.markdown.structure import cut_off, list_items, may_be_cut_off, same_structure
from skill_lint.text.source import Source, Span

Sign = Callable[[str], object]
"""Says of a text whether it has what is looked for."""

_ANYTHING, _BACKTICK, _COMMENT_SIGN = lazy_compile(""), lazy_compile("`"), lazy_compile("<!--")
_LINK_SIGNS = lazy_compile(r"\]\(|<[^<>\s]+[:@]")
_LINK_FILE_SIGNS = lazy_compile(r"\]\(|\]:|<|skill-lint:")
_HTML_TARGET = lazy_compile(
    r"""\b(?:href|src)\s*=\s*(?:"([^"{}]*)"|'([^'{}]*)'|([^\s"'<>{}=`]+))""", re.IGNORECASE
)
_HTML_TARGET_SIGN = re.compile(r"<[^<]*?(?:href|src)", re.IGNORECASE)
_HTML_ID_SIGN = lazy_compile(r"<[^<]*?(?:id|name)", re.IGNORECASE)
_HTML_ID = lazy_compile(r"""\b(?:id|name)\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_GIVEN_ID = lazy_compile(r"\{#([\w-]+)\}")
_RULE = re.compile(r"\s*(?:[-=_*]\s*){3,}")
_HEADING_LINE = re.compile(r"^ {0,3}#{1,6}[ \t]+([^\r\n]*)", re.MULTILINE)
_CLOSING_SIGNS = re.compile(r"[ \t]#+$")
_INNER_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})\w", re.MULTILINE)
_DEFINITION = re.compile(r"\]:\s*(?:<([^>\n]*)>|(\S+))")


_CELLS = ("th", "td")


class Document:
    """The Markdown of `source` from offset `start` on. All views are computed when asked for."""

    def __init__(
        self, source: Source, start: int = 0, nesting: int = DEFAULT.markdown_nesting
    ) -> None:
        self.source, self.start, self.nesting = source, start, nesting

    @cached_property
    def body(self) -> str:
        """The text below the frontmatter."""
        return self.source.text[self.start :]

    @cached_property
    def outside_fences(self) -> str | None:
        """The body without its fenced code, where every fence is plainly followed by its like.

        None where anything is unusual (another indentation, another mark, a language on the
        second line) and only a parse can tell. Parsing is what costs; this often spares it.
        """
        return outside_fences(self.body)

    @cached_property
    def _text(self) -> str:
        """The text as markdown-it wants it, every character at its offset."""
        text = self.source.text
        # Blanks for the frontmatter, and line ends of one length, keep every offset true.
        blank = re.sub(r"[^\r\n]", " ", text[: self.start])
        return (
            (blank + self.body).replace("\r\n", " \n").replace("\r", "\n").replace("\0", "\ufffd")
        )

    @cached_property
    def _parts(self) -> BlockOutline:
        return read_blocks(self._text, self.nesting)

    @cached_property
    def _marked_parts(self) -> BlockOutline:
        """Those parts in which a link or HTML can be."""
        # Of a file with frontmatter, which is a SKILL.md, the headings are asked for as well.
        if self.start or "_parts" in self.__dict__:
            return self._parts
        return read_linked_blocks(self._text, self.nesting)

    def has_structure_of(self, other: "Document") -> bool:
        """Whether the blocks are the same in kind, depth and order, HTML left out."""
        return same_structure((self._text, self._parts), (other._text, other._parts))

    @property
    def table_rows(self) -> int:
        """How many rows all tables have together, their heads included."""
        return len({text.line for text in self._parts.texts if text.tag in _CELLS})

    @property
    def too_deep(self) -> list[Span]:
        """The first lines of blocks that are not read, for they are nested beyond the limit."""
        if not may_be_cut_off(self.body, self.nesting):
            return []
        return [self._line(line + 1) for line in cut_off(self._text, self.nesting)]

    @property
    def inlines(self) -> Iterator[Inline]:
        """The paragraphs, headings and table cells."""
        return self.inlines_with(_ANYTHING.search)

    def inlines_with(self, is_wanted: Sign) -> Iterator[Inline]:
        """Those whose text is wanted: to find the place of each costs more."""
        return self._inlines(self._parts.texts, is_wanted)

    def _inlines(self, texts: Sequence[Text], is_wanted: Sign) -> Iterator[Inline]:
        row, behind, passed = -1, 0, 0
        for index, text in enumerate(texts):
            if not is_wanted(text.content):
                continue
            if text.tag not in _CELLS:
                yield Inline(self.source, text.content, self._first_line(text))
                continue
            if text.line != row:
                row, behind, passed = text.line, self._line(text.line + 1).start, index
                while passed and texts[passed - 1].line == row:
                    passed -= 1
            for cell in texts[passed:index]:
                behind = max(behind, Inline(self.source, cell.content, row + 1, behind).whole.end)
            passed = index
            yield Inline(self.source, text.content, self._first_line(text), behind)

    def _first_line(self, text: Text) -> int:
        line = text.line + 1
        if text.content.count("\n") < text.after - line:
            # A line of nothing but exotic blanks begins a paragraph, and is trimmed from it.
            while line < text.after and not self.source.slice(self._line(line)).strip():
                line += 1
        return line

    def _line(self, anchors_of: int) -> Span:
        return self.source.line_span(anchors_of)

    @cached_property
    def headings(self) -> list[Heading]:
        return [
            Heading(
                int(text.tag[1]),
                without_markup(text.content),
                inline.whole,
                inline.first_line,
                text.end,
            )
            for text in self._parts.texts
            if text.tag[0] == "h"
            for inline in [Inline(self.source, text.content, self._first_line(text))]
        ]

    @cached_property
    def sections(self) -> list[Section]:
        found = []
        # Where the nearest heading of each level, or of one above it, begins; from the last up.
        ends = [len(self.source.text)] * 7
        for heading in reversed(self.headings):
            start, end = self._line(heading.end_line).end, ends[heading.level]
            found.append(Section(heading, Span(min(start, end), end)))
            ends[heading.level :] = [self._line(heading.line).start] * (7 - heading.level)
        return found[::-1]

    @property
    def opening(self) -> list[Span]:
        """What stands above the title, and between it and the next heading.

        The title is the first heading of level 1, else the first heading.
        """
        titles = [heading for heading in self.headings if heading.level == 1] or self.headings
        if not titles:
            return [Span(self.start, len(self.source.text))]
        line = titles[0].line
        following = [heading.line for heading in self.headings if heading.line > line]
        end = self._line(following[0]).start if following else len(self.source.text)
        after = min(self._line(titles[0].end_line).end, end)
        return [Span(self.start, self._line(self.headings[0].line).start), Span(after, end)]

    def has_content(self, span: Span) -> bool:
        """Whether anything but comments and rules stands in a span."""
        cuts = [
            at
            for comment in self._comments_from(span.start, span.end)
            if comment.span.end <= span.end
            for at in comment.span
        ]
        bounds = [span.start, *cuts, span.end]
        parts = [self.source.text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True)]
        lines = "".join(parts).splitlines()
        return any(line.strip() and not _RULE.fullmatch(line) for line in lines)

    @cached_property
    def fences(self) -> list[Fence]:
        return [fence_of(self.source, code) for code in self._parts.fences]

    @cached_property
    def fences_in_fences(self) -> list[tuple[Fence, int]]:
        """The first two fences in which another one seems to open, and at which offset."""
        both = (
            (each, _INNER_FENCE.search(self.source.text, *each.content)) for each in self.fences
        )
        return list(islice(((fence, inner.start()) for fence, inner in both if inner), 2))

    @cached_property
    def fences_closed(self) -> bool:
        return all(fence.closed for fence in self.fences)

    @cached_property
    def list_items(self) -> list[Span]:
        return [
            Span(self._line(first + 1).start, self._line(after).end)
            for first, after in list_items(self._text)
        ]

    @cached_property
    def code_spans(self) -> list[CodeSpan]:
        return [
            CodeSpan(inline.content[event.inner.start : event.inner.end], inline.span(event.inner))
            for inline in self.inlines_with(_BACKTICK.search)
            for event in inline.events
            if event.kind == "code" and event.inner
        ]

    @cached_property
    def links(self) -> list[Link]:
        """Every link and image, in order; a reference link stands at its definition."""
        return self.links_with(_LINK_SIGNS.search)

    def links_with(self, is_wanted: Sign) -> list[Link]:
        """Links in the order of the file, those in HTML and definitions among them.

        Of each paragraph, heading or cell that is not wanted, none.
        """
        if _LINK_FILE_SIGNS.search(self.body) is None:
            return []
        links = [*self._inline_links(is_wanted), *self._definitions(), *self._html_links()]
        return sorted(links, key=lambda link: link.span)

    def _inline_links(self, is_wanted: Sign) -> Iterator[Link]:
        kinds: dict[str, LinkKind] = {"link": "inline", "image": "image", "autolink": "autolink"}
        for inline in self._inlines(self._marked_parts.texts, is_wanted):
            for event in inline.events:
                if event.inner and (kind := kinds.get(event.kind)):
                    target = inline.content[event.inner.start : event.inner.end]
                    yield Link(kind, target, inline.span(event.inner), inline.span(event.span))

    def _definitions(self) -> Iterator[Link]:
        for first, after in self._marked_parts.definitions:
            start, end = self._line(first + 1).start, self._line(after).end
            if match := _DEFINITION.search(self.source.text, start, end):
                group = 1 if match[1] is not None else 2
                span = Span(*match.span(group))
                yield Link("reference", match[group], span, Span(start, end))

    def _html_links(self) -> Iterator[Link]:
        for span in self._html(_may_have_target):
            for match in _HTML_TARGET.finditer(self.source.text, *span):
                group = match.lastindex or 0
                where = Span(*match.span(group))
                yield Link("html", match[group], where, where)

    def _html_with(self, is_wanted: Sign) -> list[Span]:
        """Each block of HTML, and each tag or comment in a text that is wanted, in order."""
        blocks = [
            Span(self._line(first + 1).start, self._line(after).end)
            for first, after in self._marked_parts.html
        ]
        tags = [
            inline.span(event.span)
            for inline in self._inlines(self._marked_parts.texts, is_wanted)
            for event in inline.events
            if event.kind == "html"
        ]
        return sorted(blocks + tags)

    def _html(self, is_wanted: Sign) -> list[Span]:
        """The same with the comments cut out."""
        if "<" not in self.body:
            return []
        return list(outside_comments(self.source.text, self._html_with(is_wanted)))

    @cached_property
    def comments(self) -> list[Comment]:
        text = self.source.text
        if "<!--" not in self.body:
            return []
        return [
            Comment(text[span.start + 4 : span.end - 3], span)
            for html in self._html_with(_COMMENT_SIGN.search)
            for span in comments_in(text, html)
        ]

    def _comments_from(self, start: int, end: int) -> list[Comment]:
        """The comments that begin between two offsets."""
        comments, key = self.comments, _comment_start
        return comments[bisect_left(comments, start, key=key) : bisect_left(comments, end, key=key)]

    @cached_property
    def anchors_without_parsing(self) -> set[str]:
        """Those anchors that can be told without parsing: of lines that begin with `#`."""
        headings = _HEADING_LINE.finditer(self.outside_fences or "")
        texts = (_CLOSING_SIGNS.sub("", match[1].rstrip()) for match in headings)
        return anchors_of(without_markup(text) for text in texts)

    @cached_property
    def anchors(self) -> set[str]:
        """What a `#fragment` may name: GitHub's heading slugs, numbered; HTML ids; `{#id}`."""
        slugs = anchors_of(heading.text for heading in self.headings)
        html = self.source.text
        ids = {
            match[1]
            for span in self._html(_may_have_id)
            for match in _HTML_ID.finditer(html, *span)
        }
        given = {
            match[1] for heading in self.headings for match in _GIVEN_ID.finditer(heading.text)
        }
        return slugs | ids | given

    @cached_property
    def sorted_anchors(self) -> list[str]:
        return sorted(self.anchors)


def _may_have_target(text: str) -> bool:
    # To look for the sign first takes a third of the time.
    return "<" in text and _HTML_TARGET_SIGN.search(text) is not None


def _may_have_id(text: str) -> bool:
    return "<" in text and _HTML_ID_SIGN.search(text) is not None


def _comment_start(comment: Comment) -> int:
    return comment.span.start
