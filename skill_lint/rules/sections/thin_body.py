"""The body has almost no text.

Why: a skill is loaded for its body. A line or two could be in the description.

Fix: Write down what the agent needs to know to do the task.

Bad:  a body of 20 characters
Good: a body with the steps, their order and an example

Options:
    minimum: The smallest number of characters that is enough for a body.
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.rules.sections._body_text import LONG, body_length
from skill_lint.skill import Skill
from skill_lint.text.plural import count


@rule("info")
def thin_body(skill: Skill, *, minimum: int = 100) -> Iterator[Finding]:
    if not skill.is_readable:
        return
    length = body_length(skill, max(LONG, minimum * 10))
    # `empty-body` reports a body without any text.
    if 0 < length < minimum:
        size = count(length, "character")
        message = f"the body has only {size} of text, fewer than {minimum:,}"
        yield Finding(message, skill.source, skill.body_start)
