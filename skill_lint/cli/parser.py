"""The parser of the command line: no abbreviations, and a suggestion for a misspelt word."""

import argparse
import re
from typing import NoReturn

from skill_lint.cli.error import UsageError
from skill_lint.cli.options.appearance import columns
from skill_lint.text.spelling import nearest


class Parser(argparse.ArgumentParser):
    """Reports wrong usage in one sentence, as `UsageError`."""

    def __init__(self, prog: str, description: str, epilog: str | None = None) -> None:
        super().__init__(
            prog=prog, description=description, epilog=epilog, allow_abbrev=False,
            formatter_class=_Formatter,
        )  # fmt: skip

    def error(self, message: str) -> NoReturn:
        unknown_option = re.search(r"unrecognized arguments: (-[^\s=]+)", message)
        wrong_value = re.search(
            r"argument (\S+): invalid choice: '([^']*)' \(choose from (.*)\)", message
        )
        if unknown_option:
            guess = nearest(unknown_option[1], self._option_string_actions)
            message = f"there is no option `{unknown_option[1]}`"
        elif wrong_value:
            option, word, choices = wrong_value.groups()
            words = re.findall(r"[\w-]+", choices)
            guess = nearest(word, words, 0.6)
            message = f"{option} takes {', '.join(words)}, not `{word}`"
        else:
            guess = None
        hint = f"; did you mean `{guess}`?" if guess else f"; see `{self.prog} --help`"
        raise UsageError(message + hint)


class _Formatter(argparse.HelpFormatter):
    """Finds the terminal's width itself: argparse would import `shutil`, which is slow."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=columns() - 2)
