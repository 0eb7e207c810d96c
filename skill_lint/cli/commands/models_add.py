"""`skill-lint models add`: register a model that a repository's file describes."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from skill_lint.cli.error import UsageError
from skill_lint.cli.options.appearance import ci_variable
from skill_lint.cli.parser import Parser
from skill_lint.config.file import ConfigError
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.read import Unreadable, read_bytes
from skill_lint.filesystem.walk import Unwritable
from skill_lint.filesystem.write import write_private
from skill_lint.limits import CONFIGURATION_BYTES
from skill_lint.llm.models import person
from skill_lint.llm.models.add import new_file, with_entry
from skill_lint.llm.models.entry import Entry
from skill_lint.llm.models.file import load, read
from skill_lint.llm.models.repository import entries
from skill_lint.reporters.escape import visible
from skill_lint.text.spelling import nearest


def run(words: Sequence[str], root: Root) -> int:
    parser = Parser(
        prog="skill-lint models add",
        description="Copy one model from a file of a repository into your own models file: its "
        "name, its address and the name of the variable with its key. It shows them first, and "
        "asks. It sends nothing, and reads no key.",
        epilog="Exit codes: 0 added, 1 you said no, 2 it cannot be added.",
    )
    parser.add_argument(
        "--from", dest="file", metavar="FILE", required=True,
        help="the file that describes the model: skill-lint-models.yaml, or a configuration with "
        "`llm`",
    )  # fmt: skip
    parser.add_argument("key", metavar="KEY", help="the model's key in that file")
    given = parser.parse_args(words)
    if ci_variable() or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "`models add` asks a person, but this is not a terminal; write the entry into your own "
            "models file, if you trust its address"
        )
    try:
        return _add(given.file, given.key, root)
    except (ConfigError, Unwritable, Unreadable) as error:
        raise UsageError(visible(str(error))) from None


def _add(file: str, key: str, root: Root) -> int:
    entry = _entry(file, key, root)
    own = person.default_path(os.environ)
    if own is None:
        raise UsageError(f"you have no home directory: set {person.VARIABLE} to a path")
    text = _own_text(own, key, root)
    new = new_file(entry) if text is None else with_entry(text, entry)
    if new is None:
        raise UsageError(
            f"{own} has no `registry` that a line can be added to; write the entry yourself",
            ("models:", "  registry:", *entry.lines),
        )
    print(*map(visible, _shown(entry, file, own)), sep="\n")
    print("\nAdd it? [y/N] ", end="", flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        print("nothing was changed")
        return 1
    real = Path(os.path.realpath(own))
    write_private(real.parent, real.name, new.encode())
    default = load(own, root).own.default
    use = f"tasks use `{default}` unless a setting says otherwise" if default else "no task uses it"
    print(f"added; {visible(use)}: `skill-lint models` shows the table")
    return 0


def _entry(file: str, key: str, root: Root) -> Entry:
    found = {each.key: each for each in entries(read(Path(file), root).data)}
    if key not in found:
        guess = nearest(key, found)
        hint = f"; did you mean `{guess}`?" if guess else ""
        raise UsageError(f"{file} describes no model `{key}`{hint}")
    if found[key].fault:
        raise UsageError(f"`{key}` cannot be added: {found[key].fault}")
    return found[key]


def _own_text(own: Path, key: str, root: Root) -> str | None:
    """The text of the person's models file; None if there is none yet."""
    person.require_outside(own, [root.absolute])
    if not own.exists() and not own.is_symlink():
        return None
    person.require_own(own, [root.absolute])
    models = load(own, root)
    if key in models.registry or key in models.aliases:
        raise UsageError(f"{own} has a model `{key}` already: edit it there")
    return read_bytes(os.fspath(own), CONFIGURATION_BYTES).decode("utf-8-sig")


def _shown(entry: Entry, file: str, own: Path) -> Iterator[str]:
    variable = entry.values.get("env")
    yield f"From {file} into {own}:"
    yield from ("", *entry.lines, "")
    yield f"host      {entry.host}: the texts of skills go there"
    yield f"variable  {f'{variable}: its value goes there as the key' if variable else 'none'}"
    if entry.left_out:
        yield f"left out  {', '.join(entry.left_out)}: write them yourself, if they are right"
