"""Which skills rules look into: what the others contain cannot change what those rules say."""

from collections.abc import Iterable

from skill_lint.collection.body import Body
from skill_lint.collection.facts import Facts


class LookedInto:
    """The paths of the skills of which the body or the files were asked for."""

    def __init__(self) -> None:
        self.paths: set[str] = set()

    def noting(self, skills: Iterable[Facts]) -> list[Facts]:
        """The same facts, which are noted here when they are asked for what is in the skill."""
        return [_Noted.of(each, self.paths) for each in skills]


class _Noted(Facts):
    noted: set[str]

    @classmethod
    def of(cls, facts: Facts, noted: set[str]) -> Facts:
        own = cls._make(facts)
        own.noted = noted
        return own

    def __hash__(self) -> int:
        # All of them differ in their path; nothing else need be looked at.
        return hash(self.path)

    @property
    def body(self) -> Body:
        self.noted.add(self.path)
        return super().body

    @property
    def packed(self) -> str:
        self.noted.add(self.path)
        return super().packed
