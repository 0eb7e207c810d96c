"""Links and code spans of a text in simple Markdown, found with regular expressions.

Of real texts with a link, 98 in 100 are simple, and they take a quarter of markdown-it's time.
`tests/markdown/fast/test_inline.py` compares this with markdown-it.
"""

from collections.abc import Iterator

from skill_lint.lazy_regex import lazy_compile
from skill_lint.markdown.elements import InlineElement, InlineKind
from skill_lint.text.source import Span

_WORDS = r"[^`\[\]<\\]++"
_CODE = r"(?<!`)`[^`]++`(?!`)"
_TASK = r"\[[ xX]\](?![(\[])"
_LINK = rf"\[(?P<label>(?:{_WORDS}|{_CODE})*+)\]\((?P<target>[^\x00-\x20\x7f\s()<>\\`\[\]&]++)\)"
_SIMPLE = lazy_compile(rf"(?:{_WORDS}|{_CODE}|{_TASK}|{_LINK})*+")
_CODE_SPAN = lazy_compile(_CODE)
_EVENT = lazy_compile(rf"(?P<code>{_CODE})|{_LINK}")


def simple_events(text: str) -> list[InlineElement] | None:
    """The inline elements of a text, in order; None if the text is not simple Markdown."""
    return list(_events(text)) if _SIMPLE.fullmatch(text) else None


def _events(text: str) -> Iterator[InlineElement]:
    for match in _EVENT.finditer(text):
        start, end = match.span()
        if match.lastgroup == "code":
            yield InlineElement("code", Span(start, end), Span(start + 1, end - 1))
            continue
        is_image = text.startswith("!", start - 1) if start else False
        kind: InlineKind = "image" if is_image else "link"
        yield InlineElement(kind, Span(start - is_image, end), Span(*match.span("target")))
        # An image's description is text: code spans in it do not count.
        if "`" in match["label"] and not is_image:
            for code in _CODE_SPAN.finditer(text, *match.span("label")):
                first, last = code.span()
                yield InlineElement("code", Span(first, last), Span(first + 1, last - 1))
