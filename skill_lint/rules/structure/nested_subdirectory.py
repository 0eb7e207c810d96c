"""A folder lies inside a subdirectory of the skill.

Why: the standard keeps files one folder deep, so that agents and readers find them without a
search. Below `examples/`, `templates/` and `assets/` folders may be as deep as they need, because
an example or a template can be a whole project.

Fix: Move the files up into the subdirectory, and update the links.

Bad:  pdf-forms/references/api/v2/fields.md
Good: pdf-forms/references/api-v2-fields.md

Options:
    allow: Names of subdirectories in which folders may be as deep as they need.
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.skill.layout import ALLOWED, LEGACY, RECOGNISED


@rule("info", golden="warning")
def nested_subdirectory(
    skill: Skill, *, allow: tuple[str, ...] = ("examples", "templates", "assets")
) -> Iterator[Finding]:
    if skill.is_checkout:
        return
    tree = skill.tree
    # `unknown-subdirectory` reports a folder that the standard does not know.
    checked = {*RECOGNISED, *ALLOWED, *LEGACY} - {*allow}
    for name in sorted(tree.folders - tree.nested):
        top, _, inner = name.partition("/")
        if top not in checked or not inner or "/" in inner or inner.startswith((".", "__")):
            continue
        if tree.files_below(name):
            yield Finding(
                f"`{name}/` lies inside the subdirectory `{top}/`", skill.source, about=name
            )
