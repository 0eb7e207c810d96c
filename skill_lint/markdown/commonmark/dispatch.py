"""A faster dispatch to markdown-it's block rules, with the same tokens as a result.

markdown-it tries a dozen rules on each line of each paragraph, and most of them return after
looking at one character. Here, that character selects the rules to try.
`tests/markdown/commonmark/test_dispatch.py` compares the two parsers on generated texts and on
real skills.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from skill_lint.markdown.commonmark.state import State

BlockRule = Callable[[StateBlock, int, int, bool], bool]

_SIGNS = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
"""For each rule, the possible first characters of a line that it matches."""


class Dispatch:
    """Replaces markdown-it's ruler: each chain is a single rule that chooses between the others."""

    def __init__(self, md: MarkdownIt) -> None:
        ruler = md.block.ruler
        self._names = dict(zip(ruler.getRules(""), ruler.get_active_rules(), strict=True))
        self._original = ruler.getRules
        self._chains: dict[str, Sequence[BlockRule]] = {}

    def get_active_rules(self) -> list[str]:
        return list(self._names.values())

    def getRules(self, chainName: str = "") -> Sequence[BlockRule]:  # noqa: N802, N803
        if chainName not in self._chains:
            rules = {self._names[rule]: rule for rule in self._original(chainName)}
            self._chains[chainName] = [_choice(rules)]
        return self._chains[chainName]


def _choice(rules: Mapping[str, BlockRule]) -> BlockRule:
    signs = {sign for name in rules for sign in _SIGNS.get(name, "")}
    by_sign = {
        sign: [rule for name, rule in rules.items() if sign in _SIGNS.get(name, "")]
        for sign in signs
    }
    table, code = rules.get("table"), rules.get("code")
    lheading, paragraph = rules.get("lheading"), rules.get("paragraph")

    def choose(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        if table and _first(state, line + 1, end) in _TABLE and table(state, line, end, silent):
            return True
        if code and state.is_code_block(line) and code(state, line, end, silent):
            return True
        for rule in by_sign.get(_first(state, line, end), ()):
            if rule(state, line, end, silent):
                return True
        if lheading and _underlined(state, line, end) and lheading(state, line, end, silent):
            return True
        return paragraph is not None and paragraph(state, line, end, silent)

    return choose


_TABLE = frozenset("|-:")


def _first(state: StateBlock, line: int, end: int) -> str:
    """The first character of a line that is not a blank; empty for a line after the end."""
    if line >= end:
        return ""
    start = state.bMarks[line] + state.tShift[line]
    return state.src[start] if start < state.eMarks[line] else ""


def _underlined(state: StateBlock, line: int, end: int) -> bool:
    """Whether a later line of this paragraph could underline a heading."""
    lines = cast(State, state).landmarks
    following = lines[bisect_right(lines, (line, True))]
    return following[0] < end and following[1]
