"""The elements of a Markdown file, each with its span."""

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
    """The last line. For an underlined heading it is the underline."""


class Section(NamedTuple):
    """A heading, and the span of its text, up to the next heading of the same level or above."""

    heading: Heading
    span: Span


class Link(NamedTuple):
    """A link or image. `target` is as written, at `span`; `whole` is the span of all of it."""

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
    """Whether it is in a list or block quote, whose end also closes the fence."""

    @property
    def language(self) -> str:
        return self.info.split(maxsplit=1)[0] if self.info.strip() else ""


class Comment(NamedTuple):
    """An HTML comment; `text` is the text between `<!--` and `-->`."""

    text: str
    span: Span


InlineKind = Literal["link", "image", "autolink", "code", "html"]


class InlineElement(NamedTuple):
    """An inline element. Offsets count from the start of the text that contains it.

    `inner` is a link's written destination without angle brackets, or a code span's content. It is
    None for a reference link, whose destination is in its definition.
    """

    kind: InlineKind
    span: Span
    inner: Span | None

    def moved(self, by: int) -> "InlineElement":
        """The same element, with its offsets moved by `by`."""
        inner = self.inner and Span(self.inner.start + by, self.inner.end + by)
        return InlineElement(self.kind, Span(self.span.start + by, self.span.end + by), inner)
