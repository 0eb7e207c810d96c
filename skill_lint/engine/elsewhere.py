"""Where the finding is that a comment fails to suppress, so that a person can move the comment."""

from bisect import bisect_left
from collections.abc import Iterable

from skill_lint.diagnostic import Diagnostic
from skill_lint.rules.registry import load_rules
from skill_lint.skill.blocks import Blocks, first_line
from skill_lint.skill.skill import MARKDOWN
from skill_lint.skill.suppressions import Suppression


class Elsewhere:
    """The findings of one skill that nothing suppresses, by rule and file."""

    def __init__(self, found: Iterable[Diagnostic], blocks: Blocks) -> None:
        self._blocks = blocks
        self._lines: dict[str, dict[str, list[int]]] = {}
        for each in sorted(found, key=lambda each: each.region.line):
            if each.suppression is None:
                by_path = self._lines.setdefault(each.rule, {})
                by_path.setdefault(each.path, []).append(each.region.line)

    def of(self, comment: Suppression) -> str:
        """Where such a finding is, and what to write there; empty if there is none."""
        by_path = self._lines.get(comment.rule, {})
        own = comment.source.path
        path = own if own in by_path else min(by_path, default="")
        if not path:
            return ""
        line = _nearest(by_path[path], comment.source.position(comment.span.start)[0])
        where = f"on line {line}" if path == own else f"in {path}:{line}"
        if load_rules()[comment.rule].comment in ("skill", "end") or not path.endswith(MARKDOWN):
            advice = f"write `allow-skill {comment.rule}` in SKILL.md"
        else:
            first = first_line(self._blocks, path, line)
            advice = f"move the comment right above {'it' if first == line else f'line {first}'}"
        return f"such a finding is {where}; {advice}"


def _nearest(lines: list[int], line: int) -> int:
    """The line of a sorted list that is nearest to another."""
    at = bisect_left(lines, line)
    return min(lines[max(0, at - 1) : at + 1], key=lambda each: abs(each - line))
