"""The configuration of a run: the file nearest to the paths, and the command line over it."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.config.config import Config, Level, presets
from skill_lint.config.file import ConfigError
from skill_lint.diagnostic import SEVERITIES
from skill_lint.discovery.roots import Discovery, NothingFound
from skill_lint.discovery.walk import discover


def add_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what to check")
    group.add_argument(
        "--preset", metavar="NAME", help=f"start from this preset: {', '.join(presets())}"
    )
    group.add_argument(
        "--select", metavar="RULES", action="append", default=[],
        help="run these rules or families only, separated by commas; `all` is every rule",
    )  # fmt: skip
    group.add_argument(
        "--ignore", metavar="RULES", action="append", default=[],
        help="do not run these rules or families",
    )  # fmt: skip
    group.add_argument(
        "--severity", metavar="RULE=LEVEL", action="append", default=[],
        help="report a rule as error, warning or info, or turn it off",
    )  # fmt: skip
    group.add_argument(
        "--fail-on", choices=[*SEVERITIES, "never"],
        help="the lowest severity that makes the exit code 1 (default: error)",
    )  # fmt: skip
    add_file_options(parser)


def add_file_options(parser: argparse.ArgumentParser) -> None:
    source = parser.add_argument_group("configuration").add_mutually_exclusive_group()
    source.add_argument("--config", metavar="FILE", help="use this configuration file")
    source.add_argument("--isolated", action="store_true", help="use no configuration file at all")


def settings(options: argparse.Namespace, paths: Sequence[str]) -> tuple[Config, bool]:
    """The run's configuration, and whether the user has said anything about what to check."""
    try:
        file = file_config(options, paths)
        if file and options.preset:
            file = replace(file, extends=options.preset)
        extends = options.preset or (file.extends if file else "golden")
        config = Config(
            extends=extends,
            select=_names(options.select) or None,
            ignore=_names(options.ignore),
            rules=dict(_level(word) for word in options.severity),
            fail_on=options.fail_on,
        ).over(file)
        config.active  # noqa: B018 - a preset that does not exist shows here
    except ConfigError as error:
        raise UsageError(str(error)) from None
    chosen = file is not None or options.preset or options.select or options.isolated
    return config, bool(chosen)


def of_file(options: argparse.Namespace) -> Config:
    """The configuration of a command that checks nothing: what the nearest file says."""
    try:
        return file_config(options, options.paths or ["."]) or Config()
    except ConfigError as error:
        raise UsageError(str(error)) from None


def discovered(options: argparse.Namespace) -> Discovery:
    """The skills at the paths, without those that the configuration excludes."""
    try:
        return discover(options.paths or ["."], of_file(options))
    except (ConfigError, NothingFound) as error:
        raise UsageError(str(error)) from None


def file_config(options: argparse.Namespace, paths: Sequence[str]) -> Config | None:
    """The configuration file of a run, if there is one. Raises `ConfigError`."""
    if options.isolated:
        return None
    if options.config:
        return Config.load(Path(options.config))
    existing = [os.path.abspath(path) for path in paths if os.path.exists(path)]  # noqa: PTH100, PTH110
    start = Path(os.path.commonpath(existing)) if existing else Path.cwd()
    return Config.find(start if start.is_dir() else start.parent)


def _names(given: Sequence[str]) -> tuple[str, ...]:
    if "" in given:
        raise UsageError("--select and --ignore take names of rules or families, not an empty text")
    return tuple(name.strip() for words in given for name in words.split(",") if name.strip())


def _level(word: str) -> tuple[str, Level]:
    name, equals, level = word.partition("=")
    if not equals or level not in (*SEVERITIES, "off"):
        raise UsageError(f"--severity takes RULE=error, warning, info or off, not `{word}`")
    return name, level  # type: ignore[return-value]
