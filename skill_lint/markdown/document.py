"""A Markdown file: its headings, sections, fences, lists and links, each with its span."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Set
from functools import cached_property
from itertools import islice

from skill_lint.lazy_regex import lazy_compile
from skill_lint.limits import DEFAULT
from skill_lint.markdown.elements import CodeSpan, Comment, Fence, Heading, Link, Section
from skill_lint.markdown.fences import fence_of
from skill_lint.markdown.inline_text import Inline
from skill_lint.markdown.links import Links
from skill_lint.markdown.outline import CELLS
from skill_lint.markdown.parsed_text import ParsedText, TextFilter
from skill_lint.markdown.structure import cut_off, list_items, may_be_cut_off, same_structure
from skill_lint.text.source import Source, Span

_ANYTHING = lazy_compile("")
_RULE = re.compile(r"\s*(?:[-=_*]\s*){3,}")
_INNER_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})\w", re.MULTILINE)


class Document:
    """The Markdown of `source` from offset `start` on. Each view is computed on first use.

    `start` is behind the frontmatter. Blocks nested deeper than `nesting` are not read.
    """

    def __init__(
        self, source: Source, start: int = 0, nesting: int = DEFAULT.markdown_nesting
    ) -> None:
        self.source, self.start, self.nesting = source, start, nesting
        self._parsed = ParsedText(source, start, nesting)
        self._links = Links(self._parsed)

    @property
    def body(self) -> str:
        """The text below the frontmatter."""
        return self._parsed.body

    @property
    def outside_fences(self) -> str | None:
        """The body without its fenced code, or None if only a parse can tell where it is."""
        return self._parsed.outside_fences

    def has_structure_of(self, other: "Document") -> bool:
        """Whether the blocks have the same kind, depth and order, HTML excluded."""
        one, two = self._parsed, other._parsed
        return same_structure((one.text, one.outline), (two.text, two.outline))

    @property
    def table_rows(self) -> int:
        """The number of rows in all tables together, headers included."""
        return len({text.line for text in self._parsed.outline.texts if text.tag in CELLS})

    @property
    def too_deep(self) -> list[Span]:
        """The first lines of the blocks that are not read because their nesting is too deep."""
        if not may_be_cut_off(self.body, self.nesting):
            return []
        return [self._line(line + 1) for line in cut_off(self._parsed.text, self.nesting)]

    @property
    def inlines(self) -> Iterator[Inline]:
        """The paragraphs, headings and table cells."""
        return self.inlines_with(_ANYTHING.search)

    def inlines_with(self, is_wanted: TextFilter) -> Iterator[Inline]:
        """The paragraphs, headings and table cells with a wanted text.

        Filtering by content first is cheaper, because locating a text in the file is slow.
        """
        return self._parsed.inlines(self._parsed.outline.texts, is_wanted)

    def _line(self, number: int) -> Span:
        return self.source.line_span(number)

    @cached_property
    def headings(self) -> list[Heading]:
        return [
            Heading(int(text.tag[1]), visible, inline.whole, inline.first_line, text.end)
            for text, visible in self._parsed.headings
            for inline in [Inline(self.source, text.content, self._parsed.first_line(text))]
        ]

    @cached_property
    def sections(self) -> list[Section]:
        found = []
        # For each level, the start of the next heading of that level or above, or the file's end.
        ends = [len(self.source.text)] * 7
        for heading in reversed(self.headings):
            start, end = self._line(heading.end_line).end, ends[heading.level]
            found.append(Section(heading, Span(min(start, end), end)))
            ends[heading.level :] = [self._line(heading.line).start] * (7 - heading.level)
        return found[::-1]

    @cached_property
    def section_by_title(self) -> Mapping[str, Section]:
        """The first section of each title, by the title in lower case."""
        return {each.heading.text.strip().lower(): each for each in reversed(self.sections)}

    @property
    def opening(self) -> list[Span]:
        """The text above the first heading, and the text between the title and the next heading.

        The title is the first heading of level 1, or the first heading if there is none.
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
        """Whether a span contains anything except comments and horizontal rules."""
        cuts = [
            at
            for comment in self._links.comments_between(span.start, span.end)
            if comment.span.end <= span.end
            for at in comment.span
        ]
        bounds = [span.start, *cuts, span.end]
        parts = [self.source.text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True)]
        lines = "".join(parts).splitlines()
        return any(line.strip() and not _RULE.fullmatch(line) for line in lines)

    @cached_property
    def fences(self) -> list[Fence]:
        return [fence_of(self.source, code) for code in self._parsed.outline.fences]

    @cached_property
    def fences_in_fences(self) -> list[tuple[Fence, int]]:
        """The first two fences that seem to contain another one, with the inner one's offset."""
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
            for first, after in list_items(self._parsed.text)
        ]

    def items_below(self, heading: Heading) -> Set[str]:
        """The first lines, without markers, of the list items between a heading and the next."""
        return self._items.get(heading.line, frozenset())

    @cached_property
    def _items(self) -> Mapping[int, Set[str]]:
        starts = [self._line(each.line).start for each in self.headings]
        found: dict[int, set[str]] = {}
        for item in self.list_items:
            above = bisect_right(starts, item.start) - 1
            if above < 0:
                continue
            heading = self.headings[above]
            if item.start >= self._line(heading.end_line).end:
                line = self.source.slice(self._line(self.source.position(item.start)[0]))
                first = next(iter(line.strip().splitlines()), "")
                text = first.strip().lstrip("-*+ ").strip("` ")
                found.setdefault(heading.line, set()).add(text)
        return found

    @property
    def links(self) -> list[Link]:
        """Every link and image, in order; a reference link stands at its definition."""
        return self._links.links

    def links_with(self, is_wanted: TextFilter) -> list[Link]:
        """The links in the wanted texts, and all links in definitions and HTML, in order."""
        return self._links.links_with(is_wanted)

    @property
    def code_spans(self) -> list[CodeSpan]:
        return self._links.code_spans

    @property
    def comments(self) -> list[Comment]:
        return self._links.comments

    @property
    def anchors_without_parsing(self) -> set[str]:
        """The anchors of headings that begin with `#`, where no parse is needed to find them."""
        return self._links.anchors_without_parsing

    @property
    def anchors(self) -> set[str]:
        """All names for a `#fragment`: GitHub's numbered heading slugs, HTML ids, and `{#id}`."""
        return self._links.anchors

    @property
    def sorted_anchors(self) -> list[str]:
        return self._links.sorted_anchors
