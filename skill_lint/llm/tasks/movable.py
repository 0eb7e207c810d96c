"""The sections of SKILL.md that can move to a file of their own, byte for byte."""

import re
from typing import NamedTuple

from skill_lint.markdown.anchors import anchors_of
from skill_lint.markdown.elements import Heading, Section
from skill_lint.markdown.headings import QUICK_START, mentions, sections_for_use
from skill_lint.skill.link_target import read_target
from skill_lint.skill.skill import Skill
from skill_lint.text.source import Span

MIN_CHARACTERS = 400
"""Size of a section that is worth a file."""
_BOUND = re.compile(r"\]\[|\]:|\[\^|skill-lint")
"""Text that cannot move: reference links, link definitions, footnotes, suppression comments."""
_STAYS = ("overview", "introduction", "purpose", "core principle", "workflow")


class Movable(NamedTuple):
    """A section that can move. `span` is the whole section, with the line of its heading."""

    section: Section
    span: Span


def movable(skill: Skill) -> list[Movable]:
    """The sections of level 2 that can move, in order.

    Three kinds of sections stay: those that say what the skill is or when to use it, those with
    links that would break in another file, and those that links from other sections lead to.
    """
    if not all(fence.closed for fence in skill.document.fences):
        return []
    source = skill.source
    kept = [section.heading for section in sections_for_use(skill.document)]
    kept += [heading for heading in skill.document.headings if mentions(heading, QUICK_START)]

    def is_in(heading: Heading, span: Span) -> bool:
        return span.start <= source.line_starts[heading.line - 1] < span.end

    return [
        Movable(section, span)
        for section in skill.document.sections
        if section.heading.level == 2 and not mentions(section.heading, _STAYS)
        for span in [_whole(skill, section)]
        if span.end - span.start >= MIN_CHARACTERS
        and not any(is_in(heading, span) for heading in kept)
        and _stands_alone(skill, section, span)
    ]


def _whole(skill: Skill, section: Section) -> Span:
    return Span(skill.source.line_starts[section.heading.line - 1], section.span.end)


def _stands_alone(skill: Skill, section: Section, span: Span) -> bool:
    source, document = skill.source, skill.document
    line = source.slice(source.line_span(section.heading.line))
    if not line.startswith("#") or _BOUND.search(source.slice(span)):
        return False
    inner = [
        heading.text
        for heading in document.headings
        if section.heading.line < heading.line and source.line_starts[heading.line - 1] < span.end
    ]
    anchors = anchors_of(inner)
    for link in document.links:
        target = read_target(link.target)
        inside = span.start <= link.span.start < span.end
        if inside and target.kind not in ("external", "placeholder"):
            return False
        if not inside and target.anchor.lower() in anchors:
            return False
    return True
