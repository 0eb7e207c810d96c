"""The command line's parser: no abbreviations, and a guess at what was meant."""

import argparse
import os
import re
import sys
from typing import NoReturn

from skill_lint.cli.error import UsageError
from skill_lint.text.spelling import nearest


class Parser(argparse.ArgumentParser):
    """Refuses wrong usage in one sentence, like everything else does."""

    def __init__(self, prog: str, description: str, epilog: str | None = None) -> None:
        super().__init__(
            prog=prog, description=description, epilog=epilog, allow_abbrev=False,
            formatter_class=_Formatter,
        )  # fmt: skip

    def error(self, message: str) -> NoReturn:
        unknown = re.search(r"unrecognized arguments: (-[^\s=]+)", message)
        wrong = re.search(
            r"argument (\S+): invalid choice: '([^']*)' \(choose from (.*)\)", message
        )
        if unknown:
            guess = nearest(unknown[1], self._option_string_actions)
            message = f"there is no option `{unknown[1]}`"
        elif wrong:
            words = re.findall(r"[\w-]+", wrong[3])
            guess = nearest(wrong[2], words, 0.6)
            message = f"{wrong[1]} takes {', '.join(words)}, not `{wrong[2]}`"
        else:
            guess = None
        hint = f"; did you mean `{guess}`?" if guess else f"; see `{self.prog} --help`"
        raise UsageError(message + hint)


class _Formatter(argparse.HelpFormatter):
    """Looks for the terminal's width itself: argparse imports `shutil`, and that compressors."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


def _columns() -> int:
    """The width of the terminal, as `shutil.get_terminal_size` has it."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given):
        return int(given)
    try:
        assert sys.__stdout__ is not None
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80
    except (AssertionError, ValueError, OSError):
        return 80
