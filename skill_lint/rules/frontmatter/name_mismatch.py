"""The `name` differs from the name of the skill's directory.

Why: the specification asks for the same name in both places; clients that go by one of them call
the skill differently from clients that go by the other. Of a whole checkout, with `.git` beside
SKILL.md, the name is not judged: who clones it names its folder.

Fix: Rename the directory or change `name`.

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
from skill_lint.text.spelling import kebab


@rule("error", fixable="unsafe")
def name_mismatch(skill: Skill) -> Iterator[Finding]:
    name = skill.frontmatter.text("name")
    # Who clones a repository chooses the name of its top folder.
    if not name or not name.strip() or skill.is_checkout:
        return
    # Of `PDF Forms` in pdf-forms/ name-format speaks, and its remedy is enough.
    directory = skill.tree.directory_name
    if _normal(directory) not in (_normal(name), kebab(_normal(name))):
        message = f"name `{name.strip()}` differs from the directory `{directory}`"
        pattern = load("skill-frontmatter")["properties"]["name"]["pattern"]
        # Where metadata.json has the same name, more than this must change.
        alone = len(skill.metadata.given("name")) == 1
        fix = rename(skill, directory) if alone and re.search(pattern, directory) else None
        yield Finding(message, skill.source, skill.frontmatter.by_key["name"].span, fix=fix)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text.strip())
