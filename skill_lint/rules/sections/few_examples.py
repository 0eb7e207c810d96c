"""The skill shows fewer code examples than the golden standard asks for.

Why: an example settles what a paragraph leaves open.

Fix: Add a short example in a code fence.

Bad:  a skill without a single code block
Good: a skill with a command and what it prints

Options:
    minimum: The smallest number of code fences that is enough.
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("info")
def few_examples(skill: Skill, *, minimum: int = 1) -> Iterator[Finding]:
    number = len(skill.document.fences)
    if skill.is_readable and number < minimum:
        blocks = "code block" if number == 1 else "code blocks"
        message = f"{number or 'no'} {blocks}; the golden standard asks for {minimum} or more"
        yield Finding(message, skill.source, skill.body_start)
