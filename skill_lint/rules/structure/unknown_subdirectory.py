"""A subdirectory is not one that the golden standard recognises.

Why: a known folder name tells agents and readers what is in the folder. `subdirectories` adds your
own. The migration guide calls the fault "Invalid subdirectory". A name that is one letter off a
known one is a `misspelt-subdirectory`.

Fix: Move the files to `references/`, `guides/`, `templates/`, `scripts/` or `examples/`.

Bad:  pdf-forms/stuff/api.md
Good: pdf-forms/references/api.md

Options:
    subdirectories: Names of your own subdirectories that are not reported.
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.rules.structure._unrecognised import unrecognised
from skill_lint.skill import Skill
from skill_lint.skill.layout import ALLOWED, RECOGNISED


@rule("info", golden="warning")
def unknown_subdirectory(
    skill: Skill, *, subdirectories: tuple[str, ...] = ()
) -> Iterator[Finding]:
    for each in unrecognised(skill, subdirectories):
        if not each.is_slip:
            names = ", ".join(f"`{name}/`" for name in (*RECOGNISED, ALLOWED[0]))
            known = f"the standard recognises {names}"
            hint = f"did you mean `{each.guess}/`?" if each.guess else known
            message = f"invalid subdirectory `{each.name}/`; {hint}"
            yield Finding(message, skill.source, about=each.name, cause=f"{each.name}/")
