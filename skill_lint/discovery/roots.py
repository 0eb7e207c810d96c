"""What discovery finds: the folders of skills, and what was left out, with the reason."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from skill_lint.filesystem.recorder import Recorder
from skill_lint.limits import DEFAULT, Limits
from skill_lint.report.report import Skipped
from skill_lint.skill.draft import Draft
from skill_lint.skill.skill import Skill
from skill_lint.skill.tree import walk


class NothingFound(Exception):
    """A path does not exist, or there is no skill to lint; the message says what was searched."""


class SkillRoot(NamedTuple):
    """A skill's directory, as it is opened and as it is shown: POSIX, relative to the root."""

    path: Path
    shown: str
    leads_to: str | None = None
    """Where its SKILL.md really is, if that is a symbolic link."""
    limits: Limits = DEFAULT
    file: str = "SKILL.md"
    """The name in it that makes it a skill, whether it is one or only looks like one."""
    new_environments: frozenset[str] = frozenset()
    """The files in it by which the change that is judged would make virtual environments."""
    place: str = ""
    """The directory without symbolic links, as the search found it; empty if it is not known."""

    @property
    def real(self) -> str:
        """The directory without symbolic links."""
        return os.path.realpath(self.path)

    def settled(self, limits: Limits, recorder: Recorder) -> "SkillRoot":
        """The same skill, as a run reads it: within limits, and with what `recorder` calls new."""
        new = _new_environments(self.path, limits, recorder) if recorder.judges_change else ()
        return self._replace(limits=limits, new_environments=frozenset(new))

    def open(self, draft: Draft | None = None, recorder: Recorder | None = None) -> Skill:
        """The skill, with unsaved changes if there are any. `recorder` reads its files."""
        reader = recorder or Recorder(is_recording=False)
        reader.is_new = self.new_environments.__contains__
        skill = Skill(
            self.path,
            self.shown,
            draft,
            limits=self.limits,
            recorder=reader,
            leads_to=self.leads_to,
        )
        skill.directory.place = self.place
        return skill


def _new_environments(folder: Path, limits: Limits, recorder: Recorder) -> set[str]:
    """As in `SkillRoot`. The folder is walked as the skill will be, which may happen elsewhere."""
    found = set[str]()

    def is_new(path: str) -> bool:
        found.update([path] if recorder.is_new(path) else [])
        return path in found

    walk(folder, Recorder(is_recording=False, is_new=is_new), limits.files_per_skill)
    return found


@dataclass(frozen=True)
class Discovery:
    """The skills to lint, and those left out.

    `others` are skills of the same collection that are not linted, but that collection rules see.
    `led_out` are skills whose SKILL.md is a symbolic link out of the checkout; they are not read.
    `notes` are sentences for the reader of the report. `whole` says whether the collection is
    complete, not a part of a larger one. `tops` are the shown paths of the folders whose skills are
    all known.
    """

    skills: tuple[SkillRoot, ...] = ()
    others: tuple[SkillRoot, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    led_out: tuple[SkillRoot, ...] = ()
    notes: tuple[str, ...] = ()
    whole: bool = False
    tops: tuple[str, ...] = ()


class NothingLeft(NothingFound):
    """There are skills, but all of them are skipped; `found` says why."""

    def __init__(self, message: str, found: Discovery) -> None:
        super().__init__(message)
        self.found = found
