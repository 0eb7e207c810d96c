"""The value of `allowed-tools` is empty, or has a bracket without its partner.

Why: Claude Code drops an entry with a bracket that is not closed, without a message, and Copilot
CLI drops a skill whose `allowed-tools` is empty. An agent then asks for every permission again.

Fix: Close the bracket, name the tools, or delete the key.

Bad:  allowed-tools: Read Bash(git:*
Good: allowed-tools: Read Bash(git:*)
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("warning", agentskills="warning")
def allowed_tools_grammar(skill: Skill) -> Iterator[Finding]:
    entry = skill.frontmatter.get("allowed-tools")
    if entry is None or entry.node is None:
        return
    if entry.value is None or entry.value == [] or _is_blank(entry.value):
        yield Finding("`allowed-tools` is empty", skill.source, entry.span)
    for node in entry.node.items or [entry.node]:
        if isinstance(node.value, str) and (fault := _bracket_fault(node.value)):
            yield Finding(f"{fault} in `allowed-tools`", skill.source, node.span)


def _is_blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


def _bracket_fault(text: str) -> str | None:
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return "a bracket is closed that was not opened"
    return "a bracket is not closed" if depth else None
