"""Which of the golden standard's three styles a skill has, as the best fit, with the reason.

Source: the project's migration guide. Its ranges overlap and leave a gap, so none is ever wrong.
"""

from typing import Literal, NamedTuple

from skill_lint.skill.skill import Skill

StyleName = Literal["navigation_hub", "minimal", "comprehensive", "none"]

HUB_FILES = 2
"""Files of its own that a navigation hub names at least."""
MINIMAL = (3_000, 5_000)
LONG = 8_000
"""Characters over which a skill is comprehensive."""


class Style(NamedTuple):
    """The style's name, and why: `3,943 characters, names 4 files`."""

    name: StyleName
    reason: str


def style(skill: Skill) -> Style:
    """The best fit. Nothing of it is ever a fault."""
    length = len(skill.source.text)
    files = sum(skill.reach.is_named(name) for name in skill.tree.files if "/" in name)
    named = f"names {files} file{'' if files == 1 else 's'}"
    return Style(_fit(length, files), f"{length:,} characters, {named}")


def _fit(length: int, files: int) -> StyleName:
    if length > LONG:
        return "comprehensive"
    if files >= HUB_FILES:
        return "navigation_hub"
    return "minimal" if MINIMAL[0] <= length <= MINIMAL[1] else "none"
