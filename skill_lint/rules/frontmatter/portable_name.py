"""The `name` has letters or digits beyond a-z and 0-9.

Why: the specification's text excludes them, while its reference validator accepts them. Of the
clients, Copilot CLI and Amp refuse such a name, `gh skill publish` does too, and `npx skills`
installs the skill under another one.

Fix: Use the letters a-z, digits and hyphens.

Fix safety: Unsafe, because prompts, scripts and other skills may use the old name.

Bad:  name: größe-messen
Good: name: groesse-messen
"""

import unicodedata
from collections.abc import Iterator

from skill_lint.edits.names import rename
from skill_lint.rule import Finding, rule
from skill_lint.rules.frontmatter._name_fault import name_fault
from skill_lint.skill import Skill


@rule("info", agentskills="info", fixable="unsafe")
def portable_name(skill: Skill) -> Iterator[Finding]:
    name = (skill.frontmatter.text("name") or "").strip()
    normal = unicodedata.normalize("NFKC", name)
    if name.isascii() or name_fault(normal):  # `name-format` reports the fault.
        return
    others = "".join(dict.fromkeys(each for each in name if not each.isascii()))
    hint, fix = "", None
    if normal.isascii():
        # Full-width letters: the same name, written in another way.
        hint = f"; did you mean `{normal}`?"
        is_only_place = len(skill.metadata.given("name")) == 1
        fix = rename(skill, normal) if is_only_place and skill.tree.directory_name != name else None
    message = f"name `{name}` has letters beyond a-z and 0-9: `{others}`{hint}"
    span, directory = skill.frontmatter.by_key["name"].span, skill.tree.directory_name
    # A directory with a portable name has the right one.
    cause = directory if directory.isascii() else ""
    yield Finding(message, skill.source, span, fix=fix, cause=cause)
