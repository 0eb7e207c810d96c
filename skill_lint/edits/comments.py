"""Edits that delete a comment or a word of a list, with the blanks around it."""

from skill_lint.diagnostic import Edit
from skill_lint.text.source import Source, Span


def without_comment(source: Source, comment: Span) -> Edit:
    """The edit that deletes a comment, and its line if nothing else is in it.

    Between two lines of text an empty line is kept, so that they do not become one paragraph.
    """
    first, last = source.position(comment.start)[0], source.position(comment.end)[0]
    line = Span(source.line_span(first).start, source.line_span(last).end)
    before = source.text[line.start : comment.start]
    after = source.text[comment.end : line.end]
    if before.strip() or after.strip():
        return source.edit(_with_blanks(source, comment, line), "")
    is_yaml = source.text.startswith("#", comment.start)
    if not is_yaml and _has_text(source, first - 1) and _has_text(source, last + 1):
        return source.edit(line, "")
    following = source.line_starts[last] if last < len(source.line_starts) else len(source.text)
    return source.edit(Span(line.start, following), "")


def _has_text(source: Source, line: int) -> bool:
    return 1 <= line <= len(source.line_starts) and bool(
        source.slice(source.line_span(line)).strip()
    )


def _with_blanks(source: Source, span: Span, line: Span) -> Span:
    """The span with the blanks before it, or with the blanks after it at the start of a line."""
    before = source.text[line.start : span.start]
    if before.strip():
        return Span(span.start - len(before) + len(before.rstrip(" \t")), span.end)
    after = source.text[span.end : line.end]
    return Span(span.start, span.end + len(after) - len(after.lstrip(" \t")))


def without_word(source: Source, word: Span) -> Edit:
    """The edit that deletes one of several words, and the separator between it and a neighbour."""
    rest = source.text[word.end : source.line_span(source.position(word.end)[0]).end]
    gap = len(rest) - len(rest.lstrip(" \t,"))
    if rest[gap : gap + 1].isalnum():
        return source.edit(Span(word.start, word.end + gap), "")
    start = word.start
    while source.text[start - 1] in " \t,":
        start -= 1
    return source.edit(Span(start, word.end), "")
