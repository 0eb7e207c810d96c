"""Files → the skills that own them: files that a hook names, that changed, or that are edited."""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from skill_lint.config.config import Config
from skill_lint.discovery.bounds import refuse_way_out
from skill_lint.discovery.exclude import excluded
from skill_lint.discovery.roots import Discovery, NothingFound, SkillRoot
from skill_lint.discovery.walk import Owners, discover, owning_skill
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.skill.file_name import is_nearly_skill_file, is_skill_file
from skill_lint.skill.skill import MARKDOWN


def owners(files: Sequence[Path], config: Config, root: Root, recorder: Recorder) -> Discovery:
    """The skills that own files, each once, and the others; a file of no skill is ignored."""
    search = Owners(root, recorder)
    found = [each for path in files for each in _owners_of(path, search, root)]
    # A skill may be named through a symbolic link as well; its own name comes first.
    found.sort(key=lambda each: (each.path.is_symlink(), each.shown))
    once = {each.real: each for each in reversed(found)}
    roots = sorted(once.values(), key=lambda each: each.shown)
    # Of what the repository names, its folder is searched, and not where it may lead.
    folders = list(dict.fromkeys(path.parent for path in files))
    selected = excluded(roots, config, folders, root, recorder)
    owning = Discovery(selected.kept, skipped=selected.skipped, led_out=selected.led_out)
    return _with_others(owning, files, config, root, recorder)


def _owners_of(path: Path, search: Owners, root: Root) -> Iterator[SkillRoot]:
    """The skill that owns a file, and its folder if only the file's name looks like `SKILL.md`."""
    named = path.parent if os.path.islink(root.join(path)) else path  # noqa: PTH114
    if owner := search.of(named):
        yield owner
    folder = Path(root.join(path.parent))
    is_there = os.path.lexists(root.join(path))
    if is_nearly_skill_file(path.name) and is_there and not folder.is_symlink():
        yield SkillRoot(folder, root.shown(folder), file=path.name)


def _with_others(
    found: Discovery, files: Sequence[Path], config: Config, root: Root, recorder: Recorder
) -> Discovery:
    """Add the skills whose SKILL.md is a link to one of the files, or one of the files that are
    gone, and all other skills below the root of the run as `others`, for the collection rules.
    """
    texts = {os.path.realpath(root.join(path)) for path in files if _may_make_a_skill(path, root)}
    if not found.skills and not texts:
        return found
    try:
        everything = discover(["."], config, root, recorder)
    except NothingFound:
        return found
    owning = {each.real for each in found.skills}
    rest = [each for each in everything.skills if each.real not in owning]
    split = {True: list[SkillRoot](), False: list[SkillRoot]()}
    for each in rest:
        split[each.leads_to in texts or _lost_file(each) in texts].append(each)
    skills, others = (*found.skills, *split[True]), tuple(split[False])
    if not skills:
        return found
    return replace(found, skills=skills, others=others, notes=everything.notes, whole=True)


def _may_make_a_skill(path: Path, root: Root) -> bool:
    """Whether a file is a Markdown file, which a SKILL.md may lead to, or was itself a SKILL.md."""
    is_there = os.path.lexists(root.join(path))
    return path.suffix.lower() in MARKDOWN if is_there else is_skill_file(path.name)


def _lost_file(skill: SkillRoot) -> str | None:
    """Where the SKILL.md was of a folder that is meant as a skill and has none."""
    return None if is_skill_file(skill.file) else os.path.join(skill.real, "SKILL.md")  # noqa: PTH118


def changed_only(found: Discovery, files: Iterable[Path], root: Root) -> Discovery:
    """The same discovery, but only the skills that own one of the files are linted.

    A skill owns all that lies in it, but not in another skill, and what its SKILL.md leads to.
    """
    names = set(map(os.fspath, files))
    skills = (*found.skills, *found.led_out)
    # What is left out does not belong to the skill around it.
    left_out = [root.absolute_of(each.path) for each in found.skipped if not each.is_named]
    places = {*map(os.path.realpath, left_out), *(each.real for each in skills)}
    changed = _nearest({os.path.dirname(name) for name in names}, places)  # noqa: PTH120
    changed |= {each.real for each in skills if each.leads_to in names}
    return replace(
        found,
        skills=tuple(each for each in found.skills if each.real in changed),
        others=tuple(each for each in found.skills if each.real not in changed),
        led_out=tuple(each for each in found.led_out if each.real in changed),
    )


def _nearest(folders: Iterable[str], places: Collection[str]) -> set[str]:
    """The places that are nearest at or above one of the folders."""
    found, known = set[str](), set[str]()
    for folder in folders:
        each = folder
        while each not in known:
            known.add(each)
            if each in places:
                found.add(each)
                break
            each = os.path.dirname(each)  # noqa: PTH120
    return found


def being_edited(name: str, config: Config, root: Root, recorder: Recorder) -> Discovery:
    """The skill of a file that may never have been saved. Raises `NothingFound`."""
    path = Path(name)
    owner = owning_skill(path, root, recorder)
    if owner is None and is_skill_file(path.name):
        owner = SkillRoot(path.parent, root.shown(path.parent))
    if owner is None or path.is_dir():
        raise NothingFound(
            f"{name}: belongs to no skill: there is no SKILL.md in its folder or above"
        )
    refuse_way_out(name, root)
    selected = excluded([owner], config, [path], root, recorder)
    return Discovery(selected.kept, skipped=selected.skipped, led_out=selected.led_out)
