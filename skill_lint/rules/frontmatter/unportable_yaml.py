"""The frontmatter uses YAML that the specification's reference implementation refuses.

Why: the reference implementation reads a small subset of YAML. Lists and mappings in brackets,
anchors, aliases and tags are valid YAML that most clients read, but not all.

Fix: Write one item on each line, or one string; leave out anchors and tags.

Bad:  allowed-tools: [Read, Grep]
Good: allowed-tools: Read Grep
"""

from bisect import bisect_right
from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.yaml.node import Node


@rule("info", agentskills="warning")
def unportable_yaml(skill: Skill) -> Iterator[Finding]:
    root, entries = skill.frontmatter.root, skill.frontmatter.entries
    starts = [entry.key_span.start for entry in entries]
    for node in root.walk() if root is not None else ():
        if what := _unportable(node):
            # The mapping as a whole begins where its first key does, or before it.
            before = bisect_right(starts, node.span.start)
            cause = entries[before - 1].key if before and node is not root else ""
            message = f"{what} here: it is valid YAML, but some readers of frontmatter refuse it"
            yield Finding(message, skill.source, node.span, cause=cause)


def _unportable(node: Node) -> str | None:
    if node.alias is not None:
        return f"the alias `*{node.alias}` stands"
    if node.anchor is not None:
        return f"the anchor `&{node.anchor}` stands"
    if node.tag is not None:
        return "a tag stands"
    if node.flow:
        return f"a {'list' if node.kind == 'sequence' else 'mapping'} in brackets stands"
    return None
