"""There is no Quick Start section.

Why: the golden standard recommends this section: the shortest way to a first result, before the
details.

Fix: Add a section `## Quick Start` with the smallest useful example.

Bad:
    # PDF forms
    ## Reference
Good:
    # PDF forms
    ## Quick Start
    Run `scripts/fill.py form.pdf`.

Options:
    headings: More headings that count as "Quick Start".
"""

from collections.abc import Iterator

from skill_lint.markdown.headings import QUICK_START, says
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("info", strict="off")
def missing_quick_start(skill: Skill, *, headings: tuple[str, ...] = ()) -> Iterator[Finding]:
    # `v1-sections` checks v1 skills.
    if not skill.is_readable or skill.is_v1:
        return
    names = (*QUICK_START, *headings)
    if not says(skill.document, names):
        yield Finding("there is no Quick Start section", skill.source, skill.body_start)
