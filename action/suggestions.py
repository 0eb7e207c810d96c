"""Findings as comments of a review, with changes that can be accepted."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from diff import Line
from findings import Finding, Suggestion

_MARK = re.compile(r"<!-- skill-lint: ([0-9a-f]{16}) -->")
_TICKS = re.compile(r"`+")


class Comment(NamedTuple):
    """A comment on lines of the diff. `key` tells it from others, also when the lines move."""

    path: str
    line: int
    end_line: int
    body: str
    key: str

    def payload(self) -> dict[str, Any]:
        """As GitHub's API takes it."""
        place = {"path": self.path, "line": self.end_line, "side": "RIGHT"}
        if self.line < self.end_line:
            place |= {"start_line": self.line, "start_side": "RIGHT"}
        return {**place, "body": f"{self.body}\n<!-- skill-lint: {self.key} -->"}


def key_of(body: str) -> str:
    """The key of a comment that was posted before; empty if it is none."""
    found = _MARK.search(body)
    return found[1] if found else ""


def comments(finding: Finding, lines: Mapping[int, Line]) -> list[Comment]:
    """The comments on a finding: one for each place that can be fixed, else one on its line.

    `lines` are those of the diff. There is none on lines that the pull request does not add.
    """
    found = list(_suggestions(finding, lines))
    start = lines.get(finding.line)
    if not found and start and start.is_added:
        found = [_comment(finding, {finding.line: start}, "")]
    return found


def _suggestions(finding: Finding, lines: Mapping[int, Line]) -> Iterator[Comment]:
    for each in finding.suggestions:
        numbers = range(each.start.line, each.end.line + 1)
        there = {number: lines[number] for number in numbers if number in lines}
        # A comment cannot reach from one piece of the diff into another.
        is_one = len(there) == len(numbers) and len({line.hunk for line in there.values()}) == 1
        if not is_one or not any(line.is_added for line in there.values()):
            continue
        text = _replaced(each, there)
        if text is not None:
            yield _comment(finding, there, _fenced(text))


def _replaced(suggestion: Suggestion, lines: Mapping[int, Line]) -> str | None:
    """The whole lines with the new text; None if its columns are not in the lines, or no UTF-8."""
    start, end = suggestion.start, suggestion.end
    first, last = (lines[place.line].text.encode() for place in (start, end))
    if start.column > len(first) + 1 or end.column > len(last) + 1:
        return None
    try:
        new = first[: start.column - 1] + suggestion.text.encode() + last[end.column - 1 :]
        return new.decode()
    except UnicodeError:
        return None


def _fenced(text: str) -> str:
    ticks = "`" * max(3, 1 + max(map(len, _TICKS.findall(text)), default=0))
    return f"\n\n{ticks}suggestion\n{text}\n{ticks}"


def _comment(finding: Finding, lines: Mapping[int, Line], suggestion: str) -> Comment:
    rule = f"[{finding.rule}]({finding.url})"
    body = f"**{finding.severity}** {rule}: {finding.message}{suggestion}"
    shown = (finding.path, body, *(line.text for line in lines.values()))
    key = hashlib.sha256("\0".join(shown).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Comment(finding.path, min(lines), max(lines), body, key)
