"""Which of the skills that were found are left out: by the configuration, by git, or as foreign."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from skill_lint.config.config import Config
from skill_lint.config.file import ConfigError
from skill_lint.filesystem import git
from skill_lint.report.report import Skipped
from skill_lint.skill.tree import is_skill_file
from skill_lint.text.glob import pattern

if TYPE_CHECKING:
    from skill_lint.discovery.roots import Discovery, SkillRoot


def leave_out(found: "Discovery", config: Config, paths: Sequence[str | Path]) -> None:
    """Move from the skills to the skipped what the configuration excludes.

    So is what has a SKILL.md that is a link out of `paths` and the working directory. The others
    get the configuration's limits.
    """
    tops = [os.path.realpath(path) for path in (*paths, Path.cwd())]
    exclusions = list(config.exclusions)
    found.asked_git = config.uses_gitignore
    ignored = _git_ignored(found.skills) if config.uses_gitignore else set()
    kept = []
    for root in found.skills:
        glob = next((glob for base, glob in exclusions if _matches(root.path, base, glob)), None)
        if glob is not None:
            found.skipped.append(Skipped(root.shown, f"excluded by `{glob}`"))
        elif root.leads_to and not any(is_in(root.leads_to, top) for top in tops):
            reason = "SKILL.md is a symbolic link out of the searched folder"
            found.skipped.append(Skipped(root.shown, f"{reason}; run in a folder that holds both"))
        elif root.path in ignored:
            found.skipped.append(Skipped(root.shown, "ignored by git"))
        else:
            kept.append(root._replace(limits=config.effective_limits))
    found.skills = kept


def is_in(real: str, top: str) -> bool:
    """Whether a real path is that of a folder, or of something in it."""
    return real == top or real.startswith(top.rstrip(os.sep) + os.sep)


def _matches(path: Path, base: Path, glob: str) -> bool:
    """Whether a glob names a skill's folder, a folder above it, or its SKILL.md."""
    relative = os.path.relpath(path, base).replace(os.sep, "/")
    parts = relative.split("/")
    names = ["/".join(parts[: end + 1]) for end in range(len(parts))] + [f"{relative}/SKILL.md"]
    regex = pattern(glob.removeprefix("./").rstrip("/"))
    return any(regex.fullmatch(name) for name in names)


def _git_ignored(roots: Sequence["SkillRoot"]) -> set[Path]:
    """The skills whose SKILL.md git ignores; a tracked file is never ignored."""
    files: dict[str, Path] = {}
    for root in roots:
        names = sorted(path.name for path in root.path.glob("*") if is_skill_file(path.name))
        files |= {os.path.abspath(root.path / name): root.path for name in names[:1]}  # noqa: PTH100
    return {files[name] for name in _check_ignore(list(files))}


def _check_ignore(files: Sequence[str]) -> set[str]:
    """Those of the files that git ignores, asked all at once where they are in one repository."""
    if not files:
        return set()
    import subprocess

    folder, name = os.path.split(files[0])
    given = [name] if len(files) == 1 else files
    command = git.command(folder, "check-ignore", "-z", "--stdin")
    text = b"\0".join(map(os.fsencode, given))
    try:
        done = subprocess.run(command, check=False, capture_output=True, input=text)
    except FileNotFoundError:
        raise ConfigError("`respect-gitignore` needs git, which is not installed") from None
    if done.returncode in (0, 1):
        found = set(map(os.fsdecode, done.stdout.split(b"\0")))
        return {file for file, each in zip(files, given, strict=True) if each in found}
    if len(files) == 1:
        return set()
    # One of them is in another repository, or in none: halve until that does not matter.
    middle = len(files) // 2
    return _check_ignore(files[:middle]) | _check_ignore(files[middle:])
