"""Comments that suppress findings, such as `<!-- skill-lint: allow broken-link -->`."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from skill_lint.lazy_regex import lazy_compile
from skill_lint.skill.skill import Skill
from skill_lint.text.source import Source, Span
from skill_lint.yaml.node import Node

_DIRECTIVE = lazy_compile(r"skill-lint\b:?[ \t]*([\w-]*)([^\r\n]*)")
_YAML_COMMENT = lazy_compile(
    r"(?:^|[ \t])#[ \t]*(skill-lint\b[^\r\n\x85\u2028\u2029]*)", re.MULTILINE
)
_RULE = lazy_compile(r"[\w-]+")
_REASON = lazy_compile(r"--|[\u2013\u2014]")
_BLANK = lazy_compile(r"\s*")
_MARGIN = lazy_compile(r"[\s>*+-]*(?:\d+[.)]\s*)?")


class Suppression(NamedTuple):
    """One rule that a comment suppresses: in `lines` (1-based), or in the whole file if None.

    `directive` is the word before the rule: `allow` or `allow-file`; any other suppresses nothing.
    `comment` is the span of the whole comment. `alone` is true if the directive names no other
    rule, and `only` if the comment has no other directive.
    """

    rule: str
    source: Source
    span: Span
    comment: Span
    lines: frozenset[int] | None
    directive: str = "allow"
    reason: str = ""
    alone: bool = True
    only: bool = True

    @property
    def path(self) -> str:
        return self.source.path


def suppressions(skill: Skill) -> list[Suppression]:
    """Every suppression in the skill's Markdown files."""
    return [each for name in skill.files_with_directives for each in _in_file(skill, name)]


def _in_file(skill: Skill, name: str) -> Iterator[Suppression]:
    source = skill.read(name)
    block = skill.frontmatter.block if name == skill.source.name else None
    if block:
        entries = skill.frontmatter.entries
        texts = sorted(node.span for entry in entries for node in _texts(entry.node))
        for match in _YAML_COMMENT.finditer(source.text, *block.content):
            # A number sign inside a value does not begin a comment.
            before = bisect_right(texts, match.start(1), key=lambda text: text.start)
            if not before or match.start(1) >= texts[before - 1].end:
                whole = Span(source.text.index("#", match.start()), match.end())
                yield from _read(source, Span(*match.span(1)), whole)
    for comment in skill.document_of(name).comments:
        if comment.text.lstrip(" \t\r\n>").startswith("skill-lint"):
            yield from _read(source, comment.span, comment.span)


def _texts(node: Node | None) -> Iterator[Node]:
    return (each for each in node.walk() if each.kind == "scalar") if node else iter(())


def _read(source: Source, span: Span, comment: Span) -> Iterator[Suppression]:
    """The suppressions of one comment. Each of its lines may be a directive."""
    matches = list(_DIRECTIVE.finditer(source.text, *span))
    only = len(matches) == 1
    around = _lines(source, comment)
    for match in matches:
        directive = match[1]
        names, *reason = _REASON.split(match[2].partition("-->")[0], maxsplit=1)
        why = "".join(reason).strip()
        lines = None if directive == "allow-file" else around
        words = list(_RULE.finditer(names)) if directive in ("allow", "allow-file") else []
        for word in words:
            start = match.start(2) + word.start()
            span_of_word = Span(start, start + len(word[0]))
            alone = len(words) == 1
            yield Suppression(
                word[0], source, span_of_word, comment, lines, directive, why, alone, only
            )
        if not words:
            yield Suppression("", source, Span(*match.span(1)), comment, lines, directive)


def _lines(source: Source, comment: Span) -> frozenset[int]:
    """The lines that a comment applies to: its first and its last.

    If no other text stands in these lines, the next line of text as well.
    """
    first, last = source.position(comment.start)[0], source.position(comment.end)[0]
    own = frozenset((first, last))
    before = _MARGIN.fullmatch(source.text, source.line_span(first).start, comment.start)
    after = _BLANK.fullmatch(source.text, comment.end, source.line_span(last).end)
    if before is None or after is None:
        return own
    # Several comments may stand above the line that they apply to.
    spoken = source.spoken_lines
    at = bisect_right(spoken, last)
    return own | {spoken[at] if at < len(spoken) else len(source.line_starts) + 1}
