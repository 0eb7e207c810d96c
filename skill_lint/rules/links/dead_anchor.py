"""A link names a heading that does not exist.

Why: the reader lands at the top of the file, and an agent looks for a section that is not there.
Anchors follow GitHub's rules: lower case, punctuation dropped, spaces to hyphens, repeated
headings numbered.

Fix: Correct the part behind `#`, or restore the heading.

Bad:  [setup](#set-up) for `## Setup`
Good: [setup](#setup)
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.skill.references import Reference
from skill_lint.spelling import nearest


@rule("warning")
def dead_anchor(skill: Skill) -> Iterator[Finding]:
    for name in skill.guidance_files:
        for link in skill.references[name].links:
            anchors = _anchors(skill, name, link)
            wanted = link.target.anchor
            # Browsers take `#top` for the top of the page.
            if anchors is None or {wanted, wanted.lower()} & {*anchors, "", "top"}:
                continue
            guess = nearest(wanted, sorted(anchors))
            hint = f"; did you mean `#{guess}`?" if guess else ""
            message = f"no heading has the anchor `#{wanted}`{hint}"
            yield Finding(message, link.source, link.span)


def _anchors(skill: Skill, name: str, link: Reference) -> set[str] | None:
    """The anchors of the file that a link leads to; None where they are not known."""
    if link.target.kind == "anchor":
        return skill.document_of(name).anchors
    if link.target.kind == "path" and link.found and link.path in skill.markdown_files:
        return skill.document_of(link.path).anchors
    return None
