"""Which fixes a report offers: only those that would be applied."""

from collections.abc import Iterator, Sequence

from skill_lint.diagnostic import Diagnostic
from skill_lint.skill.skill import Skill

MOST_TRIED = 50
"""Fixes of one skill that are tried before they are shown; others are tried when applied."""
MOST_READ = 3_000_000
"""Characters of SKILL.md that these tries may read in all; each try reads the file again."""


def with_sound_fixes(diagnostics: Sequence[Diagnostic], skill: Skill) -> Iterator[Diagnostic]:
    """The diagnostics, without the fixes that would not be applied."""
    tried = 0
    for each in diagnostics:
        if each.fix is None:
            yield each
        elif not each.is_open:
            # A finding that is not reported is not fixed.
            yield each._replace(fix=None)
        else:
            # Lazy import: a skill without findings needs no fixes.
            from skill_lint.edits.gate import tried_on

            tried += 1
            enough = tried > MOST_TRIED or tried * len(skill.source.text) > MOST_READ
            sound = enough or isinstance(tried_on(skill, [each.fix]), Skill)
            yield each if sound else each._replace(fix=None)
