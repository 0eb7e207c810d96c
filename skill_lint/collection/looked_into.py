"""Which skills rules look into: what the others contain cannot change what those rules say."""

from collections.abc import Iterable
from dataclasses import fields

from skill_lint.collection.body import Body
from skill_lint.collection.facts import Facts


class LookedInto:
    """The paths of the skills of which the body or the files were asked for."""

    def __init__(self) -> None:
        self.paths: set[str] = set()

    def noting(self, skills: Iterable[Facts]) -> list[Facts]:
        """The same facts, which are noted here when they are asked for what is in the skill."""
        return [_Noted(each, self.paths) for each in skills]


class _Noted(Facts):
    def __init__(self, facts: Facts, noted: set[str]) -> None:
        own = {field.name: getattr(facts, field.name) for field in fields(facts)}
        self.__dict__.update(own, _noted=noted)

    def __hash__(self) -> int:
        # All of them differ in their path; nothing else need be looked at.
        return hash(self.path)

    @property
    def body(self) -> Body:
        self.__dict__["_noted"].add(self.path)
        body: Body = self.__dict__["body"]
        return body

    @property
    def packed(self) -> str:
        self.__dict__["_noted"].add(self.path)
        packed: str = self.__dict__["packed"]
        return packed
