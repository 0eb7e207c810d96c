"""Which diagnostics a comment suppresses, and which comments suppress nothing."""

from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

from skill_lint.diagnostic import Diagnostic
from skill_lint.skill.blocks import Blocks, first_line


class Suppresses(Protocol):
    """A comment that suppresses a rule: in `lines` of the file `path`, or everywhere if None.

    Where it counts for a whole skill, `path` is the skill's folder.
    """

    @property
    def rule(self) -> str: ...

    @property
    def path(self) -> str: ...

    @property
    def lines(self) -> frozenset[int] | None: ...

    @property
    def reason(self) -> str: ...


_T = TypeVar("_T", bound=Suppresses)
_Key = tuple[str, str, int | None]


class SuppressionIndex(Generic[_T]):
    """Suppressions by rule, file and line; the line is None for a whole file.

    What counts for the first line of a block counts for all of it.
    """

    def __init__(self, suppressions: Iterable[_T], blocks: Blocks | None = None) -> None:
        self._suppressions = list(suppressions)
        self._blocks = blocks or {}
        self._hit: set[_Key] = set()
        self._by_place: dict[_Key, list[_T]] = {}
        for each in self._suppressions:
            for line in [None] if each.lines is None else each.lines:
                self._by_place.setdefault((each.rule, each.path, line), []).append(each)

    def apply(self, diagnostic: Diagnostic) -> Diagnostic:
        """The diagnostic; if comments suppress it, with the reason of the first."""
        if not self._suppressions:
            return diagnostic
        rule, path, line = diagnostic.rule, diagnostic.path, diagnostic.region.line
        places = [
            (rule, path, line),
            (rule, path, first_line(self._blocks, path, line)),
            (rule, path, None),
            (rule, diagnostic.skill, None),
        ]
        covering = [place for place in places if place in self._by_place]
        self._hit.update(covering)
        if not covering:
            return diagnostic
        return diagnostic._replace(suppression=self._by_place[covering[0]][0].reason)

    def unused(self) -> list[_T]:
        """The suppressions that have matched no diagnostic, in order."""
        used = {id(each) for place in self._hit for each in self._by_place[place]}
        return [each for each in self._suppressions if id(each) not in used]
