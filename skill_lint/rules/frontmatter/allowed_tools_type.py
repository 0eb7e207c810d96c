"""The value of `allowed-tools` is neither a string nor a list of strings.

Why: a client that cannot read the list asks for every permission again, or grants none. The
specification has one string with spaces between the names, the golden standard a list. With
`allow-list: false` only the string passes.

Fix: Write the tool names as one string, separated by spaces.

Bad:  allowed-tools: {bash: true}
Good: allowed-tools: Bash Read

Options:
    allow-list: Accept a list of tools as well as a text, because clients read both.
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.yaml.node import type_name


@rule("error", agentskills={"severity": "warning", "allow-list": False})
def allowed_tools_type(skill: Skill, *, allow_list: bool = True) -> Iterator[Finding]:
    entry = skill.frontmatter.get("allowed-tools")
    if entry is None or entry.node is None or entry.value is None or isinstance(entry.value, str):
        return
    if entry.node.kind != "sequence":
        message = f"`allowed-tools` is {type_name(entry.value)}, not a string or a list of strings"
        yield Finding(message, skill.source, entry.span)
    elif not allow_list:
        message = "`allowed-tools` is a list; the specification has a string with spaces"
        span = entry.span if entry.node.flow else entry.key_span
        yield Finding(message, skill.source, span)
    else:
        for item in entry.node.items:
            if not isinstance(item.value, str):
                message = f"a tool in `allowed-tools` is {type_name(item.value)}, not a string"
                yield Finding(message, skill.source, item.span, cause=entry.key)
