"""Which skills a run lints: those at the paths, those that own files, or those that changed."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from skill_lint.cli.commands import COMMANDS
from skill_lint.cli.error import UsageError
from skill_lint.config.config import Config
from skill_lint.config.file import ConfigError
from skill_lint.discovery.owners import being_edited, changed_only, owners
from skill_lint.discovery.roots import Discovery, NothingFound, NothingLeft
from skill_lint.discovery.walk import discover
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.text.spelling import nearest

if TYPE_CHECKING:
    from skill_lint.filesystem.git_changes import Changes


@dataclass(frozen=True)
class Selection:
    """The paths of a run, and which of the skills there are linted.

    `edited` is the file whose content is read from standard input, if there is one.
    """

    paths: tuple[str, ...]
    edited: str | None = None
    list_skills: bool = False
    changed_since: str | None = None
    new_only: bool = False
    owning_skills: bool = False
    allow_empty: bool = False


def add_options(parser: argparse.ArgumentParser) -> None:
    group = add_changed_options(parser)
    group.add_argument(
        "--list-skills", action="store_true",
        help="list the skills that are found and those that are skipped, and lint nothing",
    )  # fmt: skip
    group.add_argument(
        "--new-only", action="store_true",
        help="with --changed-since: report only findings on changed lines",
    )  # fmt: skip
    group.add_argument(
        "--stdin-filename", metavar="FILE",
        help="for editors, with `-` as the PATH: lint the skill that FILE is part of, but read "
        "FILE from standard input, and report only findings in FILE",
    )  # fmt: skip


def add_changed_options(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """The options that choose whole skills; more may be added to the group."""
    group = parser.add_argument_group("input")
    group.add_argument(
        "--changed-since", metavar="REV",
        help="lint only skills with files that changed since the git revision REV",
    )  # fmt: skip
    group.add_argument(
        "--owning-skills", action="store_true",
        help="for hooks: each PATH is a file, and the skill that it is part of is linted; files in "
        "no skill are ignored. git is asked which files the commit deletes: the skills that they "
        "were part of, or that link to them, are linted as well",
    )  # fmt: skip
    group.add_argument(
        "--allow-empty", action="store_true",
        help="for CI: exit 0, and say so, where a PATH holds no skill that is linted",
    )  # fmt: skip
    return group


def settle(given: argparse.Namespace) -> Selection:
    edited = getattr(given, "stdin_filename", None)
    new_only = getattr(given, "new_only", False)
    if (given.paths == ["-"]) != bool(edited):
        raise UsageError("`-`, as the only path, and --stdin-filename FILE go together")
    if new_only and not given.changed_since:
        raise UsageError("--new-only goes with --changed-since REV")
    paths = given.paths if given.paths or given.owning_skills else ["."]
    return Selection(
        (edited,) if edited else tuple(paths),
        edited,
        getattr(given, "list_skills", False),
        given.changed_since,
        new_only,
        given.owning_skills,
        given.allow_empty,
    )


def select(
    selection: Selection,
    config: Config,
    changes: "Changes | None",
    root: Root,
    recorder: Recorder,
) -> Discovery:
    """The skills to lint. Raises `UsageError` if the paths are wrong."""
    try:
        if selection.edited:
            return being_edited(selection.edited, config, root, recorder)
        if selection.owning_skills:
            return _owners(selection, config, root, recorder)
        found = _discovered(selection, config, root, recorder)
        if changes is not None:
            found = changed_only(found, changes.files, root)
        if selection.changed_since and not (found.skills or found.led_out):
            which = "skill that is not skipped" if found.skipped else "skill"
            note = f"nothing to lint: no {which} has changed since {selection.changed_since}"
            found = replace(found, notes=(*found.notes, note))
        return found
    except ConfigError as error:
        raise UsageError(str(error)) from None
    except NothingFound as error:
        raise UsageError(f"{error}{_hint(selection.paths, root)}") from None


def _owners(selection: Selection, config: Config, root: Root, recorder: Recorder) -> Discovery:
    # Lazy import: only hooks ask what a commit deletes.
    from skill_lint.cli.options.deleted import concerned_files

    concerned = concerned_files(config, root, recorder)
    files = dict.fromkeys((*map(Path, selection.paths), *concerned.files))
    found = owners(list(files), config, root, recorder)
    return replace(found, skipped=(*concerned.skipped, *found.skipped))


def _discovered(selection: Selection, config: Config, root: Root, recorder: Recorder) -> Discovery:
    """The skills at the paths. Whoever names paths expects that something there is linted.

    Whoever asks for what has changed, or for a list, does not.
    """
    try:
        return discover(selection.paths, config, root, recorder, allow_empty=selection.allow_empty)
    except NothingLeft as error:
        # Of a SKILL.md that leads out of the checkout, a list is no more than a path.
        is_list = selection.list_skills and not error.found.led_out
        if selection.changed_since or is_list:
            return error.found
        raise


def _hint(paths: Sequence[str], root: Root) -> str:
    """The command that the first word stands for, if it is no path: only it can be a command."""
    if os.path.lexists(root.join(paths[0])):
        return ""
    guess = nearest(paths[0], COMMANDS)
    return f"; did you mean the command `{guess}`?" if guess else ""


def find_changes(selection: Selection, root: Root, recorder: Recorder) -> "Changes | None":
    """What has changed since the given revision, if one is given."""
    if selection.changed_since is None:
        return None
    # Lazy import: most runs ask git nothing.
    from skill_lint.filesystem.git import GitError
    from skill_lint.filesystem.git_changes import changes_since

    recorder.asked_git()
    existing = [
        Path(root.join(path))
        for path in selection.paths
        if os.path.exists(root.join(path))  # noqa: PTH110
    ]
    folders = [each if each.is_dir() else each.parent for each in existing]
    here = Path(root.absolute)
    try:
        return changes_since(selection.changed_since, folders or [here], here)
    except GitError as error:
        raise UsageError(str(error)) from None
