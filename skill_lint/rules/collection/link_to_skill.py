"""A link leads to a missing file in another skill's directory.

Why: skills that are installed together may link to each other's files. When a file is renamed in
one skill, the links in the other skills break, and the author of the change does not see it. If a
link leads to a place that a skill has left, the message says where the skill is now.

Fix: Correct the path, or name the skill instead of its file.

Bad:  See [the form fields](../pdf/references/feilds.md)
Good: See [the form fields](../pdf/references/fields.md)
"""

import posixpath
from collections.abc import Iterator
from pathlib import PurePosixPath

from skill_lint.collection.collection import Collection, GroupFinding
from skill_lint.collection.facts import Content, Facts
from skill_lint.collection.names import owner
from skill_lint.rule import rule
from skill_lint.skill.file_name import is_skill_file
from skill_lint.skill.tree import UNSEARCHED
from skill_lint.text.spelling import Paths


@rule("error", by_reach=True, comment="line")
def link_to_skill(collection: Collection) -> Iterator[GroupFinding]:
    destinations = _Destinations(collection)
    for skill in collection.skills:
        for link in skill.links:
            # `broken-link` reports the links to files in the skill's own folder.
            inside = link.path.startswith(f"{skill.path}/")
            if not inside and (fault := destinations.fault(link.path)) is not None:
                message = f"`{link.written}` leads nowhere: {fault}"
                yield GroupFinding(
                    message, skill, link.place,
                    is_out_of_reach=not link.is_in_reach, cause=link.path,
                )  # fmt: skip


class _Destinations:
    """Where links may lead: the skills and their files, indexed once."""

    def __init__(self, collection: Collection) -> None:
        skills, self.content = collection.skills, collection.content
        self.by_path = {each.path: each for each in skills}
        self.by_directory: dict[str, list[Facts]] = {}
        for each in skills:
            self.by_directory.setdefault(each.directory, []).append(each)
        self.hints: dict[str, Paths] = {}

    def fault(self, path: str) -> str | None:
        """What is wrong with a path; None if nothing is known to be wrong."""
        skill = owner(self.by_path, path)
        if skill is None:
            return self._moved(path)
        name = path[len(skill.path) + 1 :]
        return None if _has(self.content(skill), name) else self._missing(skill, name)

    def _missing(self, skill: Facts, name: str) -> str:
        if skill.path not in self.hints:
            self.hints[skill.path] = Paths(self.content(skill).files)
        guess = self.hints[skill.path].nearest(name)
        hint = f"; did you mean `{guess.path}`?" if guess else ""
        return f"the skill `{skill.shown_name}` has no `{name}`{hint}"

    def _moved(self, path: str) -> str | None:
        """Where the skill is whose SKILL.md a link expects in another folder of the same name."""
        folder, name = posixpath.split(path)
        directory = posixpath.basename(folder)
        found = self.by_directory.get(directory, []) if is_skill_file(name) else []
        return f"the skill `{directory}` is at `{found[0].path}`" if len(found) == 1 else None


def _has(content: Content, name: str) -> bool:
    """Whether a skill has a file or folder, or may have it in a folder that is not searched."""
    parents = [name, *map(str, PurePosixPath(name).parents)]
    return (
        not name
        or name in content.files
        or name in content.folders
        or not UNSEARCHED.isdisjoint(name.split("/"))
        or any(f"{parent}/" in content.files for parent in parents)
    )
