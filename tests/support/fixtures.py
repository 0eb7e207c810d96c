"""The fixtures of the rules: `tests/rules/<rule>/<case>/`.

A case is a folder with a skill, or several, and the situation as its name. `expected.txt` holds
what the rule says of it, each finding as a block that tests/support/expected.py describes; a case
without that file is silent. `fixed/` holds the skills as `--fix --unsafe-fixes` leaves them; a
case without it is left alone. A `.skill-lint.yaml` in the case sets options.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from skill_lint.rules.registry import load_rules

FIXTURES = Path(__file__).parents[1] / "rules"
CASES = sorted(case for rule in FIXTURES.iterdir() for case in rule.iterdir() if case.is_dir())
IS_UPDATE = bool(os.environ.get("UPDATE_EXPECTED"))
# What a bug in a rule looks like cannot be laid down in a folder: see tests/engine/test_lint.py.
WITHOUT_FIXTURES = {
    "escaping-skill-file", "internal-error", "untrusted-setting", "untrusted-suppression",
}  # fmt: skip
_NO_SKILL = ("expected.txt", "fixed")


def expected(case: Path) -> str:
    """What the rule says of a case; nothing where the case is silent."""
    file = case / "expected.txt"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def copied(case: Path, folder: Path) -> Path:
    """The case's skills and configuration, in a folder of their own."""
    copy = folder / case.name
    shutil.copytree(case, copy, symlinks=True, ignore=_no_skill(case))
    return copy


def linted_in(case: Path, folder: Path) -> Path:
    """Where a case is linted: in a copy, if its own folder has the skills twice."""
    return copied(case, folder) if (case / "fixed").exists() else case


def _no_skill(case: Path) -> Callable[[str, list[str]], set[str]]:
    def ignored(folder: str, names: list[str]) -> set[str]:
        return set(_NO_SKILL) if Path(folder) == case else set()

    return ignored


def options(case: Path) -> list[str]:
    """What the command line selects for a case."""
    name = case.parent.name
    # A rule about the run judges what the other rules found, so they must run too.
    selected = [] if load_rules()[name].family == "run" else ["--select", name]
    return [*selected, *([] if (case / ".skill-lint.yaml").exists() else ["--isolated"])]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes; of a symbolic link, where it leads."""
    return {
        path.relative_to(folder).as_posix(): (
            str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()
        )
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def let_everybody_in(folder: Path) -> None:
    """Let other users into a test's folder, which pytest keeps to itself."""
    for each in (folder, *folder.parents):
        each.chmod(each.stat().st_mode | 0o055)
        if each.name.startswith("pytest-of-"):
            return
