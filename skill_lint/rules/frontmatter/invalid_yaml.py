"""The frontmatter is not valid YAML.

Why: a client that cannot parse the frontmatter drops the whole skill, mostly in silence. The
most frequent cause by far is an unquoted `: ` inside the description.

Fix: Put the value in quotes, or write it as a block with `>-`.

Bad:
    description: Use when: a PDF has fields to fill
Good:
    description: "Use when: a PDF has fields to fill"
"""

import re
from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill, Source, Span
from skill_lint.skill.yaml_nodes import YamlFault

_KEY_LINE = re.compile(r"(?P<indent>[ ]*)(?P<key>[^\s:#][^:]*?)[ ]*:[ ]+(?P<value>\S.*)")
_SIGNS = {
    "*": "`*` begins an alias",
    "&": "`&` begins an anchor",
    "@": "`@` is reserved",
    "`": "a backtick is reserved",
    "%": "`%` is reserved",
    "!": "`!` begins a tag",
}


@rule("error")
def invalid_yaml(skill: Skill) -> Iterator[Finding]:
    frontmatter = skill.frontmatter
    if frontmatter.fault is None:
        return
    broken = [entry for entry in frontmatter.entries if entry.node is None]
    causes = [cause for entry in broken if (cause := _cause(skill.source, entry.key_span.start))]
    if causes:
        for message, span in causes:
            yield Finding(message, skill.source, span)
    else:
        message, span = _as_parser_says(skill.source, frontmatter.fault)
        yield Finding(message, skill.source, span)


def _cause(source: Source, offset: int) -> tuple[str, Span] | None:
    """The likely cause on a key's own line, with the characters that make it."""
    line = source.line_span(source.position(offset)[0])
    match = _KEY_LINE.match(source.text, *line)
    if match is None:
        return None
    key, value, start = match["key"], match["value"], match.start("value")
    if value[0] in _SIGNS:
        return f"`{key}`: {_SIGNS[value[0]]} in YAML; quote the value", Span(start, start + 1)
    if value[0] in "\"'":
        return _quoted(key, value, start)
    if value[0] in "[{":
        closing = value.find({"[": "]", "{": "}"}[value[0]])
        rest = value[closing + 1 :].strip() if closing >= 0 else ""
        what = f"the text behind `{value[closing]}` is left over" if rest else "it is never closed"
        message = f"`{key}`: `{value[0]}` begins a list or mapping, and {what}; quote the value"
        return message, Span(start, start + 1)
    if colon := re.search(r":(?= |$)", value):
        at = start + colon.start()
        return f"`{key}`: an unquoted `: ` ends the value here; quote the value", Span(at, at + 1)
    return None


def _quoted(key: str, value: str, start: int) -> tuple[str, Span] | None:
    closing = value.find(value[0], 1)
    rest = value[closing + 1 :].strip() if closing > 0 else ""
    if not rest or rest.startswith("#"):
        return None
    at = start + closing
    return f"`{key}`: the quote ends here, and text follows it", Span(at, at + 1)


def _as_parser_says(source: Source, fault: YamlFault) -> tuple[str, Span]:
    offset = min(fault.offset, len(source.text))
    line = source.line_span(source.position(offset)[0])
    indent = re.compile(r"[ ]*\t").match(source.text, *line)
    if indent:
        return "a tab cannot indent YAML; use spaces", Span(indent.end() - 1, indent.end())
    text = source.slice(line)
    if sign := _SIGNS.get(source.text[offset : offset + 1]):
        return f"{sign} in YAML; quote the word it stands in", Span(offset, offset + 1)
    if re.fullmatch(r"[\w-]+:\S.*", text):
        return "a space is missing behind the colon", Span(line.start, line.end)
    return f"the YAML cannot be read: {fault.message}", Span(offset, min(offset + 1, line.end))
