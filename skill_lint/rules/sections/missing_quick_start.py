"""There is no Quick Start section.

Why: the golden standard recommends one: the shortest way to a first result, before the details.

Fix: Add a section `## Quick Start` with the smallest useful example.

Bad:
    # PDF forms
    ## Reference
Good:
    # PDF forms
    ## Quick Start
    Run `scripts/fill.py form.pdf`.
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.skill.headings import mentions


@rule("info")
def missing_quick_start(skill: Skill, *, headings: tuple[str, ...] = ()) -> Iterator[Finding]:
    if not skill.is_readable:
        return
    names = (
        "quick start", "quickstart", "quick examples", "quick example", "getting started",
        "快速开始", "快速開始", "快速入门", "快速上手", "クイックスタート", "빠른 시작",
    )  # fmt: skip
    if not any(mentions(heading, (*names, *headings)) for heading in skill.document.headings):
        yield Finding("there is no Quick Start section", skill.source, skill.body_start)
