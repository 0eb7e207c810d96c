"""Every message on standard error passes through one function, which makes it harmless."""

import ast
from pathlib import Path

import skill_lint

PACKAGE = Path(skill_lint.__file__).parent
HOME = "cli/terminal/write.py"
BARS = "cli/terminal/review.py"
"""Draws a bar on a terminal, with nothing but numbers in it."""


def prints_on_standard_error(node: ast.AST) -> bool:
    return isinstance(node, ast.keyword) and node.arg == "file" and "stderr" in ast.dump(node.value)


def test_one_function_prints_messages() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(map(prints_on_standard_error, ast.walk(ast.parse(path.read_text("utf-8")))))
    }
    assert found == {HOME, BARS}
