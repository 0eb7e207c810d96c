"""`--trusted-config`: what decides about a run is read at a revision that the owner trusts."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.config import file as config_file
from skill_lint.diagnostic import Severity
from skill_lint.filesystem.git import GitError
from skill_lint.filesystem.paths import Root, upwards
from skill_lint.filesystem.read import Unreadable
from skill_lint.filesystem.recorder import Recorder
from skill_lint.filesystem.revision import AtRevision
from skill_lint.limits import BASELINE_BYTES, CONFIGURATION_BYTES
from skill_lint.report import baseline
from skill_lint.text.source import Source


@dataclass(frozen=True)
class TrustOptions:
    """The trusted revision, if there is one. `is_strict`: added silence fails the run."""

    revision: str | None = None
    is_strict: bool = False

    @property
    def severity(self) -> Severity:
        """That of the findings about added silence."""
        return "error" if self.is_strict else "warning"


def add_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("changes of others, such as pull requests")
    group.add_argument(
        "--trusted-config", metavar="REV",
        help="read configuration, baseline and suppressions as they stand at the git revision REV, "
        "and report what the working tree adds to them",
    )  # fmt: skip
    group.add_argument(
        "--strict-gate", action="store_true",
        help="with --trusted-config: report as errors what the working tree adds to them",
    )  # fmt: skip


def settle(given: argparse.Namespace) -> TrustOptions:
    if given.strict_gate and not given.trusted_config:
        raise UsageError("--strict-gate goes with --trusted-config REV")
    return TrustOptions(given.trusted_config, given.strict_gate)


def reader(options: TrustOptions, root: Root) -> AtRevision | None:
    """Reads the settings at the trusted revision; None if there is none."""
    if options.revision is None:
        return None
    try:
        found = AtRevision(options.revision, root.absolute)
    except GitError as error:
        raise UsageError(f"--trusted-config: {error.reason if error.code else error}") from None
    if not found.has_folder(root.absolute):
        raise UsageError(
            f"--trusted-config: the working directory is no folder at `{options.revision}`, so "
            "nothing there says what its configuration is; run in a folder that it has"
        )
    return found


def edited_settings(base: AtRevision, given: tuple[str, ...], root: Root) -> Iterator[Source]:
    """The files of settings that are not as in the base. `given` are those of the command line."""
    disk = Recorder(is_recording=False)
    for folder in upwards(root.absolute):
        for name in (*config_file.FILE_NAMES, baseline.FILE_NAME):
            yield from _if_edited(Path(folder, name), base, disk, root)
    for name in given:
        yield from _if_edited(Path(root.absolute_of(name)), base, disk, root)


def _if_edited(file: Path, base: AtRevision, disk: Recorder, root: Root) -> Iterator[Source]:
    now = _settings(file, disk, root)
    readers = (base, base.before) if now is not None else ()
    if readers and all(now != _settings(file, each, root) for each in readers if each):
        yield Source(root.shown(file), file.name)


def _settings(file: Path, reader: Recorder, root: Root) -> object:
    """What a file says, in a form that can be compared; None if it says nothing about a run."""
    if not reader.is_file(str(file)):
        return None
    limit = BASELINE_BYTES if file.name == baseline.FILE_NAME else CONFIGURATION_BYTES
    try:
        text = reader.read_settings(str(file), limit, root)
        if file.name != "pyproject.toml":
            return text
        is_ours = config_file.may_have_our_table(text)
        return config_file.read_settings(file, text) or None if is_ours else None
    except (Unreadable, config_file.ConfigError) as error:
        return str(error)
