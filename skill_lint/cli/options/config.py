"""The configuration of a run: the nearest file, overridden by the command line."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.cli.parser import LOOSE
from skill_lint.config.config import DEFAULT_PRESET, Config, presets
from skill_lint.config.file import ConfigError
from skill_lint.config.search import search_starts
from skill_lint.diagnostic import SEVERITIES
from skill_lint.discovery.roots import Discovery, NothingFound
from skill_lint.discovery.walk import discover
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.rule import Level
from skill_lint.text.spelling import did_you_mean


@dataclass(frozen=True)
class FileOptions:
    """Which configuration file is used: `config`, the nearest (None), or none (`isolated`)."""

    config: str | None
    isolated: bool


@dataclass(frozen=True)
class ConfigOptions:
    """The configuration on the command line; `overrides` takes precedence over the file."""

    file: FileOptions
    preset: str | None
    overrides: Config


def add_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what to check")
    group.add_argument(
        "--preset",
        metavar="NAME",
        help=f"the set of rules and severities to start from: {', '.join(presets())} "
        f"(default: {DEFAULT_PRESET})",
    )
    group.add_argument(
        "--select", metavar="RULES", action="append", default=[],
        help="run these rules or families only, separated by commas; `all` is every rule",
    )  # fmt: skip
    group.add_argument(
        "--ignore", metavar="RULES", action="append", default=[],
        help="do not run these rules or families, separated by commas",
    )  # fmt: skip
    group.add_argument(
        "--severity", metavar="RULE=LEVEL", action="append", default=[],
        help="report a rule as error, warning or info, or turn it off; may be repeated",
    )  # fmt: skip
    group.add_argument(
        "--fail-on", choices=[*SEVERITIES, "never"],
        help="the lowest severity that makes the exit code 1 (default: error)",
    )  # fmt: skip
    add_file_options(parser)


def add_file_options(parser: argparse.ArgumentParser) -> None:
    source = parser.add_argument_group("configuration").add_mutually_exclusive_group()
    source.add_argument(
        "--config", metavar="FILE", help="use this configuration file, not the nearest"
    )
    source.add_argument("--isolated", action="store_true", help="use no configuration file at all")


def file_options(given: argparse.Namespace) -> FileOptions:
    return FileOptions(given.config, given.isolated)


def settle(given: argparse.Namespace) -> ConfigOptions:
    try:
        overrides = Config(
            extends=given.preset,
            select=_names(given.select) or None,
            ignore=_names(given.ignore),
            rules=dict(_level(word) for word in given.severity),
            fail_on=given.fail_on,
        )
    except ConfigError as error:
        raise UsageError(str(error)) from None
    return ConfigOptions(file_options(given), given.preset, overrides)


def run_config(
    options: ConfigOptions, paths: Sequence[str], root: Root, recorder: Recorder
) -> tuple[Config, bool]:
    """The run's configuration, and whether the user has chosen the rules."""
    try:
        file = _of_file(options.file, paths, root, recorder)
        if file and options.preset:
            file = replace(file, extends=options.preset)
        config = options.overrides.over(file)
        config.active  # noqa: B018 - a preset that does not exist shows here
    except ConfigError as error:
        raise UsageError(str(error)) from None
    return config, any(layer.chooses_rules for layer in (file, options.overrides) if layer)


def file_config(
    options: FileOptions, paths: Sequence[str], root: Root, recorder: Recorder
) -> Config:
    """The configuration of a command that runs no rules: that of the file."""
    try:
        return _of_file(options, paths, root, recorder) or Config()
    except ConfigError as error:
        raise UsageError(str(error)) from None


def found_for(given: argparse.Namespace, root: Root) -> tuple[Config, Discovery]:
    """The configuration of a command that runs no rules, and the skills at its paths."""
    recorder = Recorder(is_recording=False)
    paths = given.paths or ["."]
    config = file_config(file_options(given), paths, root, recorder)
    try:
        return config, discover(paths, config, root, recorder)
    except (ConfigError, NothingFound) as error:
        raise UsageError(str(error)) from None


def _of_file(
    options: FileOptions, paths: Sequence[str], root: Root, recorder: Recorder
) -> Config | None:
    """The configuration file of a run, if there is one. Raises `ConfigError`."""
    if options.isolated:
        return None
    if options.config:
        return Config.load(options.config, root, recorder)
    found = (Config.find(Path(start), root, recorder) for start in search_starts(paths, root))
    return next(filter(None, found), None)


def _names(given: Sequence[str]) -> tuple[str, ...]:
    if "" in given:
        raise UsageError("--select and --ignore take names of rules or families, not an empty text")
    return tuple(name.strip() for words in given for name in words.split(",") if name.strip())


def _level(word: str) -> tuple[str, Level]:
    name, equals, level = word.partition("=")
    levels = (*SEVERITIES, "off")
    if not equals or level not in levels:
        hint = did_you_mean(level, levels, LOOSE)
        raise UsageError(f"--severity takes RULE=error, warning, info or off, not `{word}`{hint}")
    return name, level  # type: ignore[return-value]
