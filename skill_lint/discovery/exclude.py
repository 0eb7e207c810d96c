"""Which of the skills that were found are left out: by the configuration, by git, or as foreign."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from skill_lint.config.config import Config
from skill_lint.config.file import ConfigError
from skill_lint.discovery.bounds import Bounds
from skill_lint.discovery.roots import SkillRoot
from skill_lint.filesystem import git
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.report.report import Skipped
from skill_lint.skill.file_name import is_skill_file
from skill_lint.text.glob import pattern


class Selected(NamedTuple):
    """The skills to lint, with the configuration's limits, and those left out."""

    kept: tuple[SkillRoot, ...]
    skipped: tuple[Skipped, ...]
    led_out: tuple[SkillRoot, ...] = ()
    """Those whose SKILL.md is a symbolic link out of the checkout."""


def excluded(
    roots: Sequence[SkillRoot],
    config: Config,
    paths: Sequence[str | Path],
    root: Root,
    recorder: Recorder,
) -> Selected:
    """Leave out the skills that the configuration or git excludes.

    A skill is also left out if its SKILL.md is a symbolic link out of `paths` and the run's root,
    which the change that is judged has not made. If it leads out of the checkout, the run fails.
    """
    bounds = Bounds.of(_folder_of(root.join(path)) for path in (*paths, ""))
    exclusions = list(config.exclusions(root))
    ignored = _git_ignored(roots) if config.uses_gitignore else set()
    if config.uses_gitignore:
        recorder.asked_git()
    kept, skipped, led_out = list[SkillRoot](), list[Skipped](), list[SkillRoot]()
    for each in roots:
        place = root.absolute_of(each.path)
        glob = next((glob for base, glob in exclusions if _matches(place, base, glob)), None)
        is_out = each.leads_to and not bounds.hold(each.leads_to, each.real)
        if glob is not None and not _is_moved_in(each, place, recorder):
            skipped.append(Skipped(each.shown, f"excluded by `{glob}`"))
        elif is_out and not bounds.is_in_checkout(each.leads_to or "", each.real):
            led_out.append(each)
        elif is_out and not recorder.is_new(os.path.join(place, each.file)):  # noqa: PTH118
            reason = "SKILL.md is a symbolic link out of the searched folder"
            skipped.append(Skipped(each.shown, f"{reason}; run in a folder that holds both"))
        elif each.path in ignored:
            skipped.append(Skipped(each.shown, "ignored by git"))
        else:
            kept.append(each.settled(config.effective_limits, recorder))
    return Selected(tuple(kept), tuple(skipped), tuple(led_out))


def _folder_of(path: str) -> str:
    """A folder itself, or that of a file; whoever names a link to a file does not vouch for it."""
    return path if not path or os.path.isdir(path) else os.path.dirname(path)  # noqa: PTH112, PTH120


def _is_moved_in(skill: SkillRoot, place: str, recorder: Recorder) -> bool:
    """Whether a skill is excluded only because a change has put it there."""
    return recorder.is_new(os.path.join(place, skill.file))  # noqa: PTH118


def _matches(path: str, base: Path, glob: str) -> bool:
    """Whether a glob names a skill's folder, a folder above it, or its SKILL.md."""
    relative = os.path.relpath(path, base).replace(os.sep, "/")
    parts = relative.split("/")
    names = ["/".join(parts[: end + 1]) for end in range(len(parts))] + [f"{relative}/SKILL.md"]
    regex = pattern(glob.removeprefix("./").rstrip("/"))
    return any(regex.fullmatch(name) for name in names)


def _git_ignored(roots: Sequence[SkillRoot]) -> set[Path]:
    """The skills whose SKILL.md git ignores; a tracked file is never ignored."""
    files: dict[str, list[Path]] = {}
    for each in roots:
        if is_skill_file(each.file):
            # git looks through no symbolic link.
            files.setdefault(os.path.join(each.real, each.file), []).append(each.path)  # noqa: PTH118
    return {path for name in _check_ignore(list(files)) for path in files[name]}


def _check_ignore(files: Sequence[str]) -> set[str]:
    """The files that git ignores, by a single call if all are in one repository."""
    if not files:
        return set()
    folder, name = os.path.split(files[0])
    names = [name] if len(files) == 1 else files
    text = b"\0".join(map(os.fsencode, names))
    try:
        words = (*git.own_excludes(folder), "check-ignore", "-z", "--stdin")
        printed = git.run(folder, *words, stdin=text)
    except git.GitError as error:
        if error.code is None:
            raise ConfigError(f"`respect-gitignore` needs git, but {error.reason}") from None
        return _halved(files) if error.code != 1 else set()
    found = set(map(os.fsdecode, printed.split(b"\0")))
    return {file for file, each in zip(files, names, strict=True) if each in found}


def _halved(files: Sequence[str]) -> set[str]:
    """As `_check_ignore`, half by half: git refuses all files if one is in another repository."""
    if len(files) == 1:
        return set()
    middle = len(files) // 2
    return _check_ignore(files[:middle]) | _check_ignore(files[middle:])
