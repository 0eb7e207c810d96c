"""YAML 1.1 → a tree of nodes: read line by line where it is simple, else by PyYAML."""

from skill_lint.limits import DEFAULT, Limits
from skill_lint.yaml.node import Node
from skill_lint.yaml.simple import read_simple


def parse(text: str, offset: int = 0, limits: Limits = DEFAULT) -> Node | None:
    """The tree of one YAML document, or None where it is empty.

    `offset` is where `text` begins in its file: all spans are the file's.
    Raises `YamlFault`.
    """
    plain = read_simple(text, offset)
    if plain and plain.size <= limits.yaml_aliases and limits.yaml_depth > 1:
        return plain
    # Lazy import: PyYAML takes longer to import than a small skill to read.
    from skill_lint.yaml.full import read_full

    return read_full(text, offset, limits)
