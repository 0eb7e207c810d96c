"""What reaches the terminal: text on standard output, and messages on standard error."""

import sys

from skill_lint.cli.options.appearance import ci_variable
from skill_lint.reporters.escape import visible, without_controls


def write(text: str) -> None:
    """Write text to standard output, as bytes that any terminal accepts."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def say(*lines: str) -> None:
    """Print lines on standard error, which are no part of the result.

    Each text becomes one harmless line, because a name in it may hold line breaks and commands.
    """
    print(*map(visible, lines), sep="\n", file=sys.stderr)


def warn(message: str) -> None:
    """Print a message about the run on standard error."""
    say(f"skill-lint: {message}")


def printable(text: str) -> str:
    """A diff without what a terminal, or a build server that reads the log, would obey.

    Tabs and line ends stay, so that it can be applied. Other programs see hidden characters, too.
    """
    if sys.stdout.isatty() or ci_variable():
        return "\n".join(map(_harmless, text.split("\n")))
    return without_controls(text)


def _harmless(line: str) -> str:
    body = line.removesuffix("\r")
    return "\t".join(map(visible, body.split("\t"))) + line[len(body) :]
