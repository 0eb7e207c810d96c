"""The frontmatter is YAML, but not a mapping of keys to values.

Why: clients look up `name` and `description`. A list or a single text has neither.

Fix: Write one `key: value` on each line.

Bad:
    ---
    - pdf-forms
    ---
Good:
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when a PDF has fields to fill.
    ---
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.yaml.node import type_name


@rule("error", agentskills="error", comment="skill")
def frontmatter_not_mapping(skill: Skill) -> Iterator[Finding]:
    root = skill.frontmatter.root
    if root is not None and root.kind != "mapping":
        message = f"the frontmatter is {type_name(root.value)}, not a mapping of keys to values"
        yield Finding(message, skill.source, root.span)
