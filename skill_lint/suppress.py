"""Comments that allow a finding: `<!-- skill-lint: allow broken-link -->` and its kin."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from skill_lint.skill.skill import Skill
from skill_lint.skill.source import Source, Span
from skill_lint.skill.yaml_nodes import Node

_DIRECTIVE = re.compile(r"skill-lint:\s*(allow-file|allow)\b([^\r\n]*)")
_YAML_COMMENT = re.compile(r"(?:^|[ \t])#[ \t]*(skill-lint:[^\r\n]*)", re.MULTILINE)
_RULE = re.compile(r"[\w-]+")
_REASON = re.compile(r"--|[\u2013\u2014]")


@dataclass(frozen=True)
class Suppression:
    """One rule that a comment allows: in `lines` (1-based), or in the whole file if None."""

    rule: str
    source: Source
    span: Span
    lines: frozenset[int] | None

    def covers(self, rule: str, path: str, line: int) -> bool:
        if rule != self.rule or path != self.source.path:
            return False
        return self.lines is None or line in self.lines


def suppressions(skill: Skill) -> list[Suppression]:
    """Every suppression in the skill's Markdown files."""
    return [each for name in skill.markdown_files for each in _in_file(skill, name)]


def _in_file(skill: Skill, name: str) -> Iterator[Suppression]:
    source = skill.read(name)
    if "skill-lint:" not in source.text:
        return
    block = skill.frontmatter.block if name == skill.source.name else None
    if block:
        texts = [node.span for entry in skill.frontmatter.entries for node in _texts(entry.node)]
        for match in _YAML_COMMENT.finditer(source.text, *block.content):
            # A number sign inside a value is text.
            if not any(start <= match.start(1) < end for start, end in texts):
                yield from _read(source, Span(*match.span(1)))
    for comment in skill.document_of(name).comments:
        yield from _read(source, comment.span)


def _texts(node: Node | None) -> Iterator[Node]:
    return (each for each in node.walk() if each.kind == "scalar") if node else iter(())


def _read(source: Source, span: Span) -> Iterator[Suppression]:
    for directive in _DIRECTIVE.finditer(source.text, *span):
        names = _REASON.split(directive[2])[0]
        lines = None if directive[1] == "allow-file" else _lines(source, span)
        for word in _RULE.finditer(names):
            start = directive.start(2) + word.start()
            yield Suppression(word[0], source, Span(start, start + len(word[0])), lines)


def _lines(source: Source, span: Span) -> frozenset[int]:
    """The lines of the comment, and the next one that is not blank."""
    first, last = source.position(span.start)[0], source.position(span.end)[0]
    following = last + 1
    while following <= len(source.line_starts):
        if source.slice(source.line_span(following)).strip():
            break
        following += 1
    return frozenset({*range(first, last + 1), following})
