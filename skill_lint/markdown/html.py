"""HTML in Markdown: its comments, and the HTML without them."""

from collections.abc import Iterable, Iterator

from skill_lint.text.source import Span


def comments_in(text: str, html: Span) -> Iterator[Span]:
    """The comments that are closed within a span of HTML."""
    end = html.start
    while (start := text.find("<!--", end, html.end)) >= 0:
        close = text.find("-->", start + 4, html.end)
        if close < 0:
            return
        end = close + 3
        yield Span(start, end)


def outside_comments(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Spans of HTML without their comments."""
    for html in spans:
        cuts = [at for comment in comments_in(text, html) for at in comment]
        bounds = [html.start, *cuts, html.end]
        yield from (Span(*pair) for pair in zip(bounds[::2], bounds[1::2], strict=True))
