"""Where the finding is that a comment fails to suppress, so that a person can move the comment."""

from bisect import bisect_left
from collections.abc import Iterable

from skill_lint.diagnostic import Diagnostic
from skill_lint.rules.registry import load_rules
from skill_lint.skill.blocks import Blocks, first_line
from skill_lint.skill.skill import MARKDOWN
from skill_lint.skill.suppressions import Suppression

NEAR = 10
"""Lines from a comment to the finding that it was meant for."""


class Elsewhere:
    """The findings of one skill that nothing suppresses, by rule and file."""

    def __init__(self, found: Iterable[Diagnostic], blocks: Blocks) -> None:
        self._blocks = blocks
        self._lines: dict[str, dict[str, list[int]]] = {}
        for each in sorted(found, key=lambda each: each.region.line):
            if each.suppression is None:
                by_path = self._lines.setdefault(each.rule, {})
                by_path.setdefault(each.path, []).append(each.region.line)

    def told(self, comment: Suppression) -> Suppression:
        """A comment that suppresses nothing, with where such a finding is, if there is one."""
        here = comment.source.position(comment.span.start)[0]
        text, is_misplaced = self.of(comment.rule, comment.source.path, here)
        return comment._replace(elsewhere=text, is_misplaced=is_misplaced)

    def of(self, rule: str, own: str, here: int) -> tuple[str, bool]:
        """Where a finding of a rule is, for a comment in line `here` of the file `own`.

        Also whether the comment is meant for that finding. The text is empty if there is none.
        """
        by_path = self._lines.get(rule, {})
        path = own if own in by_path else min(by_path, default="")
        if not path:
            return "", False
        line = _nearest(by_path[path], here)
        if load_rules()[rule].comment in ("skill", "end") or not path.endswith(MARKDOWN):
            return f"no comment can stand beside such a finding; write `allow-skill {rule}`", True
        where = f"such a finding is {f'on line {line}' if path == own else f'in {path}:{line}'}"
        first = first_line(self._blocks, path, line)
        place = "it" if first == line else f"line {first}"
        is_near = path == own and abs(line - here) <= NEAR
        return f"{where}; the comment belongs right above {place}", is_near


def _nearest(lines: list[int], line: int) -> int:
    """The line of a sorted list that is nearest to another."""
    at = bisect_left(lines, line)
    return min(lines[max(0, at - 1) : at + 1], key=lambda each: abs(each - line))
