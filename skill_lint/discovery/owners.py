"""Files → the skills that own them: files that a hook names, that changed, or that are edited."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from skill_lint.config.config import Config
from skill_lint.discovery.exclude import excluded
from skill_lint.discovery.roots import Discovery, NothingFound, SkillRoot
from skill_lint.discovery.walk import Owners, discover, owning_skill
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.skill.file_name import is_nearly_skill_file, is_skill_file


def owners(files: Sequence[Path], config: Config, root: Root, recorder: Recorder) -> Discovery:
    """The skills that own files, each once; a file that is in no skill is ignored."""
    owning = Owners(root, recorder)
    found = [each for path in files for each in _owners_of(path, owning, root)]
    # A skill may be named through a symbolic link as well; its own name comes first.
    found.sort(key=lambda each: (each.path.is_symlink(), each.shown))
    once = {each.real: each for each in reversed(found)}
    roots = sorted(once.values(), key=lambda each: each.shown)
    # Of what the repository names, its folder is searched, and not where it may lead.
    folders = list(dict.fromkeys(path.parent for path in files))
    selected = excluded(roots, config, folders, root, recorder)
    return Discovery(selected.kept, skipped=selected.skipped, led_out=selected.led_out)


def _owners_of(path: Path, owning: Owners, root: Root) -> Iterator[SkillRoot]:
    """The skill that owns a file, and its folder if only the file's name looks like `SKILL.md`."""
    named = path.parent if os.path.islink(root.join(path)) else path  # noqa: PTH114
    if owner := owning.of(named):
        yield owner
    folder = Path(root.join(path.parent))
    if is_nearly_skill_file(path.name) and folder.is_dir() and not folder.is_symlink():
        yield SkillRoot(folder, root.shown(folder))


def with_others(found: Discovery, config: Config, root: Root, recorder: Recorder) -> Discovery:
    """Add the other skills below the root of the run as `others`, for the collection rules."""
    if not found.skills:
        return found
    try:
        everything = discover(["."], config, root, recorder)
    except NothingFound:
        return found
    linted = {each.real for each in found.skills}
    others = tuple(each for each in everything.skills if each.real not in linted)
    return replace(found, others=others, notes=everything.notes, whole=True)


def changed_only(
    found: Discovery, files: Sequence[Path], config: Config, root: Root, recorder: Recorder
) -> Discovery:
    """The same discovery, but only the skills that own one of the files are linted."""
    owning = owners(files, config, root, recorder)
    changed = {each.real for each in (*owning.skills, *owning.led_out)}
    return replace(
        found,
        skills=tuple(each for each in found.skills if each.real in changed),
        others=tuple(each for each in found.skills if each.real not in changed),
        led_out=tuple(each for each in found.led_out if each.real in changed),
    )


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
    selected = excluded([owner], config, [path], root, recorder)
    return Discovery(selected.kept, skipped=selected.skipped, led_out=selected.led_out)
