"""The subdirectories that the golden standard does not recognise."""

from collections.abc import Iterator
from typing import NamedTuple

from skill_lint.skill import Skill
from skill_lint.skill.layout import ALLOWED, LEGACY, RECOGNISED
from skill_lint.text.spelling import nearest, one_slip


class Unrecognised(NamedTuple):
    """The name of a subdirectory, and the recognised name that is close to it, if there is one.

    `is_slip` is true if the two differ in one letter, or in upper and lower case.
    """

    name: str
    guess: str | None
    is_slip: bool


def unrecognised(skill: Skill, more: tuple[str, ...]) -> Iterator[Unrecognised]:
    """`more` are names that are recognised too."""
    # A skill that is a whole repository has the repository's folders.
    if skill.is_checkout:
        return
    known = {*RECOGNISED, *ALLOWED, *LEGACY, *more}
    for name in skill.tree.subdirectories:
        # A folder that holds other skills is not part of this skill.
        holds_skills = any(nested.startswith(f"{name}/") for nested in skill.tree.nested)
        if name not in known and not holds_skills:
            guess = nearest(name, sorted(known - LEGACY.keys()))
            slip = guess is not None and (name.lower() == guess or one_slip(name, guess))
            yield Unrecognised(name, guess, slip)
