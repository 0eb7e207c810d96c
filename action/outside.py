"""The environment of the programs that the action starts, without what leads into the checkout."""

import os
import re
from collections.abc import Mapping

_KEPT = ("GITHUB_", "RUNNER_", "SKILL_LINT_", "PWD", "OLDPWD")
"""Variables that say where things are; no program takes settings or code from there."""


def workspace(environment: Mapping[str, str]) -> str:
    """The folder of the checkout. A pull request decides about every file in it."""
    return environment["GITHUB_WORKSPACE"]


def outside(environment: Mapping[str, str], *, is_said: bool = True) -> dict[str, str]:
    """The variables without Python's own, and without those that lead into the checkout.

    So no file of the checkout becomes a module, a setting of pip or a program by way of a
    variable. What is left out is printed if `is_said`, because the owner of the runner has set it.
    """
    leads = _inside(workspace(environment))
    kept = {name: value for name, value in environment.items() if not name.startswith("PYTHON")}
    dropped = [
        name
        for name, value in kept.items()
        if name != "PATH" and not name.startswith(_KEPT) and leads.search(_plain(value))
    ]
    for name in dropped:
        del kept[name]
        if not is_said:
            continue
        print(
            f"skill-lint: the variable {name!a} leads into the checkout, so it is not used: "
            "a pull request could change what is there",
            flush=True,
        )
    folders = [
        folder
        for folder in kept.get("PATH", "").split(os.pathsep)
        if os.path.isabs(folder) and not leads.search(_plain(folder))  # noqa: PTH117
    ]
    return {**kept, "PATH": os.pathsep.join(folders)}


def _inside(folder: str) -> re.Pattern[str]:
    """Finds the folder, or something in it, in a text."""
    names = sorted({_plain(folder).rstrip("/"), _plain(os.path.realpath(folder)).rstrip("/")})
    found = "|".join(re.escape(name) for name in names if name)
    return re.compile(rf"(?<![\w.-])(?:{found})(?![\w.-])" if found else r"(?!)")


def _plain(path: str) -> str:
    """A path as it is compared: with slashes, and in one case where case does not count."""
    return os.path.normcase(path).replace("\\", "/") if os.name == "nt" else path
