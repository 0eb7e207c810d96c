"""Work on each skill by itself: where skill-lint fails on one skill, the others are not lost."""

import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Generic, TypeVar

from skill_lint.discovery.roots import SkillRoot
from skill_lint.engine.events import words

_T = TypeVar("_T")


@dataclass(frozen=True)
class Worked(Generic[_T]):
    """What came of each skill, and how skill-lint failed on the others, each by the shown path."""

    done: Mapping[str, _T]
    failed: Mapping[str, str]


def each_skill(roots: Iterable[SkillRoot], work: Callable[[SkillRoot], _T]) -> Worked[_T]:
    """Do some work on each skill, in the order of their shown paths."""
    done: dict[str, _T] = {}
    failed: dict[str, str] = {}
    for root in sorted(roots, key=lambda each: each.shown):
        try:
            done[root.shown] = work(root)
        except Exception as error:  # A bug that one skill shows must not lose the run.
            failed[root.shown] = _reason(error)
    return Worked(done, failed)


def _reason(error: Exception) -> str:
    """The error and its place, for the report of the bug."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{words(error)} ({PurePath(place.filename).name}:{place.lineno})"
