"""Whether a folder without a SKILL.md is meant as a skill."""

import json
import os
from collections import deque
from collections.abc import Set

from skill_lint.filesystem.paths import is_inside
from skill_lint.filesystem.read import Unreadable
from skill_lint.filesystem.recorder import Recorder
from skill_lint.limits import DEFAULT
from skill_lint.skill.file_name import is_skill_file
from skill_lint.skill.metadata import FILE as METADATA_FILE

_SKILL_FOLDERS = frozenset({"references", "scripts"})


class Meant:
    """Judges folders without a SKILL.md. What lies below a folder is looked at once."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self._with_skills: dict[str, bool] = {}

    def is_skill(self, folder: str, names: Set[str], *, beside_skills: bool) -> bool:
        """Whether a folder with these names is meant as a skill: it has the id of one, or it has
        the folders of one, stands beside skills, and holds none.
        """
        looks_like_one = beside_skills and not _SKILL_FOLDERS.isdisjoint(names)
        return (looks_like_one and not self._holds_skills(folder)) or self.has_skill_id(
            folder, names
        )

    def has_skill_id(self, folder: str, names: Set[str]) -> bool:
        """Whether the metadata.json of a folder names a skill, as in v1."""
        if METADATA_FILE not in names:
            return False
        file = os.path.join(folder, METADATA_FILE)  # noqa: PTH118
        if os.path.islink(file):  # noqa: PTH114
            # A symbolic link may lead anywhere; a v1 skill has a real file.
            self.recorder.link(file)
            return False
        try:
            data = json.loads(self.recorder.read(file, DEFAULT.file_bytes, follow=False))
        except (Unreadable, ValueError, RecursionError):
            return False
        return isinstance(data, dict) and isinstance(data.get("skill_id"), str)

    def _holds_skills(self, top: str) -> bool:
        """Whether a skill lies anywhere below, even in folders that are never searched."""
        pending, looked_at, known = deque([top]), list[str](), self._with_skills
        while pending and top not in known:
            folder = pending.popleft()
            looked_at.append(folder)
            has_skill, below = (known[folder], []) if folder in known else self._look_into(folder)
            pending += below
            while has_skill and is_inside(folder, top):  # And so do the folders on the way to it.
                known[folder] = True
                folder = os.path.dirname(folder)  # noqa: PTH120
        if top not in known:
            known |= dict.fromkeys(looked_at, False)
        return known[top]

    def _look_into(self, folder: str) -> tuple[bool, list[str]]:
        """Whether a folder holds a SKILL.md, and the folders in it."""
        try:
            entries = self.recorder.list(folder)
        except OSError:  # An unreadable folder is reported by the search.
            return False, []
        folders = [each.path for each in entries if each.is_dir(follow_symlinks=False)]
        names = {each.name for each in entries if each.path not in folders}
        return any(map(is_skill_file, names)), folders
