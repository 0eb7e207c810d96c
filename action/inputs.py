"""The action's inputs. Each is read and checked here, and nowhere else.

An input may come from a pull request (`paths: ${{ github.head_ref }}`), so a message never repeats
its value.
"""

import re
import shlex
import unicodedata
from collections.abc import Mapping

_VERSION = re.compile(
    r"v?[0-9]+(\.[0-9]+)*((a|b|rc)[0-9]+)?(\.post[0-9]+)?(\.dev[0-9]+)?(\.\*)?", re.ASCII
)
_LINE_ENDS = ("Cc", "Zl", "Zp", "Cs")
"""Unicode's categories of control characters, line ends, and halves of characters."""


class InputError(Exception):
    """An input is wrong; the message is for whoever wrote the workflow."""


def text(environment: Mapping[str, str], name: str) -> str:
    """An input of one line, without blanks around it; empty if it is not given."""
    value = _value(environment, name).strip()
    _refuse_control(name, value, "has a line break or a control character; it takes one line")
    return value


def lines(environment: Mapping[str, str], name: str) -> list[str]:
    """An input of several lines, without blank ones."""
    values = [line.strip() for line in _value(environment, name).split("\n")]
    for value in values:
        _refuse_control(name, value, "has a control character in a line")
    return [value for value in values if value]


def words(environment: Mapping[str, str], name: str) -> list[str]:
    """An input of words, as a shell splits them: blanks and line ends part them unless quoted.

    Nothing else that a shell knows has a meaning: no variable, no command, no pattern, no comment.
    """
    try:
        found = shlex.split("\n".join(lines(environment, name)))
    except ValueError:
        raise InputError(f"the input `{name}` has a quote or a backslash without its end") from None
    for word in found:
        _refuse_control(name, word, "has a line break in a word")
        if word == "--":
            raise InputError(f"the input `{name}` takes options; paths go into the input `paths`")
    return found


def flag(environment: Mapping[str, str], name: str) -> bool:
    """An input that is true or false; false if it is empty, as GitHub compares texts."""
    value = text(environment, name).lower()
    if value not in ("true", "false", ""):
        raise InputError(f"the input `{name}` takes true or false")
    return value == "true"


def version(environment: Mapping[str, str], name: str) -> str:
    """A version of a package, so that pip can take it for nothing else; empty if not given."""
    value = text(environment, name)
    if value and not _VERSION.fullmatch(value):
        raise InputError(f"the input `{name}` takes a version such as 1.2.3, and nothing else")
    return value


def _value(environment: Mapping[str, str], name: str) -> str:
    return environment.get(f"SKILL_LINT_{name.upper().replace('-', '_')}", "")


def _refuse_control(name: str, value: str, fault: str) -> None:
    if any(unicodedata.category(char) in _LINE_ENDS for char in value):
        raise InputError(f"the input `{name}` {fault}")
