"""The frontmatter is not valid YAML.

Why: a client that cannot parse the frontmatter drops the whole skill, mostly without a message. The
most frequent cause by far is an unquoted `: ` inside the description.

Fix: Put the value in quotes, or write it as a block with `>-`.

Fix safety: Safe, because only quotes are put around a value that is clearly one text. Unsafe if a
` # ` in the value may begin a comment, which then stays outside of the quotes.

Bad:
    description: Use when: a PDF has fields to fill
Good:
    description: "Use when: a PDF has fields to fill"
"""

from collections.abc import Iterator

from skill_lint.edits.quote import quote_text
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("error", agentskills="error", fixable="safe")
def invalid_yaml(skill: Skill) -> Iterator[Finding]:
    if skill.frontmatter.fault is None:
        return
    # Lazy import: few skills have broken YAML.
    from skill_lint.skill.yaml_causes import yaml_causes

    for message, span, value in yaml_causes(skill.frontmatter):
        remedy = "" if "quote" in message else "Correct the YAML here."
        fix = quote_text(skill.source, value) if value else None
        yield Finding(message, skill.source, span, remedy=remedy, fix=fix)
