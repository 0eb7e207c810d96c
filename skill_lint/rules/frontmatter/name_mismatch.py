"""The `name` differs from the name of the skill's directory.

Why: the specification asks for the same name in both places. Otherwise clients that use the name
and clients that use the directory call the skill differently. In a whole checkout, with `.git`
beside SKILL.md, the name is not checked, because whoever clones it names its folder.

Fix: Rename the directory or change `name`.

Fix safety: Unsafe, because the directory may have the wrong name, and prompts, scripts and other
skills may use the old name.

Bad:  name: pdf-forms in the directory pdf/
Good: name: pdf-forms in the directory pdf-forms/
"""

import re
import unicodedata
from collections.abc import Iterator

from skill_lint.edits.names import rename
from skill_lint.rule import Finding, rule
from skill_lint.schema import load
from skill_lint.skill import Skill


@rule("error", agentskills="error", fixable="unsafe")
def name_mismatch(skill: Skill) -> Iterator[Finding]:
    name = skill.frontmatter.text("name")
    # Whoever clones a repository chooses the name of its top folder.
    if not name or not name.strip() or skill.is_checkout:
        return
    directory = skill.tree.directory_name
    if _normal(directory) != _normal(name):
        message = f"name `{name.strip()}` differs from the directory `{directory}`"
        pattern = load("skill-frontmatter")["properties"]["name"]["pattern"]
        if re.search(pattern, name.strip()) and not re.search(pattern, directory):
            message += "; rename the directory, because that is no valid name"
        # If metadata.json has the same name, it must change too.
        is_only_place = len(skill.metadata.given("name")) == 1
        fix = rename(skill, directory) if is_only_place and re.search(pattern, directory) else None
        span = skill.frontmatter.by_key["name"].span
        yield Finding(message, skill.source, span, fix=fix, cause=directory)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text.strip())
