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
        guess = _best(name, skill)
        hint = f"; did you mean `{guess}`?" if guess and guess != text.strip() else ""
        span = skill.frontmatter.by_key["name"].span
        # If the directory or metadata.json has the same name, it must change too.
        others = (
            skill.tree.directory_name,
            *(each.value for each in skill.metadata.given("name")[1:]),
        )
        certain = hint and name_fault(guess) is None and text.strip() not in others
        fix = rename(skill, guess) if certain else None
        message = f"name `{text.strip()}` {fault}{hint}"
        yield Finding(message, skill.source, span, fix=fix, cause=guess)


def _best(name: str, skill: Skill) -> str:
    """The directory's name, which must be the same; the name in kebab-case if that is no name."""
    directory = skill.tree.directory_name
    # Whoever clones a repository chooses the name of its top folder.
    return kebab(name) if skill.is_checkout or name_fault(directory) is not None else directory
