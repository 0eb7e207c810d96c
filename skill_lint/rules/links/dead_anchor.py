"""A link leads to a heading that does not exist.

Why: the reader lands at the top of the file, and an agent looks for a section that is not there.
Anchors follow GitHub's rules: lower case, no punctuation, hyphens for spaces, numbers for repeated
headings.

Fix: Correct the part after `#`, or restore the heading.

Bad:  [setup](#set-up) for `## Setup`
Good: [setup](#setup)
"""

from collections.abc import Iterator
from itertools import count

from skill_lint.markdown.document import Document
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.skill.link_resolution import Reference
from skill_lint.text.spelling import MAX_HINTS, MAX_SEEN, nearest


@rule("warning")
def dead_anchor(skill: Skill) -> Iterator[Finding]:
    hints = count()
    for link in skill.links:
        target, wanted = _target(skill, link), link.target.anchor
        # In browsers `#top` is the top of the page.
        if target is None or wanted in ("", "top"):
            continue
        if wanted in target.anchors_without_parsing or {wanted, wanted.lower()} & target.anchors:
            continue
        # After a fence that is never closed, headings are code.
        if target.fences_closed:
            number = next(hints)
            may_guess = number < MAX_HINTS and number * len(target.sorted_anchors) < MAX_SEEN
            guess = nearest(wanted, target.sorted_anchors) if may_guess else None
            hint = f"; did you mean `#{guess}`?" if guess else ""
            where = "" if link.target.kind == "anchor" else f" of `{link.path}`"
            message = f"no heading{where} has the anchor `#{wanted}`{hint}"
            yield Finding(message, link.source, link.span, cause=f"{link.path}#{wanted}")


def _target(skill: Skill, link: Reference) -> Document | None:
    """The document that a link leads to; None if its headings are not known."""
    if link.target.kind == "anchor":
        return skill.document_of(link.source.name)
    if link.target.kind == "path" and link.found and link.path in skill.references:
        return skill.document_of(link.path)
    return None
