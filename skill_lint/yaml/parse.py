"""YAML 1.1 → a tree of nodes. Simple YAML is read line by line, all other YAML by PyYAML."""

from skill_lint.limits import DEFAULT, Limits
from skill_lint.yaml.node import Node
from skill_lint.yaml.simple import read_simple


def parse(text: str, offset: int = 0, limits: Limits = DEFAULT) -> Node | None:
    """The tree of one YAML document, or None if the document is empty.

    `offset` is the offset of `text` in its file; all spans are offsets in the file.
    Raises `YamlFault`.
    """
    simple = read_simple(text, offset)
    if simple and simple.size <= limits.yaml_aliases and limits.yaml_depth > 1:
        return simple
    # Lazy import: PyYAML takes longer to import than a small skill to read.
    from skill_lint.yaml.full import read_full

    return read_full(text, offset, limits)
