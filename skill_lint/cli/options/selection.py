"""Which skills a run lints: those at the paths, those that own files, or those that changed."""

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from skill_lint.cli.commands import COMMANDS
from skill_lint.cli.error import UsageError
from skill_lint.config.config import Config
from skill_lint.config.file import ConfigError
from skill_lint.discovery.owners import being_edited, changed_only, owners, with_others
from skill_lint.discovery.roots import Discovery, NothingFound
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


def add_options(parser: argparse.ArgumentParser) -> None:
    group = add_changed_options(parser)
    group.add_argument(
        "--list-skills", action="store_true", help="list the skills that were found, and stop"
    )
    group.add_argument(
        "--new-only", action="store_true",
        help="with --changed-since: report only findings on changed lines",
    )  # fmt: skip
    group.add_argument(
        "--stdin-filename", metavar="FILE",
        help="with `-` as the PATH: lint the skill that owns FILE, read FILE from standard input, "
        "and report only findings in FILE",
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
        help="lint the skills that own the files given; files that no skill owns are ignored",
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
            found = owners([Path(path) for path in selection.paths], config, root, recorder)
            return with_others(found, config, root, recorder)
        found = discover(selection.paths, config, root, recorder)
        if changes is not None:
            files = {*changes.files, *_led_to(found, changes, root)}
            found = changed_only(found, sorted(files), config, root, recorder)
        return found
    except ConfigError as error:
        raise UsageError(str(error)) from None
    except NothingFound as error:
        raise UsageError(f"{error}{_hint(selection.paths)}") from None


def _led_to(found: Discovery, changes: "Changes", root: Root) -> Iterator[Path]:
    """A file of each skill that a changed symbolic link leads to, whether it has changed or not."""
    for each in found.skills:
        path = Path(root.absolute_of(each.path))
        if changes.leads_through_link(path):
            yield path / "SKILL.md"


def _hint(paths: Sequence[str]) -> str:
    guess = nearest(paths[0], COMMANDS) if len(paths) == 1 else None
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
    first = existing[0] if existing else Path(root.absolute)
    try:
        return changes_since(selection.changed_since, first if first.is_dir() else first.parent)
    except GitError as error:
        raise UsageError(str(error)) from None
