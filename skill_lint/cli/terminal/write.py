"""Write text to standard output, as bytes that any terminal accepts."""

import os
import sys

from skill_lint.reporters.escape import visible


def write(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def printable(text: str) -> str:
    """A diff: unchanged for programs, with harmless characters for a terminal or GitHub's log."""
    if not sys.stdout.isatty() and os.environ.get("GITHUB_ACTIONS") != "true":
        return text
    return "".join(f"{visible(line)}\n" for line in text.splitlines())
