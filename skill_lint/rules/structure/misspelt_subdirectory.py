"""A subdirectory's name differs in one letter from one that is recognised.

Why: agents, readers and tools look for the usual name. `reference/` beside `references/` also
sends a link to the wrong folder sooner or later. `subdirectories` adds your own names. The golden
standard's migration guide calls the fault "Invalid subdirectory".

Fix: Rename the folder, and correct what leads into it.

Bad:  pdf-forms/reference/api.md
Good: pdf-forms/references/api.md

Options:
    subdirectories: Names of your own subdirectories that are not reported.
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.rules.structure._unrecognised import unrecognised
from skill_lint.skill import Skill


@rule("warning")
def misspelt_subdirectory(
    skill: Skill, *, subdirectories: tuple[str, ...] = ()
) -> Iterator[Finding]:
    for each in unrecognised(skill, subdirectories):
        if each.is_slip:
            message = f"invalid subdirectory `{each.name}/`; did you mean `{each.guess}/`?"
            # Whoever writes the right name means this folder, unless both are there.
            is_meant = each.guess not in skill.tree.subdirectories
            yield Finding(
                message, skill.source,
                about=each.name,
                cause=f"{each.name}/",
                covers=(f"{each.guess}/",) if is_meant else (),
            )  # fmt: skip
