"""The symbolic links on the way to skills: whoever changes one changes what the skill is."""

import os
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path

from skill_lint.discovery.roots import SkillRoot
from skill_lint.filesystem.links import places_on_way
from skill_lint.filesystem.paths import Root
from skill_lint.report.report import Skipped

_SKILLS = "skills"
"""The name of the folder in which clients look for skills."""


def led_to(names: Set[str], skills: Sequence[SkillRoot]) -> Iterator[SkillRoot]:
    """The skills that changed files and links lead to, wherever these lie.

    They are on the way to its folder or its SKILL.md. A link that has changed may also be on the
    way of a symbolic link in the skill. `names` are absolute, without links in their own paths.
    """
    links = {each for each in names if os.path.islink(each)}  # noqa: PTH114
    for each in skills:
        folder = os.path.abspath(each.path)  # noqa: PTH100
        is_led = _passes(os.path.join(folder, each.file), names)  # noqa: PTH118
        if is_led or (links and any(_passes(link, links) for link in _links_in(each))):
            yield each


def _passes(path: str, names: Set[str]) -> bool:
    return any(place in names for place in places_on_way(path))


def _links_in(skill: SkillRoot) -> Iterator[str]:
    tree = skill.open().tree
    return (os.path.join(tree.real_root, name) for name in tree.symlinks)  # noqa: PTH118


def behind(names: Set[str], skipped: Iterable[Skipped], root: Root) -> Iterator[Skipped]:
    """What was skipped at or below one of the links that are named. `names` are as in `led_to`."""
    links = {each for each in names if os.path.islink(each)}  # noqa: PTH114
    return (each for each in skipped if links and _passes(root.absolute_of(each.path), links))


def link_out(link: str, root: Root) -> Skipped:
    """A symbolic link to a folder that is not followed, for lists of what was skipped."""
    reason = "a symbolic link out of the searched folder; give its target as a path to lint it"
    return Skipped(root.shown(link), reason)


def lost(links: Iterable[str], skills: Set[str], root: Root) -> Iterator[Skipped]:
    """Those of the links that lead nowhere, for lists of what was skipped, where a skill may be
    meant: beside skills, or in a folder `skills`. In a skill they are findings.

    `skills` are the folders of the skills, as in the links' paths.
    """
    beside = {os.path.dirname(each) for each in skills}  # noqa: PTH120
    for each in map(Path, links):
        is_meant = each.parent.name == _SKILLS or os.fspath(each.parent) in beside
        if is_meant and skills.isdisjoint(map(os.fspath, each.parents)):
            yield Skipped(root.shown(each), "a symbolic link that leads nowhere")
