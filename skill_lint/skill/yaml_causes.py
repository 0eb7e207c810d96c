"""Why frontmatter is not valid YAML: a helpful message, and the characters that cause it."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from skill_lint.lazy_regex import lazy_compile
from skill_lint.schema import load
from skill_lint.skill.frontmatter import Entry, Frontmatter
from skill_lint.text.source import Source, Span
from skill_lint.yaml.node import YamlFault


class Cause(NamedTuple):
    """What is wrong, and where. `value` is the text to quote, if quotes would fix it."""

    message: str
    span: Span
    value: Span | None = None


_VALUE = lazy_compile(r"[^\r\n]*?:[ \t]+(?P<value>[^\s#][^\r\n]*)")
_COLON = lazy_compile(r":(?=[ \t]|$)")
_LOST_KEY = lazy_compile(r"[.。!！?？]\s*([a-z][a-z-]*)$")
_ONE_WORD = lazy_compile(r"\s*[\w./+-]+\s*")
"""What stands behind a key that has lost its line break, and hardly behind a word of a sentence."""
_KEY_LIKE = lazy_compile(r"[ \t]*[a-z][\w-]*:[ \t]")
_QUOTED = {'"': lazy_compile(r'"(?:\\.|[^"\\])*"'), "'": lazy_compile(r"'(?:''|[^'])*'")}
_CLOSING = {"[": "]", "{": "}"}
_TEXTS = frozenset(
    "description compatibility license when_to_use argument-hint title summary author".split()
)
"""Keys whose value is always one text, whatever characters it has."""
_BLANKS = " \t\r\n"
"""What YAML counts as blanks; a no-break space is part of a text."""
_UNREADABLE = ("found character", "did not find expected alphabetic")
_INDICATORS = {
    "*": "`*` begins an alias",
    "&": "`&` begins an anchor",
    "@": "`@` is reserved",
    "`": "a backtick is reserved",
    "%": "`%` is reserved",
}


def yaml_causes(frontmatter: Frontmatter) -> Sequence[Cause]:
    """Why the block is not valid YAML: one cause for each key whose value is invalid."""
    if frontmatter.fault is None:
        return ()
    broken = list(_of_entries(frontmatter))
    return broken or [_of_fault(frontmatter.source, frontmatter.fault)]


def _of_entries(frontmatter: Frontmatter) -> Iterator[Cause]:
    source, entries = frontmatter.source, frontmatter.entries
    if not entries:
        return
    assert frontmatter.block is not None
    ends = [entry.key_span.start for entry in entries[1:]] + [frontmatter.block.content.end]
    for entry, end in zip(entries, ends, strict=True):
        if entry.fault is not None:
            yield _of_entry(source, entry, end) or _of_fault(source, entry.fault)


def _of_entry(source: Source, entry: Entry, end: int) -> Cause | None:
    """The cause, if the first character of a value or its unquoted text shows it."""
    line = source.line_span(source.position(entry.key_span.start)[0])
    match = _VALUE.match(source.text, entry.key_span.end, line.end)
    if match is None:
        return None
    key, value, start = entry.key, match["value"], match.start("value")
    if value.rstrip(_BLANKS) in ("=", "<<"):
        message = f"`{key}`: a plain `{value.rstrip(_BLANKS)}` is no text in YAML; quote the value"
        return Cause(message, Span(start, start + 1), _plain_value(source, Span(start, end)))
    if value[0] in _INDICATORS:
        message = f"`{key}`: {_INDICATORS[value[0]]} in YAML; quote the value"
        return Cause(message, Span(start, start + 1), _plain_value(source, Span(start, end)))
    if value[0] in _QUOTED:
        return _of_quotes(source, key, Span(start, end))
    if value[0] in _CLOSING:
        return _of_brackets(source, key, value, Span(start, end))
    if value[0] in "|>!":
        return None
    return _of_colon(source, key, Span(start, end))


def _of_quotes(source: Source, key: str, value: Span) -> Cause | None:
    text = source.slice(value)
    match = _QUOTED[text[0]].match(text)
    if match is None:
        message = f"`{key}`: the quote that begins here is never closed"
        return Cause(message, Span(value.start, value.start + 1))
    rest = text[match.end() :].split("\n", 1)[0].strip()
    if not rest or rest.startswith("#"):
        return None
    at = value.start + match.end() - 1
    return Cause(f"`{key}`: the quote ends here, and text follows it", Span(at, at + 1))


def _of_brackets(source: Source, key: str, value: str, whole: Span) -> Cause | None:
    bracket, closing = value[0], _CLOSING[value[0]]
    message = f"`{key}`: `{bracket}` begins a list or mapping, "
    span = Span(whole.start, whole.start + 1)
    if closing not in source.slice(whole):
        message += "and it is never closed; quote the value"
        return Cause(message, span)
    rest = value[value.rfind(closing) + 1 :] if value.count(closing) == 1 else ""
    between = value[value.find(closing) + 1 :].strip()
    left_over = rest.strip() or (between and between[0] not in f",{closing}")
    if closing not in value or not left_over or between.startswith("#"):
        return None
    message += f"and the text behind `{closing}` is left over; quote the value"
    plain = _plain_value(source, whole) if _is_text(key, source.slice(whole)) else None
    return Cause(message, span, plain)


def _of_colon(source: Source, key: str, value: Span) -> Cause | None:
    start = value.start
    for text in source.slice(value).splitlines(keepends=True):
        # A line like `other-key: value` is more likely a key that was indented by mistake.
        if start > value.start and _KEY_LIKE.match(text):
            return None
        if colon := _COLON.search(text.rstrip("\r\n")):
            at = start + colon.start()
            message = f"`{key}`: an unquoted `: ` ends the value here; quote the value"
            plain = _plain_value(source, value) if _is_text(key, source.slice(value)) else None
            lost = _LOST_KEY.search(text, 0, colon.start())
            if lost and (_is_known(lost[1]) or _ONE_WORD.fullmatch(text, colon.end())):
                message = (
                    f"`{key}`: put `{lost[1]}:` on a line of its own; if it is text, quote the "
                    "whole value"
                )
                plain = None
            return Cause(message, Span(at, at + 1), plain)
        start += len(text)
    return None


def _of_fault(source: Source, fault: YamlFault) -> Cause:
    """The parser's error, with a clearer message for the most frequent cases."""
    offset = min(fault.offset, len(source.text))
    line = source.line_span(source.position(offset)[0])
    text = source.slice(line)
    if indent := re.match(r"[ ]*\t", text):
        at = line.start + indent.end() - 1
        return Cause("a tab cannot indent YAML; use spaces", Span(at, at + 1))
    if fault.unclosed and source.text[offset : offset + 1] in ("[", "{"):
        bracket = source.text[offset]
        message = f"`{bracket}` begins a list or mapping, and it is never closed"
        return Cause(message, Span(offset, offset + 1))
    if cause := _of_missing_colon(source, fault, line):
        return cause
    before = source.text[line.start : offset]
    word = line.start + max(before.rfind(" "), before.rfind("\t")) + 1
    for at in (word, offset) if fault.message.startswith(_UNREADABLE) else ():
        if sign := _INDICATORS.get(source.text[at : at + 1]):
            message = f"{sign} in YAML; quote the word it stands in"
            return Cause(message, Span(at, at + 1), _word(source, Span(at, line.end)))
    end = max(offset, min(offset + 1, line.end))
    return Cause(f"the YAML cannot be read: {fault.message}", Span(offset, end))


