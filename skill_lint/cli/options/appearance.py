"""What the environment says about the terminal: colours, links, the width of lines, and CI.

Imports little, because a replayed run imports this.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

USUAL = 80
"""Columns where there is no terminal."""
_ON = ("CLICOLOR_FORCE", "FORCE_COLOR")
_SHOW_LINKS = (
    "DOMTERM", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "VTE_VERSION", "WEZTERM_PANE", "WT_SESSION",
)  # fmt: skip
"""Variables that terminals set which show links."""
_PROGRAMS = ("ghostty", "Hyper", "iTerm.app", "rio", "vscode", "WezTerm")
"""Values of `TERM_PROGRAM` of terminals that show links."""
_NO_CI = ("", "0", "false")
_CI = (
    "CI", "GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION",
    "CODEBUILD_BUILD_ID", "BUILDKITE", "CIRCLECI", "BITBUCKET_BUILD_NUMBER",
)  # fmt: skip
"""Variables that build servers set."""


def columns() -> int:
    """The width of the terminal, as by `shutil.get_terminal_size`."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given):
        return int(given)
    try:
        assert sys.__stdout__ is not None
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or USUAL
    except (AssertionError, ValueError, OSError):
        return USUAL


def ci_variable() -> "str | None":
    """The variable by which a build server shows that it runs this; None for none."""
    return next((name for name in _CI if os.environ.get(name, "").lower() not in _NO_CI), None)


def wants_colour(choice: str = "auto") -> bool:
    """Whether to print colours: by `--color`, the environment, and whether this is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "0") not in ("", "0") for name in _ON):
        return True
    is_plain = os.environ.get("TERM") == "dumb" or os.environ.get("CLICOLOR") == "0"
    return not is_plain and sys.stdout.isatty()


def wants_links(choice: str = "auto") -> bool:
    """Whether to print links: FORCE_HYPERLINK decides, else the terminal must be one that can."""
    forced = os.environ.get("FORCE_HYPERLINK", "")
    if choice == "never" or forced == "0":
        return False
    if forced:
        return True
    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb" or os.environ.get("CI"):
        return False
    named = os.environ.get("TERM_PROGRAM") in _PROGRAMS
    return named or any(os.environ.get(name) for name in _SHOW_LINKS)


def appearance() -> "Iterator[str]":
    """All that decides how the report of one command line looks."""
    yield str(columns())
    for choice in ("auto", "always"):
        yield f"{wants_colour(choice)} {wants_links(choice)}"
    yield os.environ.get("GITHUB_ACTIONS", "")
