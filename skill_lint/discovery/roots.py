"""What discovery finds: the folders of skills, and what was left out, with the reason."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from skill_lint.filesystem.snapshot import Snapshot
from skill_lint.limits import DEFAULT, Limits
from skill_lint.report.report import Skipped


class NothingFound(Exception):
    """A path does not exist, or no skill is there to lint; the message says what was searched."""


class SkillRoot(NamedTuple):
    """A skill's directory, and how it is shown: POSIX, relative to the working directory."""

    path: Path
    shown: str
    leads_to: str | None = None
    """Where its SKILL.md really is, if that is a symbolic link."""
    limits: Limits = DEFAULT


@dataclass
class Discovery:
    """The skills to lint and those left out. `searched` counts the folders looked into.

    `others` are skills of the same collection that are not to be linted: rules across skills know
    them. `whole` says whether the collection is all there is, and no part of a larger one; `tops`
    are the folders of which all skills are known.
    """

    skills: list[SkillRoot] = field(default_factory=list)
    others: list[SkillRoot] = field(default_factory=list)
    whole: bool = False
    tops: list[str] = field(default_factory=list)
    asked_git: bool = False
    """Whether git had a say in what is skipped."""
    watch: Snapshot = field(default_factory=Snapshot)
    """What was looked at to find them."""
    skipped: list[Skipped] = field(default_factory=list)
    searched: int = 0


def shown(path: str | Path) -> str:
    """A path as people see it: POSIX, relative to the working directory, `..` included."""
    return os.path.relpath(path).replace(os.sep, "/")
