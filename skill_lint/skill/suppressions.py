"""Comments that allow a finding: `<!-- skill-lint: allow broken-link -->` and its kin."""

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
    """One rule that a comment allows: in `lines` (1-based), or in the whole file if None.

    `directive` is the word before it: `allow` or `allow-file`; anything else allows nothing.
    `comment` is where the whole comment stands; `alone`, whether its directive names this rule
    only, and `only`, whether the comment has no other directive.
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
            # A number sign inside a value is text.
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
    """The suppressions of one comment, each line of which may be a directive."""
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
    """The lines on which the comment begins and ends; what is between them is the comment's.

    If it has them to itself, the next line that is not blank too.
    """
    first, last = source.position(comment.start)[0], source.position(comment.end)[0]
    own = frozenset((first, last))
    before = _MARGIN.fullmatch(source.text, source.line_span(first).start, comment.start)
    after = _BLANK.fullmatch(source.text, comment.end, source.line_span(last).end)
    if before is None or after is None:
        return own
    # Comments may be stacked above the line that they are about.
    spoken = source.spoken_lines
    at = bisect_right(spoken, last)
    return own | {spoken[at] if at < len(spoken) else len(source.line_starts) + 1}
