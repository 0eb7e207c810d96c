"""The parts of a Markdown file, each with its span."""

from typing import Literal, NamedTuple

from skill_lint.text.source import Span

LinkKind = Literal["inline", "image", "autolink", "reference", "html"]


class Heading(NamedTuple):
    level: int
    text: str
    """Without markup: `## The **best** [way](x)` is "The best way"."""
    span: Span
    line: int
    end_line: int
    """The last line: of a heading that is underlined, the underline."""


class Section(NamedTuple):
    """A heading and what stands below it, up to the next heading of its level or above."""

    heading: Heading
    span: Span


class Link(NamedTuple):
    """One link or image. `target` is as written and stands at `span`; `whole` is all of it."""

    kind: LinkKind
    target: str
    span: Span
    whole: Span


class CodeSpan(NamedTuple):
    text: str
    span: Span


class Fence(NamedTuple):
    """A fenced code block. `span` is all of it, `opening` its first line, `content` the code."""

    info: str
    span: Span
    opening: Span
    content: Span
    closed: bool
    in_container: bool
    """Whether it stands in a list or a quotation, whose end closes it."""

    @property
    def language(self) -> str:
        return self.info.split(maxsplit=1)[0] if self.info.strip() else ""


class Comment(NamedTuple):
    """An HTML comment; `text` is what stands between its marks."""

    text: str
    span: Span


InlineKind = Literal["link", "image", "autolink", "code", "html"]


class InlineElement(NamedTuple):
    """One inline construct. Offsets count from the start of the text it stands in.

    `inner` is a link's written destination, without angle brackets, or a code span's content;
    None for a link by reference, whose destination stands at its definition.
    """

    kind: InlineKind
    span: Span
    inner: Span | None

    def moved(self, by: int) -> "InlineElement":
        """The same construct in a text that has more in front of it."""
        inner = self.inner and Span(self.inner.start + by, self.inner.end + by)
        return InlineElement(self.kind, Span(self.span.start + by, self.span.end + by), inner)
