"""The frontmatter uses YAML that the specification's reference implementation refuses.

Why: the reference implementation reads a small subset of YAML. Lists and mappings in brackets,
anchors, aliases and tags are valid YAML that most clients read, but not all.

Fix: Write one item on each line, or one string; leave out anchors and tags.

Bad:  allowed-tools: [Read, Grep]
Good: allowed-tools: Read Grep
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.yaml.node import Node


@rule("info", agentskills="warning")
def unportable_yaml(skill: Skill) -> Iterator[Finding]:
    root, metadata = skill.frontmatter.root, skill.frontmatter.get("metadata")
    # `metadata-values` reports a list or mapping among the values of `metadata`.
    reported = {value for _, value in metadata.node.pairs} if metadata and metadata.node else set()
    for node in root.walk() if root is not None else ():
        if (what := _unportable(node)) and not (node.flow and node in reported):
            message = f"{what} here: it is valid YAML, but some readers of frontmatter refuse it"
            yield Finding(message, skill.source, node.span)


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
