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
from skill_lint.skill import Skill
from skill_lint.text.plural import count

LONG = 2_000
"""A body with more characters is not thin, even if some are blanks and comments."""


@rule("info")
def thin_body(skill: Skill, *, minimum: int = 100) -> Iterator[Finding]:
    if not skill.is_readable or len(skill.document.body) > max(LONG, minimum * 10):
        return
    length = len(" ".join(_without_comments(skill).split()))
    if length < minimum:
        size = f"only {count(length, 'character')} of text, fewer than {minimum:,}"
        message = f"the body has {size if length else 'no text'}"
        yield Finding(message, skill.source, skill.body_start)


def _without_comments(skill: Skill) -> str:
    text, parts, end = skill.source.text, [], skill.document.start
    for comment in skill.document.comments:
        parts.append(text[end : comment.span.start])
        end = comment.span.end
    return "".join([*parts, text[end:]])
