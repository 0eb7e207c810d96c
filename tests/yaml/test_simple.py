"""Plain frontmatter, read without PyYAML, is what PyYAML makes of it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill_lint.limits import DEFAULT
from skill_lint.skill.frontmatter import find_block
from skill_lint.text.source import decode
from skill_lint.yaml.full import read_full
from skill_lint.yaml.node import Node, YamlFault
from skill_lint.yaml.simple import read_simple
from tests.support import corpus

PLAIN = [
    "name: pdf-forms\ndescription: Fills PDF forms. Use when a PDF has fields to fill.\n",
    "name: a\r\ndescription: b\r\n",
    'name: "a: b # c"\nlicense: \'x "y" z\'',
    'metadata:\n  author: someone\n  version: "1.0"\nname: a',
    "\n  \nname: a   \n\n\ndescription: 说明 — b’s [c], {d} & *e* | > %f @g 🔥\n \n",
    "name: a\nname: b",
    "empty: ''",
    "version: 1.0.0",
    "metadata:\n    a: b\n\n    c: d\n",
]
OTHER = [
    "", "name: yes", "on: a", "name:", "name: 1", "name: a: b", "name: a:", "name: a # b",
    "name: a\n  b: c", "name: a\n b", "  name: a", "m:\n  a: b\n c: d", "m:\n  a:\n    b: c",
    "m:\nn: a", "name: |\n  a", "name: a\tb", "name: 'it''s'", 'name: "a\\n"', "a\n", "- a",
    "name: a\n---\nname: b", "name: a\x85b", "name: a\u2028b", "name: \ufeffa", "name: a\rb: c",
    "? a", "name:a", "name : a", "m:\n  a: b\n  c:", 'name: "a" b', f"{'a' * 1_025}: b", "# a",
]  # fmt: skip


def fields(node: Node | None) -> object:
    if node is None:
        return None
    own = {name: value for name, value in vars(node).items() if name not in ("items", "pairs")}
    parts = [fields(each) for each in node.items]
    return own, parts, [(fields(key), fields(value)) for key, value in node.pairs]


def by_pyyaml(text: str, offset: int) -> object:
    try:
        return fields(read_full(text, offset, DEFAULT))
    except YamlFault as fault:
        return fault


@pytest.mark.parametrize("text", PLAIN)
def test_plain_texts_are_read_the_same(text: str) -> None:
    tree = read_simple(text, 4)
    assert tree is not None
    assert fields(tree) == by_pyyaml(text, 4)


@pytest.mark.parametrize("text", OTHER)
def test_other_texts_are_left_to_pyyaml(text: str) -> None:
    assert read_simple(text, 0) is None


WORDS = st.sampled_from(
    ["a", "yes", "No", "null", "1", "1.5", "1.0.0", "2024-01-01", ":", ": ", "#", " #", "'",
     '"', " ", "  ", "\t", "\n", "\n  ", "\n", "\r\n", "-", "- ", "|", ">", "[", "]", "{", "}",
     "&a", "*a", "!", "%", "@", "`", "?", ",", "<<", "=", "~", "\\", "---", "...", "é", "\x85",
     "\u2028", "\ufeff", "\u00a0", "a: b\n", "name: x\n", "m:\n  k: v\n", "k: 'v'\n", 'k: "v"\n']
)  # fmt: skip


@given(st.one_of(st.lists(WORDS).map("".join), st.text()))
def test_whatever_is_plain_is_read_the_same(text: str) -> None:
    if (tree := read_simple(text, 7)) is not None:
        assert fields(tree) == by_pyyaml(text, 7)


@pytest.mark.slow
def test_real_frontmatters_are_read_the_same(tmp_path: Path) -> None:
    plain = 0
    for path in sorted(corpus.unpacked(tmp_path).rglob("*.md")):
        source = decode(path.read_bytes(), path.name, path.name)
        if (block := find_block(source)) is not None:
            text = source.slice(block.content)
            if (tree := read_simple(text, block.content.start)) is not None:
                plain += 1
                assert fields(tree) == by_pyyaml(text, block.content.start), path
    assert plain
