"""The `skill-lint` command: runs the subcommand, and turns errors into messages and exit codes."""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

from skill_lint import __version__
from skill_lint.cli.commands import CACHED, COMMANDS, WITHOUT_SKILLS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from skill_lint.filesystem.paths import Root

EXIT_USAGE = 2
EXIT_INTERRUPTED = 130

_USAGE = """\
usage: skill-lint [check] [PATH ...] [options]
       skill-lint COMMAND [options]

Checks Agent Skills, which are folders with a SKILL.md. Without a PATH, it searches
the working directory and everything below it.

commands:
{commands}

examples:
  skill-lint                        check all skills here
  skill-lint skills/pdf             check one skill
  skill-lint explain broken-link    what a rule wants, and how to suppress it
  skill-lint fix --diff             what would be fixed

`skill-lint COMMAND --help` lists the options of a command, and `skill-lint check --help`
those that work without a command. `skill-lint --version` prints the version.

Exit codes: 0 no errors, 1 errors, 2 wrong usage, nothing to lint, or a failure of
skill-lint itself. With --fail-on, warnings or infos count as well.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command. Returns the exit code; raises only the SystemExit of `--help`."""
    # Parsing makes many small objects that live for one skill; less garbage collection is faster.
    gc.set_threshold(200_000, 10, 10)
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = obey(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader has closed the pipe, as in `skill-lint | head`; nothing more can be written.
        _close_output()
        return 0
    except OSError as error:
        # Lazy import: it is seldom needed, and `--version` needs nothing but this module.
        from skill_lint.filesystem.read import reason_of

        _close_output()
        where = f"{error.filename}: " if error.filename else ""
        return _refuse(f"{where}{reason_of(error)}")
    except KeyboardInterrupt:
        # Lazy import: it is seldom needed.
        from skill_lint.cli.terminal.write import say

        say("interrupted")
        return EXIT_INTERRUPTED


def obey(words: list[str]) -> int:
    """Do what the words of a command line say. Returns the exit code."""
    if "--owning-skills" in words:
        # Lazy import: `--version` and `--help` need nothing but this module.
        from skill_lint.cli.options import names

        # Before any option is read, because it may be the name of a file.
        if names.given_names(words) and (found := names.like_options(words)):
            return _refuse(names.refusal(found))
    if words[:1] in (["--version"], ["-V"]):
        print(f"skill-lint {__version__}")
        return 0
    if words[:1] == ["help"] and words[1:2] and words[1] in COMMANDS:
        words = [words[1], "--help"]
    if words[:1] in (["--help"], ["-h"], ["help"]):
        print(usage(), end="")
        return 0
    command = words.pop(0) if words and words[0] in COMMANDS else "check"
    return run(command, words)


def _refuse(message: str, *details: str) -> int:
    """Print why the run ends."""
    # Lazy import: most runs are not refused.
    from skill_lint.cli.terminal.write import say

    say(f"skill-lint: {message}", *details)
    return EXIT_USAGE


def failed() -> int:
    """Print the exception that is being handled, which is a bug. Returns the exit code.

    Python would print its message as it is, whatever name of a file is in it.
    """
    # Lazy import: it is never needed.
    import traceback

    from skill_lint.cli.terminal.write import say

    say(*traceback.format_exc().splitlines())
    return _refuse("this is a bug of skill-lint; please report it with the lines above")


def _open_closed_streams() -> None:
    """Put something in place of the standard streams that are closed, as by `2>&-`.

    Otherwise the next file that is opened would take the number of such a stream.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def _close_output() -> None:
    """Keep Python from trying again, at exit, to write what could not be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(command: str, words: Sequence[str]) -> int:
    """Run a command. All paths are relative to the working directory."""
    # Lazy import: `--version` and `--help` need nothing but this module.
    from skill_lint.cli.error import UsageError

    try:
        if command in WITHOUT_SKILLS:
            return _run(command, words)
        # Lazy import: commands without skills do not need it.
        from skill_lint.filesystem.paths import Root

        root = Root()
        if command in CACHED:
            return _run_cached(command, words, root)
        return _run(command, words, root)
    except UsageError as error:
        return _refuse(str(error), *error.details)


def _run(command: str, *given: object) -> int:
    code: int = import_module(f"skill_lint.cli.commands.{command}").run(*given)
    return code


def _run_cached(command: str, words: Sequence[str], root: "Root") -> int:
    """Run a command that keeps its results; a run of `check` may be replayed."""
    # Lazy import: commands without a cache do not need it.
    from skill_lint.cli.options import cache

    options = cache.of_words(words, root.absolute)
    # `check` alone is replayed; another command with the same words prints something else.
    named = words if command == "check" else [command, *words]
    session = cache.session(options, named, root.absolute)
    try:
        if command == "check" and (kept := session.replayed()):
            sys.stdout.buffer.write(kept.text.encode("utf-8", "backslashreplace"))
            return kept.code
        return _run(command, words, session, root)
    finally:
        cache.close(session, options)


def usage() -> str:
    commands = "\n".join(f"  {name:<9} {text}" for name, text in COMMANDS.items())
    return _USAGE.format(commands=commands)
