"""The parser of the command line: no abbreviations, and a suggestion for a misspelt word."""

import argparse
import re
from collections.abc import Sequence
from typing import NoReturn

from skill_lint.cli.error import UsageError
from skill_lint.cli.options.appearance import columns
from skill_lint.text.spelling import did_you_mean

LOOSE = 0.6
"""The share of letters in common that makes a word a likely misspelling of one of a few words."""


class Parser(argparse.ArgumentParser):
    """Reports wrong usage in one sentence, as `UsageError`."""

    def __init__(self, prog: str, description: str, epilog: str | None = None) -> None:
        super().__init__(
            prog=prog, description=description, epilog=epilog, allow_abbrev=False,
            formatter_class=_Formatter,
        )  # fmt: skip

    def format_help(self) -> str:
        """The help. Its first line names no single option, because they are listed below it."""
        given = [_positional(action) for action in self._actions if not action.option_strings]
        self.usage = " ".join([self.prog, "[options]", *given])
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        unknown_option = re.search(r"unrecognized arguments: (-[^\s=]+)", message)
        wrong_value = re.search(
            r"argument (\S+): invalid choice: '([^']*)' \(choose from (.*)\)", message
        )
        without_value = re.search(r"argument (\S+): expected one argument", message)
        hint = ""
        if unknown_option:
            message = f"there is no option `{unknown_option[1]}`"
            hint = self._nearest_option(unknown_option[1])
        elif wrong_value:
            option, word, choices = wrong_value.groups()
            words = re.findall(r"[\w-]+", choices)
            message = f"{option} takes {' or '.join(_listed(words))}, not `{word}`"
            hint = did_you_mean(word, words, LOOSE)
        elif without_value:
            message = f"{without_value[1]} needs a value"
        raise UsageError(message + (hint or f"; see `{self.prog} --help`"))

    def _nearest_option(self, word: str) -> str:
        """The end of a message about an unknown option: the one that was meant, if it is clear."""
        known = [*self._option_string_actions, "--version"]
        longer = [each for each in known if word.startswith("--") and each.startswith(word)]
        return f"; did you mean `{longer[0]}`?" if len(longer) == 1 else did_you_mean(word, known)


def _positional(action: argparse.Action) -> str:
    """A positional argument as in the first line of the help: `[PATH ...]`."""
    name = str(action.metavar or action.dest)
    forms = {"*": f"[{name} ...]", "?": f"[{name}]"}
    return forms.get(str(action.nargs), name)


def _listed(words: Sequence[str]) -> list[str]:
    """The words for a list with `or` before the last: `["a, b", "c"]`."""
    return [", ".join(words[:-1]), words[-1]] if len(words) > 1 else list(words)


class _Formatter(argparse.HelpFormatter):
    """Finds the terminal's width itself: argparse would import `shutil`, which is slow."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=columns() - 2)
