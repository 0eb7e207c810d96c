"""Files → the skills that own them: files that a hook names, that changed, or that are edited."""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from pathlib import Path

from skill_lint.config.config import Config
from skill_lint.discovery.bounds import refuse_way_out
from skill_lint.discovery.exclude import excluded
from skill_lint.discovery.roots import Discovery, NothingFound, SkillRoot
from skill_lint.discovery.walk import Owners, discover, owning_skill
from skill_lint.discovery.ways import behind, led_to, link_out
from skill_lint.filesystem import git
from skill_lint.filesystem.links import places_on_way
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.skill.file_name import is_nearly_skill_file, is_skill_file


def owners(files: Sequence[Path], config: Config, root: Root, recorder: Recorder) -> Discovery:
    """The skills that own files or that files lead to, each once, and the others.

    A file of no skill is ignored. Of what a link leads to, only what it may lead to counts.
    """
    folders = dict.fromkeys(path.parent for path in files)
    out = {each: link for each in folders if (link := _way_out(each, root))}
    there = [path for path in files if path.parent not in out]
    search = Owners(root, recorder)
    found = [each for path in there for each in _owners_of(path, search, root)]
    # A skill may be named through a symbolic link as well; its own name comes first.
    found.sort(key=lambda each: (each.path.is_symlink(), each.shown))
    once = {each.real: each for each in reversed(found)}
    roots = sorted(once.values(), key=lambda each: each.shown)
    # Of what the repository names, its folder is searched, and not where it may lead.
    searched = [each for each in folders if each not in out]
    selected = excluded(roots, config, searched, root, recorder)
    skipped = (*(link_out(link, root) for link in out.values()), *selected.skipped)
    owning = Discovery(selected.kept, skipped=skipped, led_out=selected.led_out)
    return _with_others(owning, there, config, root, recorder)


def _way_out(folder: Path, root: Root) -> str | None:
    """The symbolic link that leads a folder of files out of its checkout, if one does.

    Of a folder that has become such a link, git names the files that are deleted.
    """
    try:
        refuse_way_out(folder, root)
    except NothingFound:
        path = Path(root.absolute_of(folder))
        above = (path, *path.parents)
        return os.fspath(next((each for each in above if each.is_symlink()), path))
    return None


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
    """Add the skills that one of the files leads to, or whose SKILL.md is one that is gone, and all
    other skills below the root of the run as `others`, for the collection rules.
    """
    names = _places(files, root)
    if not found.skills and not _may_matter(names, root):
        return found
    every = _everything(config, root, recorder)
    owning = {each.real for each in (*found.skills, *found.led_out)}
    led = {each.real for each in led_to(names, (*every.skills, *every.led_out))} - owning
    led |= {each.real for each in every.skills if _lost_file(each) in names}
    found = replace(
        found,
        skills=(*found.skills, *(each for each in every.skills if each.real in led)),
        skipped=tuple(dict.fromkeys((*found.skipped, *behind(names, every.skipped, root)))),
        led_out=(*found.led_out, *(each for each in every.led_out if each.real in led)),
    )
    if not (found.skills and every.skills):
        return found
    others = tuple(each for each in every.skills if each.real not in owning | led)
    return replace(found, others=others, notes=every.notes, whole=True)


def _places(files: Iterable[Path], root: Root) -> set[str]:
    """Where files really lie, not what their names lead to."""
    folders = {each: os.path.realpath(root.join(each)) for each in {path.parent for path in files}}
    return {os.path.join(folders[path.parent], path.name) for path in files}  # noqa: PTH118


def _may_matter(names: Set[str], root: Root) -> bool:
    """Whether files that no skill owns may matter to one: through links, or as a lost SKILL.md."""
    if any(is_skill_file(os.path.basename(each)) for each in names):  # noqa: PTH119
        return True
    if git.checkout_of(root.absolute) is None:
        return True
    # Lazy import: only hooks ask for links.
    from skill_lint.filesystem.git_index import tracked_links

    try:
        links = tracked_links(root.absolute)
    except git.GitError:
        return True
    return any(place in names for link in links for place in places_on_way(link))


def _everything(config: Config, root: Root, recorder: Recorder) -> Discovery:
    """What there is below the root of the run, whether any of it is linted or not."""
    try:
        return discover(["."], config, root, recorder, allow_empty=True)
    except NothingFound:
        return Discovery()


def _lost_file(skill: SkillRoot) -> str | None:
    """Where the SKILL.md was of a folder that is meant as a skill and has none."""
    return None if is_skill_file(skill.file) else os.path.join(skill.real, "SKILL.md")  # noqa: PTH118


def without_submodules(found: Discovery, root: Root) -> Discovery:
    """The same discovery, but only the skills of the checkout that the run is in are linted.

    A commit has a submodule as it was committed there, whatever is written to it.
    """
    here = git.checkout_of(root.absolute)
    skills = tuple(each for each in found.skills if git.checkout_of(each.real) == here)
    return replace(found, skills=skills)


def changed_only(found: Discovery, files: Iterable[Path], root: Root) -> Discovery:
    """The same discovery, but only the skills that own one of the files are linted.

    A skill owns all that lies in it, but not in another skill, and what links lead it to.
    """
    names = set(map(os.fspath, files))
    skills = (*found.skills, *found.led_out)
    # What is left out does not belong to the skill around it.
    left_out = [root.absolute_of(each.path) for each in found.skipped if not each.is_named]
    places = {*map(os.path.realpath, left_out), *(each.real for each in skills)}
    changed = _nearest({os.path.dirname(name) for name in names}, places)  # noqa: PTH120
    changed |= {each.real for each in led_to(names, skills)}
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
