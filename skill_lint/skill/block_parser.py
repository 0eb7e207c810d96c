"""markdown-it's block rules with less work around them, for the same tokens.

markdown-it tries a dozen rules on each line of each paragraph, and most of them look at one
character and leave: here that character is asked first. Its tokens have twice the fields that a
document needs: here they are plainer. `tests/test_block_parser.py` compares the two parsers on
whatever it can think of, and on real skills.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any, Literal, cast

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from skill_lint.skill.parts import Parts

Rule = Callable[[StateBlock, int, int, bool], bool]

_SIGNS = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
"""For each rule, the characters one of which must be the first of a line that it matches."""


_LANDMARK = re.compile(r"[ \t>]*+(?:=++|-++)?+[ \t]*+")


class Token:
    """A token: the beginning or end of a block, or a run of text. `map` has 0-based lines."""

    map: list[int] | None = None
    content = markup = info = ""
    hidden = False

    def __init__(self, type: str, tag: str, nesting: int, level: int) -> None:  # noqa: A002
        self.type, self.tag, self.nesting, self.level = type, tag, nesting, level


class _State(StateBlock):
    @cached_property
    def landmarks(self) -> list[tuple[int, bool]]:
        """Each line that is blank or could underline a heading, with which it is; then the end.

        To look for the next one in every line of a long list would take a day.
        """
        found = [
            (number, not line.isspace() and line != "")
            for number, line in enumerate(self.src.split("\n"))
            if _LANDMARK.fullmatch(line)
        ]
        return [*found, (len(self.src), False)]

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Any:
        self.level -= nesting < 0
        token = Token(ttype, tag, nesting, self.level)
        self.level += nesting > 0
        self.tokens.append(token)  # type: ignore[arg-type]
        return token


def parse_blocks(md: MarkdownIt, text: str, env: dict[str, Any]) -> list[Token]:
    """The blocks of a text; link definitions are put into `env`."""
    state = _state(text, md, env)
    md.block.tokenize(state, state.line, state.lineMax)
    tokens: list[Any] = state.tokens
    return tokens


class Rest:
    """What of a text is no plain Markdown; or a piece of it, from `offset` and `line` on."""

    def __init__(self, text: str, nesting: int, offset: int = 0, line: int = 0) -> None:
        # Late, for the two import each other.
        from skill_lint.skill.inline_parser import parser

        self.offset, self.line = offset, line
        md = parser(nesting)
        self._state = _state(text, md, {})
        self._rules = md.block.ruler.getRules("")

    def read_block(self, line: int, parts: Parts) -> tuple[int, int]:
        """Add the block that begins at a line; returns the line behind it, and its offset."""
        state = self._state
        state.line, state.tokens, state.env = line - self.line, [], {}
        any(rule(state, state.line, state.lineMax, False) for rule in self._rules)
        tokens: list[Any] = state.tokens
        parts.add(tokens, state.env, self.line)
        return self.line + state.line, self.offset + state.bMarks[state.line]


def _state(text: str, md: MarkdownIt, env: dict[str, Any]) -> _State:
    """As markdown-it makes it; it looks at each character of each indentation in Python."""
    state = _State("", md, env, [])
    lines = text.split("\n")
    if not lines[-1].strip(" \t"):
        del lines[-1]
    indents = [line[: len(line) - len(line.lstrip(" \t"))] for line in lines]
    state.src, state.lineMax = text, len(lines)
    # Each list has one entry more, for the end.
    state.bMarks = [0, *accumulate(len(line) + 1 for line in lines)]
    state.eMarks = [*(end - 1 for end in state.bMarks[1:]), len(text)]
    state.bMarks[-1] = len(text)
    state.tShift = [*map(len, indents), 0]
    state.sCount = [*(len(indent.expandtabs(4)) for indent in indents), 0]
    state.bsCount = [0] * len(state.bMarks)
    return state


class Dispatch:
    """Stands in for markdown-it's ruler: each of its chains is one rule that chooses."""

    def __init__(self, md: MarkdownIt) -> None:
        ruler = md.block.ruler
        self._names = dict(zip(ruler.getRules(""), ruler.get_active_rules(), strict=True))
        self._original = ruler.getRules
        self._chains: dict[str, Sequence[Rule]] = {}

    def get_active_rules(self) -> list[str]:
        return list(self._names.values())

    def getRules(self, chainName: str = "") -> Sequence[Rule]:  # noqa: N802, N803
        if chainName not in self._chains:
            rules = {self._names[rule]: rule for rule in self._original(chainName)}
            self._chains[chainName] = [_choice(rules)]
        return self._chains[chainName]


def _choice(rules: Mapping[str, Rule]) -> Rule:
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
    """The first character of a line that is no blank; nothing behind the end."""
    if line >= end:
        return ""
    start = state.bMarks[line] + state.tShift[line]
    return state.src[start] if start < state.eMarks[line] else ""


def _underlined(state: StateBlock, line: int, end: int) -> bool:
    """Whether a line of this paragraph could underline a heading."""
    lines = cast(_State, state).landmarks
    following = lines[bisect_right(lines, (line, True))]
    return following[0] < end and following[1]
