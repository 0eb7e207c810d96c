"""Skills in folders that are never searched, so that none of them is left out in silence."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.report.report import Skipped
from skill_lint.report.skipped import named
from skill_lint.skill.file_name import is_skill_file
from skill_lint.text.plural import count

MOST = 2_000
"""Files and folders of one such folder that are looked at."""
MOST_IN_ALL = 5_000
"""Of all of them together in one run. The real ones hold hundreds of thousands."""
_GIT = ".git"
_NAMED_BY_GIT = frozenset({"refs", "logs"})
"""Folders in `.git` whose files are named after branches, which may be named `SKILL.md`."""


@dataclass
class Unsearched:
    """Looks for a SKILL.md in folders that are never searched, up to a limit."""

    root: Root
    recorder: Recorder
    skipped: list[Skipped] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    """Shown paths of the folders that were not looked at completely."""
    left: int = MOST_IN_ALL

    def look(self, folders: Iterable[str]) -> None:
        """Look for a SKILL.md in each of these folders."""
        for folder in folders:
            shown = self.root.shown(folder)
            if (found := self._look(folder)) > 0:
                reason = f"never searched, though it holds {count(found, 'skill')}"
                kind = "never searched, though they hold skills"
                self.skipped.append(Skipped(shown, reason, kind, is_named=True))

    def _look(self, top: str) -> int:
        """How many SKILL.md were found in a folder and below."""
        found, budget = 0, min(self.left, MOST)
        before, pending = budget, deque([top])
        is_git = os.path.basename(top) == _GIT  # noqa: PTH119
        # A `.git` changes by itself, which is no reason to repeat a run.
        recorder = Recorder(is_recording=False) if is_git else self.recorder
        while pending and budget > 0:
            try:
                entries = recorder.list(pending.popleft())
            except OSError:
                pending.append(top)
                break
            budget -= len(entries) + 1
            names = {entry.name for entry in entries}
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending += [] if is_git and _is_of_git(entry, names) else [entry.path]
                elif is_skill_file(entry.name):
                    found += 1
        self.left -= before - budget
        if pending:
            self.unfinished.append(self.root.shown(top))
        return found

    def notes(self) -> Iterator[str]:
        """A sentence for the reader if a folder was not looked at completely."""
        if self.unfinished:
            number = count(len(self.unfinished), "folder")
            names = named(sorted(self.unfinished))
            yield f"{number} never searched, and only partly looked at for skills: {names}"


def _is_of_git(entry: os.DirEntry[str], names: set[str]) -> bool:
    """Whether a folder in `.git` holds objects or branches of git. `names` are those beside it."""
    if "HEAD" in names and entry.name in _NAMED_BY_GIT:
        return True
    # The folders of git's objects are named by two hexadecimal digits.
    return len(entry.name) <= 2 and os.path.basename(os.path.dirname(entry.path)) == "objects"  # noqa: PTH119, PTH120
