"""A link names a heading that does not exist.

Why: the reader lands at the top of the file, and an agent looks for a section that is not there.
Anchors follow GitHub's rules: lower case, punctuation dropped, spaces to hyphens, repeated
headings numbered.

Fix: Correct the part behind `#`, or restore the heading.

Bad:  [setup](#set-up) for `## Setup`
Good: [setup](#setup)
"""

from collections.abc import Iterator
from itertools import count

from skill_lint.markdown.document import Document
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.skill.links import Reference
from skill_lint.text.spelling import MAX_HINTS, MAX_SEEN, nearest


@rule("warning")
def dead_anchor(skill: Skill) -> Iterator[Finding]:
    hints = count()
    for link in skill.links:
        target, wanted = _target(skill, link), link.target.anchor
        # Browsers take `#top` for the top of the page.
        if target is None or wanted in ("", "top"):
            continue
        if wanted in target.anchors_without_parsing or {wanted, wanted.lower()} & target.anchors:
            continue
        # Behind a fence that is never closed, headings are code.
        if target.fences_closed:
            asked = next(hints)
            few = asked < MAX_HINTS and asked * len(target.sorted_anchors) < MAX_SEEN
            guess = nearest(wanted, target.sorted_anchors) if few else None
            hint = f"; did you mean `#{guess}`?" if guess else ""
            message = f"no heading has the anchor `#{wanted}`{hint}"
            yield Finding(message, link.source, link.span)


def _target(skill: Skill, link: Reference) -> Document | None:
    """The file of the skill that a link leads into; None where its headings are not known."""
    if link.target.kind == "anchor":
        return skill.document_of(link.source.name)
    if link.target.kind == "path" and link.found and link.path in skill.references:
        return skill.document_of(link.path)
    return None
