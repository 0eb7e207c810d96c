"""Comments that suppress findings, such as `<!-- skill-lint: allow broken-link -->`."""

import posixpath
import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from skill_lint.lazy_regex import lazy_compile
from skill_lint.skill.skill import Skill
from skill_lint.text.source import Source, Span
from skill_lint.text.spelling import MAX_HINTS, nearest
from skill_lint.yaml.node import Node

_DIRECTIVE = lazy_compile(r"skill-lint\b:?[ \t]*([\w-]*)([^\r\n]*)")
_YAML_COMMENT = lazy_compile(
    r"(?:^|[ \t])#[ \t]*(skill-lint\b[^\r\n\x85\u2028\u2029]*)", re.MULTILINE
)
_FIRST_NAME = lazy_compile(r"\W*(\w[\w-]*)")
_NEXT_NAME = lazy_compile(r"((?:[ \t,&`]|\band\b)+)(\w[\w-]*)")
_REASON = lazy_compile(r"--|[\u2013\u2014]")
_AROUND_REASON = " \t,:;.`()-"
DIRECTIVES = ("allow", "allow-file", "allow-skill")
"""The words before a rule: for the finding beside the comment, in the file, in the skill."""
MOST_WORDS = 1_000
"""Words of one skill's comments that are compared with the rules; more count as rules."""
_BLANK = lazy_compile(r"\s*")
_MARGIN = lazy_compile(r"[\s>*+-]*(?:\d+[.)]\s*)?")


class Suppression(NamedTuple):
    """One rule that a comment suppresses: in `lines` (1-based), or wherever it counts if None.

    `directive` is the word before the rule, one of `DIRECTIVES`; any other suppresses nothing.
    `comment` is the span of the whole comment. `alone` is true if the directive names no other
    rule, and `only` if the comment has no other directive. `elsewhere` says of a comment that
    suppresses nothing where such a finding is; `is_misplaced` if the comment is meant for it.
    `may_guess`: of a rule that does not exist, the nearest one may be searched for.
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
    elsewhere: str = ""
    is_misplaced: bool = False
    may_guess: bool = True

    @property
    def path(self) -> str:
        """Where it counts: a file, or for `allow-skill` the folder of the skill."""
        file = self.source.path
        return posixpath.dirname(file) or "." if self.directive == "allow-skill" else file


def suppressions(skill: Skill, known: Collection[str]) -> list[Suppression]:
    """Every suppression in the skill's Markdown files. `known` are the names of all rules."""
    rules = _Rules(known)
    return [each for name in skill.files_with_directives for each in _in_file(skill, name, rules)]


class _Rules:
    """The names of all rules, and which other words are meant as one."""

    def __init__(self, known: Collection[str]) -> None:
        self.known, self.compared = known, 0

    def has(self, word: str, *, is_listed: bool) -> bool:
        """Whether a word is meant as a rule: all of these have a hyphen, and few other words have.

        A word that is not `is_listed` must look like a rule that is misspelt.
        """
        if word in self.known or "-" not in word or is_listed:
            return word in self.known or "-" in word
        self.compared += 1
        return self.compared > MOST_WORDS or nearest(word, self.known) is not None


def _in_file(skill: Skill, name: str, known: _Rules) -> Iterator[Suppression]:
    source = skill.read(name)
    block = skill.frontmatter.block if name == skill.source.name else None
    if block:
        entries = skill.frontmatter.entries
        spoken = _without_yaml_comments(source)
        texts = sorted(node.span for entry in entries for node in _texts(entry.node))
        for match in _YAML_COMMENT.finditer(source.text, *block.content):
            # A number sign inside a value does not begin a comment.
            before = bisect_right(texts, match.start(1), key=lambda text: text.start)
            if not before or match.start(1) >= texts[before - 1].end:
                whole = Span(source.text.index("#", match.start()), match.end())
                yield from _read(source, Span(*match.span(1)), whole, spoken, known)
    for comment in skill.document_of(name).comments:
        if comment.text.lstrip(" \t\r\n>").startswith("skill-lint"):
            yield from _read(source, comment.span, comment.span, source.spoken_lines, known)


def _texts(node: Node | None) -> Iterator[Node]:
    return (each for each in node.walk() if each.kind == "scalar") if node else iter(())


def _read(
    source: Source, span: Span, comment: Span, spoken: Sequence[int], known: _Rules
) -> Iterator[Suppression]:
    """The suppressions of one comment. Each of its lines may be a directive."""
    matches = list(_DIRECTIVE.finditer(source.text, *span))
    only = len(matches) == 1
    around = _lines(source, comment, spoken)
    for match in matches:
        directive = match[1]
        spans, why = _names(match[2].partition("-->")[0], known)
        lines = around if directive == "allow" else None
        for each in spans if directive in DIRECTIVES else ():
            word = Span(match.start(2) + each.start, match.start(2) + each.end)
            yield Suppression(
                source.slice(word), source, word, comment, lines, directive, why,
                len(spans) == 1, only,
            )  # fmt: skip
        if not spans or directive not in DIRECTIVES:
            yield Suppression("", source, Span(*match.span(1)), comment, lines, directive)


def _names(text: str, known: _Rules) -> tuple[list[Span], str]:
    """The spans of the rules that a directive names, and the reason behind them.

    The first word is a name. People write the reason behind the names with `--` or without, so
    that another word is a name only if it is one, or looks like one that is misspelt.
    """
    listed, dashes, reason = text, "", ""
    if mark := _REASON.search(text):
        listed, dashes, reason = text[: mark.start()], mark[0], text[mark.end() :]
    first = _FIRST_NAME.match(listed)
    if first is None:
        return [], reason.strip()
    spans, end = [Span(*first.span(1))], first.end()
    while match := _NEXT_NAME.match(listed, end):
        # To compare many words with all names is slow, and nobody misspells that many.
        is_listed = "," in match[1] or bool(dashes) or len(spans) > MAX_HINTS
        if not known.has(match[2], is_listed=is_listed):
            break
        spans.append(Span(*match.span(2)))
        end = match.end()
    more = listed[end:].strip(_AROUND_REASON)
    return spans, f"{more} {dashes} {reason.strip()}" if more and dashes else more or reason.strip()


def _lines(source: Source, comment: Span, spoken: Sequence[int]) -> frozenset[int]:
    """The lines that a comment applies to: its first and its last.

    If no other text stands in these lines, the next line of text as well, the next of `spoken`.
    """
    first, last = source.position(comment.start)[0], source.position(comment.end)[0]
    own = frozenset((first, last))
    before = _MARGIN.fullmatch(source.text, source.line_span(first).start, comment.start)
    after = _BLANK.fullmatch(source.text, comment.end, source.line_span(last).end)
    if before is None or after is None:
        return own
    # Several comments may stand above the line that they apply to.
    at = bisect_right(spoken, last)
    return own | {spoken[at] if at < len(spoken) else len(source.line_starts) + 1}


def _without_yaml_comments(source: Source) -> list[int]:
    """The lines of text in a file that are no YAML comment."""
    return [
        line
        for line in source.spoken_lines
        if not source.slice(source.line_span(line)).lstrip(" \t").startswith("#")
    ]
