"""Which skills a run lints: those at the paths, those that own files, those that changed."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from skill_lint.cli.commands import COMMANDS
from skill_lint.cli.error import UsageError
from skill_lint.config.config import Config
from skill_lint.config.file import ConfigError
from skill_lint.discovery.exclude import leave_out
from skill_lint.discovery.roots import Discovery, NothingFound, SkillRoot, shown
from skill_lint.discovery.walk import discover, owning_skill
from skill_lint.skill.tree import is_skill_file
from skill_lint.text.spelling import nearest

if TYPE_CHECKING:
    from skill_lint.filesystem.git_changes import Changes


def add_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("input")
    group.add_argument(
        "--list-skills", action="store_true", help="print the skills that were found, and stop"
    )
    group.add_argument(
        "--changed-since", metavar="REV",
        help="lint the skills in which a file changed since the git revision REV",
    )  # fmt: skip
    group.add_argument(
        "--new-only", action="store_true",
        help="with --changed-since: report findings on changed lines alone",
    )  # fmt: skip
    group.add_argument(
        "--owning-skills", action="store_true",
        help="lint the skills that own the files given; files that no skill owns are ignored",
    )  # fmt: skip
    group.add_argument(
        "--stdin-filename", metavar="FILE",
        help="with `-` as the PATH: lint the skill that owns FILE, reading FILE from standard "
        "input, and report on FILE alone",
    )  # fmt: skip


def settle(options: argparse.Namespace) -> None:
    """Check the options, and put the paths to look at into `paths`."""
    options.from_stdin = options.paths == ["-"]
    if options.from_stdin != bool(options.stdin_filename):
        raise UsageError("`-`, as the only path, and --stdin-filename FILE go together")
    if options.new_only and not options.changed_since:
        raise UsageError("--new-only goes with --changed-since REV")
    if options.from_stdin:
        options.paths = [options.stdin_filename]
    elif not options.owning_skills:
        options.paths = options.paths or ["."]


def select(options: argparse.Namespace, config: Config, changes: "Changes | None") -> Discovery:
    """The skills to lint. Raises `Failure` where the paths are at fault."""
    try:
        if options.from_stdin:
            return _editing(options.stdin_filename, config)
        if options.owning_skills:
            owners = _owners([Path(path) for path in options.paths], config)
            return _with_others(owners, config) if owners.skills else owners
        found = discover(options.paths, config)
    except ConfigError as error:
        raise UsageError(str(error)) from None
    except NothingFound as error:
        guess = nearest(options.paths[0], COMMANDS) if len(options.paths) == 1 else None
        hint = f"; did you mean the command `{guess}`?" if guess else ""
        raise UsageError(f"{error}{hint}") from None
    if changes is not None:
        changed = {_real(root.path) for root in _owners(sorted(changes.files), config).skills}
        every = found.skills
        found.skills = [root for root in every if _real(root.path) in changed]
        found.others = [root for root in every if _real(root.path) not in changed]
    return found


def find_changes(options: argparse.Namespace) -> "Changes | None":
    if options.changed_since is None:
        return None
    # Late, for most runs ask git nothing.
    from skill_lint.filesystem.git_changes import GitError, changes_since

    existing = [Path(path) for path in options.paths if os.path.exists(path)]  # noqa: PTH110
    first = existing[0] if existing else Path.cwd()
    try:
        return changes_since(options.changed_since, first if first.is_dir() else first.parent)
    except GitError as error:
        raise UsageError(str(error)) from None


def _real(path: Path) -> str:
    return os.path.realpath(path)


def _owners(files: Sequence[Path], config: Config) -> Discovery:
    """The skills that own files, each once; a file that is in no skill is passed over."""
    owners = [root for path in files if (root := owning_skill(path))]
    # A skill may be named through a symbolic link as well; its own name comes first.
    owners.sort(key=lambda root: (root.path.is_symlink(), root.shown))
    once = {_real(root.path): root for root in reversed(owners)}
    found = Discovery(skills=sorted(once.values(), key=lambda root: root.shown))
    leave_out(found, config, files)
    return found


def _with_others(found: Discovery, config: Config) -> Discovery:
    """The same with the other skills of the working directory, which rules across skills know."""
    try:
        everything = discover(["."], config)
    except NothingFound:
        return found
    linted = {_real(root.path) for root in found.skills}
    found.others = [root for root in everything.skills if _real(root.path) not in linted]
    found.whole = True
    return found


def _editing(name: str, config: Config) -> Discovery:
    """The skill of a file that is being edited, and may never have been saved."""
    path = Path(name)
    owner = owning_skill(path)
    if owner is None and is_skill_file(path.name):
        owner = SkillRoot(path.parent, shown(path.parent))
    if owner is None or path.is_dir():
        raise UsageError(
            f"{name}: belongs to no skill: there is no SKILL.md in its folder or above"
        )
    found = Discovery(skills=[owner])
    leave_out(found, config, [path])
    return found
