"""A subdirectory is not one that the standard recognises.

Why: a known folder name tells agents and readers what is in the folder. `subdirectories` adds your
own. The migration guide calls the fault "Invalid subdirectory".

Fix: Move the files to `references/`, `guides/`, `templates/`, `scripts/` or `examples/`.

Bad:  pdf-forms/stuff/api.md
Good: pdf-forms/references/api.md
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.skill.layout import ALLOWED, LEGACY, RECOGNISED
from skill_lint.text.spelling import nearest


@rule("warning")
def unknown_subdirectory(
    skill: Skill, *, subdirectories: tuple[str, ...] = ()
) -> Iterator[Finding]:
    # A skill that is a whole repository has the repository's folders.
    if skill.is_checkout:
        return
    known = {*RECOGNISED, *ALLOWED, *LEGACY, *subdirectories}
    for name in skill.tree.subdirectories:
        # A folder that holds other skills is not part of this skill.
        holds_skills = any(nested.startswith(f"{name}/") for nested in skill.tree.nested)
        if name not in known and not holds_skills:
            guess = nearest(name, sorted(known - LEGACY.keys()))
            names = ", ".join(f"`{each}/`" for each in (*RECOGNISED, ALLOWED[0]))
            hint = f"did you mean `{guess}/`?" if guess else f"the standard recognises {names}"
            message = f"invalid subdirectory `{name}/`; {hint}"
            yield Finding(message, skill.source, about=name)
