"""The body of a Markdown file: headings, sections, links, fences, lists, each with its span."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from skill_lint.limits import DEFAULT
from skill_lint.skill.blocks import CodeSpan, Comment, Fence, Heading, Link, LinkKind, Section
from skill_lint.skill.slug import number, plain_text
from skill_lint.skill.source import Source, Span

if TYPE_CHECKING:
    from skill_lint.skill.block_parser import Token
    from skill_lint.skill.inline import Inline

_LINK_SIGNS = re.compile(r"\]\(|<")
_LINK_FILE_SIGNS = re.compile(r"\]\(|\]:|<|skill-lint:")
_HTML_TARGET = re.compile(
    r"""\b(?:href|src)\s*=\s*(?:"([^"{}]*)"|'([^'{}]*)'|([^\s"'<>{}=`]+))""", re.IGNORECASE
)
_HTML_ID = re.compile(r"""\b(?:id|name)\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_GIVEN_ID = re.compile(r"\{#([\w-]+)\}")
_RULE = re.compile(r"\s*(?:[-=_*]\s*){3,}")
_FENCE_LINE = re.compile(r"^([ \t]*)(`{3,}|~{3,})([^`\r\n]*)\r?$", re.MULTILINE)
_HEADING_LINE = re.compile(r"^ {0,3}#{1,6}[ \t]+([^\r\n]*)", re.MULTILINE)
_CLOSING_SIGNS = re.compile(r"[ \t]#+$")
_INNER_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})\w", re.MULTILINE)
_ANY_FENCE = re.compile(r"`{3}|~{3}")
_DEFINITION = re.compile(r"\]:\s*(?:<([^>\n]*)>|(\S+))")


_MARKERS = re.compile(r"^[ \t>*+\d.)-]+", re.MULTILINE)
_CONTAINERS = ("blockquote_open", "list_item_open")


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
        body, end, rest = self.body, 0, []
        lines = list(_FENCE_LINE.finditer(body))
        for opening, closing in zip(lines[::2], lines[1::2], strict=False):
            code = body[opening.end() : closing.start()]
            if not _plainly_closes(opening, closing, code):
                return None
            rest.append(body[end : opening.start()])
            end = closing.end()
        rest.append(body[end:])
        text = "".join(rest)
        return None if _ANY_FENCE.search(text) else text

    @cached_property
    def _parsed(self) -> tuple[list["Token"], dict[str, Any]]:
        # Late, for it costs more than reading a small skill.
        from skill_lint.skill.block_parser import parse_blocks
        from skill_lint.skill.inline import parser

        text = self.source.text
        # Blanks for the frontmatter, and line ends of one length, keep every offset true.
        blank = re.sub(r"[^\r\n]", " ", text[: self.start])
        normal = (blank + self.body).replace("\r\n", " \n").replace("\r", "\n")
        env: dict[str, Any] = {}
        return parse_blocks(parser(self.nesting), normal.replace("\0", "\ufffd"), env), env

    @cached_property
    def outline(self) -> list[tuple[str, int, bool]]:
        """The blocks in order, HTML left out: kind, depth, and whether a list is a tight one."""
        blocks = self._parsed[0]
        return [
            (each.type, each.level, each.hidden) for each in blocks if each.type != "html_block"
        ]

    @property
    def too_deep(self) -> list[Span]:
        """The first lines of blocks that are not read, for they are nested beyond the limit."""
        # Each level takes a column at least; few lines have so many, and the others cost no parse.
        columns = (len(match[0].expandtabs(4)) for match in _MARKERS.finditer(self.body))
        if max(columns, default=0) < self.nesting - 1:
            return []
        return [
            self._line(token.map[0] + 1)
            for token in self._parsed[0]
            if token.type in _CONTAINERS and token.map and token.level + 1 >= self.nesting
        ]

    @cached_property
    def inlines(self) -> list["Inline"]:
        """The paragraphs, headings and table cells."""
        from skill_lint.skill.inline import Inline

        inlines: list[Inline] = []
        for before, token in pairwise(self._parsed[0]):
            if token.type == "inline" and token.map:
                line, behind = token.map[0] + 1, None
                # A line of nothing but exotic blanks begins a paragraph, and is trimmed from it.
                while line < token.map[1] and not self.source.slice(self._line(line)).strip():
                    line += 1
                if before.type in ("th_open", "td_open"):
                    behind = self._line(line).start
                    if inlines and inlines[-1].first_line == line:
                        behind = max(behind, inlines[-1].whole.end)
                inlines.append(Inline(self.source, token.content, line, behind))
        return inlines

    def _line(self, number: int) -> Span:
        return self.source.line_span(number)

    @cached_property
    def headings(self) -> list[Heading]:
        found, texts = [], iter(self.inlines)
        for before, token in pairwise(self._parsed[0]):
            if token.type == "inline" and token.map:
                inline = next(texts)
                if before.type == "heading_open" and before.map:
                    level, last = int(before.tag[1]), before.map[1]
                    text = plain_text(inline.content)
                    found.append(Heading(level, text, inline.whole, inline.first_line, last))
        return found

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
        return [
            self._fence(token, *token.map)
            for token in self._parsed[0]
            if token.type == "fence" and token.map
        ]

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

    def _fence(self, token: "Token", first: int, after: int) -> Fence:
        opening = self._line(first + 1)
        mark = self.source.text.index(token.markup, opening.start)
        last = self._line(after)
        # Within a list or quotation, how far the closing line is indented is the parser's affair.
        margin = r"[>\s]*" if token.level else " {0,3}"
        closing = re.compile(rf"{margin}{re.escape(token.markup)}{token.markup[0]}*\s*")
        closed = after > first + 1 and closing.fullmatch(self.source.slice(last)) is not None
        start = self._line(first + 2).start if after > first + 1 else opening.end
        end = last.start if closed else last.end
        span = Span(mark, last.end)
        content = Span(start, max(start, end))
        info, first_line = token.info.strip(), Span(mark, opening.end)
        return Fence(info, span, first_line, content, closed, token.level > 0)

    @cached_property
    def list_items(self) -> list[Span]:
        return [
            Span(self._line(token.map[0] + 1).start, self._line(token.map[1]).end)
            for token in self._parsed[0]
            if token.type == "list_item_open" and token.map
        ]

    @cached_property
    def code_spans(self) -> list[CodeSpan]:
        return [
            CodeSpan(inline.content[event.inner.start : event.inner.end], inline.span(event.inner))
            for inline in self.inlines
            if "`" in inline.content
            for event in inline.events
            if event.kind == "code" and event.inner
        ]

    @cached_property
    def links(self) -> list[Link]:
        """Every link and image, in order; a reference link stands at its definition."""
        if _LINK_FILE_SIGNS.search(self.body) is None:
            return []
        links = [*self._inline_links(), *self._definitions(), *self._html_links()]
        return sorted(links, key=lambda link: link.span)

    def _inline_links(self) -> Iterator[Link]:
        kinds: dict[str, LinkKind] = {"link": "inline", "image": "image", "autolink": "autolink"}
        for inline in self.inlines:
            if _LINK_SIGNS.search(inline.content) is None:
                continue
            for event in inline.events:
                if event.inner and (kind := kinds.get(event.kind)):
                    target = inline.content[event.inner.start : event.inner.end]
                    yield Link(kind, target, inline.span(event.inner), inline.span(event.span))

    def _definitions(self) -> Iterator[Link]:
        env = self._parsed[1]
        known = [*env.get("references", {}).values(), *env.get("duplicate_refs", ())]
        for first, after in (definition["map"] for definition in known):
            start, end = self._line(first + 1).start, self._line(after).end
            if match := _DEFINITION.search(self.source.text, start, end):
                group = 1 if match[1] is not None else 2
                span = Span(*match.span(group))
                yield Link("reference", match[group], span, Span(start, end))

    def _html_links(self) -> Iterator[Link]:
        for span in self._html:
            for match in _HTML_TARGET.finditer(self.source.text, *span):
                group = match.lastindex or 0
                where = Span(*match.span(group))
                yield Link("html", match[group], where, where)

    @cached_property
    def _html_and_comments(self) -> list[Span]:
        if "<" not in self.body:
            return []
        blocks = [
            Span(self._line(token.map[0] + 1).start, self._line(token.map[1]).end)
            for token in self._parsed[0]
            if token.type == "html_block" and token.map
        ]
        tags = [
            inline.span(event.span)
            for inline in self.inlines
            if "<" in inline.content
            for event in inline.events
            if event.kind == "html"
        ]
        return sorted(blocks + tags)

    @cached_property
    def comments(self) -> list[Comment]:
        text = self.source.text
        return [
            Comment(text[span.start + 4 : span.end - 3], span)
            for html in self._html_and_comments
            for span in _comments(text, html)
        ]

    def _comments_from(self, start: int, end: int) -> list[Comment]:
        """The comments that begin between two offsets."""
        comments, key = self.comments, _comment_start
        return comments[bisect_left(comments, start, key=key) : bisect_left(comments, end, key=key)]

    @cached_property
    def _html(self) -> list[Span]:
        """Spans of HTML with the comments cut out."""
        parts = []
        for html in self._html_and_comments:
            cuts = [at for comment in _comments(self.source.text, html) for at in comment]
            bounds = [html.start, *cuts, html.end]
            parts += [Span(*pair) for pair in zip(bounds[::2], bounds[1::2], strict=True)]
        return parts

    @cached_property
    def plain_anchors(self) -> set[str]:
        """Those anchors that can be told without parsing: of lines that begin with `#`."""
        headings = _HEADING_LINE.finditer(self.outside_fences or "")
        texts = (_CLOSING_SIGNS.sub("", match[1].rstrip()) for match in headings)
        return number(plain_text(text) for text in texts)

    @cached_property
    def anchors(self) -> set[str]:
        """What a `#fragment` may name: GitHub's heading slugs, numbered; HTML ids; `{#id}`."""
        slugs = number(heading.text for heading in self.headings)
        html = self.source.text
        ids = {match[1] for span in self._html for match in _HTML_ID.finditer(html, *span)}
        given = {
            match[1] for heading in self.headings for match in _GIVEN_ID.finditer(heading.text)
        }
        return slugs | ids | given

    @cached_property
    def sorted_anchors(self) -> list[str]:
        return sorted(self.anchors)


def _comment_start(comment: Comment) -> int:
    return comment.span.start


def _plainly_closes(opening: re.Match[str], closing: re.Match[str], code: str) -> bool:
    """Whether two lines are a fence, its code not outdented so that it would end a list."""
    indent = opening[1]
    if (indent, opening[2]) != (closing[1], closing[2]) or closing[3].strip():
        return False
    return not indent or all(line.startswith(indent) for line in code.splitlines() if line.strip())


def _comments(text: str, html: Span) -> Iterator[Span]:
    end = html.start
    while (start := text.find("<!--", end, html.end)) >= 0:
        close = text.find("-->", start + 4, html.end)
        if close < 0:
            return
        end = close + 3
        yield Span(start, end)
