"""Which of the golden standard's three styles fits a skill best, and why.

Source: the project's migration guide. Its ranges overlap and leave a gap, so that no style is
ever wrong.
"""

from typing import Literal, NamedTuple

from skill_lint.skill.skill import Skill

StyleName = Literal["navigation_hub", "minimal", "comprehensive", "none"]

HUB_FILES = 2
"""A navigation hub mentions at least this many of its own files."""
MINIMAL = (3_000, 5_000)
"""Characters of a minimal skill: at least, and at most."""
LONG = 8_000
"""A skill with more characters is comprehensive."""


class Style(NamedTuple):
    """The name of the style, and the reason: `3,943 characters, names 4 files`."""

    name: StyleName
    reason: str


def style(skill: Skill) -> Style:
    """The style that fits best. A style is never a finding."""
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
