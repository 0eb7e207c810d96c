"""Smaller versions of markdown-it's parser state and tokens, for the same blocks."""

import re
from functools import cached_property
from itertools import accumulate
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

_LANDMARK = re.compile(r"[ \t>]*+(?:=++|-++)?+[ \t]*+")


class Token:
    """The beginning or end of a block, or a run of text. `map` has 0-based lines."""

    map: list[int] | None = None
    content = markup = info = ""
    hidden = False

    def __init__(self, type: str, tag: str, nesting: int, level: int) -> None:  # noqa: A002
        self.type, self.tag, self.nesting, self.level = type, tag, nesting, level


class State(StateBlock):
    @cached_property
    def landmarks(self) -> list[tuple[int, bool]]:
        """The lines that are blank (False) or could underline a heading (True), then the end.

        Computed once, because searching for the next such line from every line of a long list
        would take a day.
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


def state_of(text: str, md: MarkdownIt, env: dict[str, Any]) -> State:
    """The state that markdown-it makes, without its slow Python loop over every indentation."""
    state = State("", md, env, [])
    lines = text.split("\n")
    if not lines[-1].strip(" \t"):
        del lines[-1]
    indents = [line[: len(line) - len(line.lstrip(" \t"))] for line in lines]
    state.src, state.lineMax = text, len(lines)
    # Each of these lists has one more entry, for the end.
    state.bMarks = [0, *accumulate(len(line) + 1 for line in lines)]
    state.eMarks = [*(end - 1 for end in state.bMarks[1:]), len(text)]
    state.bMarks[-1] = len(text)
    state.tShift = [*map(len, indents), 0]
    state.sCount = [*(len(indent.expandtabs(4)) for indent in indents), 0]
    state.bsCount = [0] * len(state.bMarks)
    return state
