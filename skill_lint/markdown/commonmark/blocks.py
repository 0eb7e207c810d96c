"""The blocks of a text as markdown-it parses them: all of them, or one at a time."""

from collections.abc import Iterable, Mapping
from typing import Any

from markdown_it import MarkdownIt

from skill_lint.markdown.commonmark.parser import parser
from skill_lint.markdown.commonmark.state import Token, state_of
from skill_lint.markdown.outline import BlockOutline, FencedCode, Text


def parse_blocks(md: MarkdownIt, text: str, env: dict[str, Any]) -> list[Token]:
    """The tokens of a text's blocks; link definitions are put into `env`."""
    state = state_of(text, md, env)
    md.block.tokenize(state, state.line, state.lineMax)
    tokens: list[Any] = state.tokens
    return tokens


class BlockReader:
    """Reads single blocks of `text`, which begins at `offset` and `line` (0-based) of its file."""

    def __init__(self, text: str, nesting: int, offset: int = 0, line: int = 0) -> None:
        self.offset, self.line = offset, line
        md = parser(nesting)
        self._state = state_of(text, md, {})
        self._rules = md.block.ruler.getRules("")

    def read_block(self, line: int, parts: BlockOutline) -> tuple[int, int]:
        """Add the block that begins at `line` to `parts`; the line after it, and its offset."""
        state = self._state
        state.line, state.tokens, state.env = line - self.line, [], {}
        any(rule(state, state.line, state.lineMax, False) for rule in self._rules)
        tokens: list[Any] = state.tokens
        add_tokens(parts, tokens, state.env, self.line)
        return self.line + state.line, self.offset + state.bMarks[state.line]


def add_tokens(
    parts: BlockOutline, tokens: Iterable[Token], env: Mapping[str, Any], first: int = 0
) -> None:
    """Add markdown-it's tokens and link definitions to `parts`, their lines moved by `first`."""
    before: Token | None = None
    for token in tokens:
        if token.map is None:
            before = token
            continue
        line, after = first + token.map[0], first + token.map[1]
        if token.type == "inline" and before:
            end = first + before.map[1] if before.map else after
            parts.texts.append(Text(token.content, line, after, before.tag, end))
        elif token.type == "fence":
            code = FencedCode(line, after, token.markup, token.info, token.level > 0)
            parts.fences.append(code)
        elif token.type == "html_block":
            parts.html.append((line, after))
        before = token
    known = [*env.get("references", {}).values(), *env.get("duplicate_refs", ())]
    parts.definitions += ((first + each["map"][0], first + each["map"][1]) for each in known)
