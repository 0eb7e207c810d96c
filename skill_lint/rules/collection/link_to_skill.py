"""A link leads into another skill's directory, to a file that is not there.

Why: skills that are installed together may point to each other's files; a file that was renamed in
one leaves a dead link in the others, which nobody sees who works on the one. Where a link leads to
the place that a skill has left, the message says where it is now.

Fix: Correct the path, or name the skill instead of its file.

Bad:  See [the form fields](../pdf/references/feilds.md)
Good: See [the form fields](../pdf/references/fields.md)
"""

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from skill_lint.collection.collection import Collection, GroupFinding, and_more, related
from skill_lint.collection.facts import Facts, Outward
from skill_lint.collection.links import owner as owner_of
from skill_lint.rule import rule
from skill_lint.skill.tree import UNSEARCHED, is_skill_file
from skill_lint.spelling import Paths


@rule("warning")
def link_to_skill(collection: Collection) -> Iterator[GroupFinding]:
    by_path = {each.path: each for each in collection.skills}
    dead: dict[tuple[str, str], list[tuple[Facts, Outward]]] = {}
    for skill in collection.skills:
        for link in skill.links:
            # What is missing below its own folder, `broken-link` says.
            inside = link.path.startswith(f"{skill.path}/")
            if not inside and (hint := _fault(collection, by_path, link)) is not None:
                dead.setdefault((link.path, hint), []).append((skill, link))
    for (_, hint), group in dead.items():
        yield _finding(collection, dict(reversed(group)), hint)


def _fault(collection: Collection, by_path: Mapping[str, Facts], link: Outward) -> str | None:
    """What is wrong with where a link leads; None where nothing is, as far as is known."""
    owner = owner_of(by_path, link.path)
    if owner is not None:
        return None if _has(owner, link.path) else _missing(owner, link.path)
    return _moved(collection, by_path, link.path)


def _has(skill: Facts, path: str) -> bool:
    """Whether a skill has a file or folder, or may have it, out of sight."""
    name = posixpath.relpath(path, skill.path)
    if name == "." or name in skill.files or not UNSEARCHED.isdisjoint(name.split("/")):
        return True
    through = any(
        f"{parent}/" in skill.files for parent in (name, *map(str, PurePosixPath(name).parents))
    )
    return through or any(each.startswith(f"{name}/") for each in skill.files)


def _missing(owner: Facts, path: str) -> str:
    name = posixpath.relpath(path, owner.path)
    guess = Paths(owner.files).nearest(name)
    hint = f"; did you mean `{guess.path}`?" if guess else ""
    return f"the skill `{owner.shown_name}` has no `{name}`{hint}"


def _moved(collection: Collection, by_path: Mapping[str, Facts], path: str) -> str | None:
    """Where a skill is that a link to its SKILL.md expects elsewhere."""
    folder, name = posixpath.split(path)
    if not is_skill_file(name):
        return None
    directory = posixpath.basename(folder)
    found = [each.path for each in by_path.values() if each.directory == directory]
    return f"the skill `{directory}` is at `{found[0]}`" if len(found) == 1 else None


def _finding(collection: Collection, links: dict[Facts, Outward], hint: str) -> GroupFinding:
    first, *others = collection.ordered(links)
    so_do = f"; linked in `{others[0].path}`{and_more(len(others))} too" if others else ""
    message = f"`{links[first].written}` leads nowhere: {hint}{so_do}"
    places = related((links[each].place for each in others), "leads there too")
    return GroupFinding(message, first, links[first].place, tuple(others), places)
