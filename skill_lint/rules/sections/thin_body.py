"""The body says next to nothing.

Why: a skill is loaded for its body; a line or two could stand in the description.

Fix: Write down what the agent needs to know to do the task.

Bad:  a body of 20 characters
Good: a body with the steps, their order and an example
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("info")
def thin_body(skill: Skill, *, minimum: int = 100) -> Iterator[Finding]:
    length = len(skill.document.body.strip())
    if skill.is_readable and length < minimum:
        message = f"the body has {length} characters; {minimum} are little enough"
        yield Finding(message, skill.source, skill.body_start)
