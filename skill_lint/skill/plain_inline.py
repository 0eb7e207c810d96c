"""Links and code spans of a text as most people write them; of any other text, None.

Of real texts with a link 98 in 100 are plain, and those take a quarter of markdown-it's time.
`tests/test_plain_inline.py` compares this with markdown-it.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from skill_lint.pattern import late
from skill_lint.skill.source import Span

EventKind = Literal["link", "image", "autolink", "code", "html"]


class Event(NamedTuple):
    """One inline construct. Offsets count from the start of the text it stands in.

    `inner` is a link's written destination, without angle brackets, or a code span's content;
    None for a link by reference, whose destination stands at its definition.
    """

    kind: EventKind
    span: Span
    inner: Span | None

    def moved(self, by: int) -> "Event":
        """The same construct in a text that has more in front of it."""
        inner = self.inner and Span(self.inner.start + by, self.inner.end + by)
        return Event(self.kind, Span(self.span.start + by, self.span.end + by), inner)


_WORDS = r"[^`\[\]<\\]++"
_CODE = r"(?<!`)`[^`]++`(?!`)"
_TASK = r"\[[ xX]\](?![(\[])"
_LINK = rf"\[(?P<label>(?:{_WORDS}|{_CODE})*+)\]\((?P<target>[^\x00-\x20\x7f\s()<>\\`\[\]&]++)\)"
_PLAIN = late(rf"(?:{_WORDS}|{_CODE}|{_TASK}|{_LINK})*+")
_EVENT = late(rf"(?P<code>{_CODE})|{_LINK}")


def plain_events(text: str) -> list[Event] | None:
    """The constructs of a text, in order; None where only markdown-it can tell."""
    return list(_events(text)) if _PLAIN.fullmatch(text) else None


def _events(text: str) -> Iterator[Event]:
    for match in _EVENT.finditer(text):
        start, end = match.span()
        if match["code"]:
            yield Event("code", Span(start, end), Span(start + 1, end - 1))
            continue
        is_image = text.startswith("!", start - 1) if start else False
        kind: EventKind = "image" if is_image else "link"
        yield Event(kind, Span(start - is_image, end), Span(*match.span("target")))
        # What stands in an image's description is text.
        for code in () if is_image else re.finditer(_CODE, match["label"]):
            first, last = (match.start("label") + at for at in code.span())
            yield Event("code", Span(first, last), Span(first + 1, last - 1))