def _of_missing_colon(source: Source, fault: YamlFault, line: Span) -> Cause | None:
    """A line that should be a key, at which the parser fails, or in the next line."""
    number = source.position(line.start)[0]
    candidates = [line] if fault.lacks_colon else []
    if fault.message.startswith("mapping values") and number > 1:
        candidates.append(source.line_span(number - 1))
    for candidate in candidates:
        text = source.slice(candidate)
        if re.fullmatch(r"[\w-]+:[^\s:].*", text):
            return Cause("a space is missing behind the colon", candidate)
        if re.fullmatch(r"[\w-]+ [^:]*", text):
            return Cause("a colon is missing in this line", candidate)
    return None


def _is_text(key: str, value: str) -> bool:
    """Whether a value with a colon is certainly one text, not a mapping or a lost key."""
    return key in _TEXTS and not any(
        _is_known(match[1]) for match in re.finditer(r"(?<![\w-])([a-z][\w-]*+):(?=\s|$)", value)
    )


def _is_known(key: str) -> bool:
    return key in load("skill-frontmatter")["properties"]


def _plain_value(source: Source, value: Span) -> Span | None:
    """The text that was meant as the value: its line, and indented lines that continue it.

    None where that is not certain: the next lines may be a key, a list, a comment or a value.
    """
    lines = source.slice(value).splitlines(keepends=True)
    length = len(lines[0])
    for text in takewhile(lambda text: text[:1] in " \t" and text.strip(), lines[1:]):
        if _KEY_LIKE.match(text) or text.lstrip().startswith(("-", "#")):
            return None
        length += len(text)
    rest = source.text[value.start + length : value.end].splitlines()
    if any(line.strip() and not line.startswith("#") for line in rest):
        return None
    text = source.text[value.start : value.start + length].rstrip(_BLANKS)
    return Span(value.start, value.start + len(text))


def _word(source: Source, rest: Span) -> Span | None:
    """The text that was meant as one value: an item in brackets, or the rest of a line."""
    number = source.position(rest.start)[0]
    line = source.line_span(number)
    before, text = source.text[line.start : rest.start], source.slice(rest)
    if re.search(r"[\[,{]\s*$", before):
        match = re.match(r"[^,\[\]{}\"'#:]+", text)
        text = match[0] if match and text[match.end() :][:1] in (",", "]") else ""
    elif not re.fullmatch(r"[ \t]*(?:- +)*(?:[\w-]+:[ \t]+)?", before) or text.rstrip().endswith(
        ","
    ):
        return None
    elif number < len(source.line_starts):
        # A line that is indented further continues the text.
        following = source.slice(source.line_span(number + 1))
        indents = [len(each) - len(each.lstrip()) for each in (before + text, following)]
        if following.strip() and indents[1] > indents[0]:
            return None
    text = text.rstrip(_BLANKS)
    return Span(rest.start, rest.start + len(text)) if text else None
