"""There is nothing below the frontmatter.

Why: a skill is loaded for its body. An agent that loads this one learns nothing more than the
description, which it has read already.

Fix: Write down what the agent needs to know to do the task.

Bad:  a file that ends with the frontmatter, or has only a comment below it
Good: a body with the steps, their order and an example
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.rules.sections._body_text import body_length
from skill_lint.skill import Skill


@rule("warning", agentskills="warning")
def empty_body(skill: Skill) -> Iterator[Finding]:
    # `missing-frontmatter` reports a file that is empty as a whole.
    if skill.is_readable and skill.frontmatter.block is not None and body_length(skill) == 0:
        yield Finding("the body is empty", skill.source, skill.body_start)
