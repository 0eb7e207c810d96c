"""The `name` is not in kebab-case: lowercase letters, digits and single hyphens.

Why: clients use the name as an identifier and as a directory. Some of them refuse a name that
breaks the specification's form.

Fix: Use lowercase letters and digits, joined by single hyphens.

Fix safety: Unsafe, because prompts, scripts and other skills may use the old name. There is no fix
if the directory or metadata.json has the same name.

Bad:  name: PDF_Forms
Good: name: pdf-forms
"""

import unicodedata
from collections.abc import Iterator

from skill_lint.edits.names import rename
from skill_lint.rule import Finding, rule
from skill_lint.rules.frontmatter._name_fault import name_fault
from skill_lint.skill import Skill
from skill_lint.text.spelling import kebab


@rule("error", agentskills="error", fixable="unsafe")
def name_format(skill: Skill) -> Iterator[Finding]:
    text = skill.frontmatter.text("name")
    if text is None or not text.strip():
        return
    # As in the reference implementation, letters of other scripts are allowed, normalised; of
    # these `portable-name` says that the specification's text excludes them.
    name = unicodedata.normalize("NFKC", text.strip())
    fault = name_fault(name)
    if fault:
        guess = _best(name, skill.tree.directory_name)
        hint = f"; did you mean `{guess}`?" if guess and guess != text.strip() else ""
        span = skill.frontmatter.by_key["name"].span
        # If the directory or metadata.json has the same name, it must change too.
        others = (
            skill.tree.directory_name,
            *(each.value for each in skill.metadata.given("name")[1:]),
        )
        certain = hint and name_fault(guess) is None and text.strip() not in others
        fix = rename(skill, guess) if certain else None
        yield Finding(f"name `{text.strip()}` {fault}{hint}", skill.source, span, fix=fix)


def _best(name: str, directory: str) -> str:
    """The name in kebab-case, or the directory's name if that has the same letters."""
    guess = kebab(name)
    same = guess.replace("-", "") == directory.replace("-", "")
    return directory if same and name_fault(directory) is None else guess
