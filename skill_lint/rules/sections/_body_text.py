"""How much text a body has."""

from skill_lint.skill import Skill

LONG = 2_000
"""A body with more characters is not measured: it has text, even if some are blanks."""


def body_length(skill: Skill, measured: int = LONG) -> int:
    """Characters of the body without comments, each run of blanks counted as one.

    The whole length of a body with more than `measured` characters.
    """
    body = skill.document.body
    return len(body) if len(body) > measured else len(" ".join(_without_comments(skill).split()))


def _without_comments(skill: Skill) -> str:
    text, parts, end = skill.source.text, [], skill.document.start
    for comment in skill.document.comments:
        parts.append(text[end : comment.span.start])
        end = comment.span.end
    return "".join([*parts, text[end:]])
