"""What a repository's file says about models: it may choose among the person's, nothing more."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from shlex import quote
from typing import Any

from skill_lint.config.config import Config
from skill_lint.config.file import ConfigError
from skill_lint.config.search import nearest
from skill_lint.config.syntax import cut
from skill_lint.filesystem.paths import Root
from skill_lint.filesystem.recorder import Recorder
from skill_lint.llm.models.entry import Entry, entry_of
from skill_lint.llm.models.file import FILE_NAME, ModelsText, choice, read
from skill_lint.llm.models.registry import Choice, Models
from skill_lint.schema import SchemaError, validate

_SHOWN = 3
"""Entries that a refusal shows."""


class BeyondChoice(ConfigError):
    """A file of the repository wants to decide more than it may.

    `details` are the lines that the person could put into the own models file, and how.
    """

    def __init__(self, message: str, details: list[str]) -> None:
        super().__init__(message)
        self.details = details


def find(start: str, root: Root, config: Config) -> ModelsText | None:
    """The file of a run that starts in the absolute folder `start`; None if there is none.

    It is the nearest models file in the folder or above it that is not part of a skill, or the
    file of `config`. Raises `ConfigError` if both say something about models.
    """
    path = nearest(start, _in_folder, Recorder(is_recording=False))
    layer = next((each for each in reversed(config.layers) if each.llm), None)
    if path and layer and layer.path:
        one, other = root.shown(path), root.shown(layer.path)
        raise ConfigError(f"the models stand in {one} and in {other}: keep one")
    if path:
        return read(path, root)
    if layer is None:
        return None
    if layer.path is None:
        return ModelsText(Path("the configuration"), "", layer.llm, root)
    found = read(layer.path, root)
    # The file may have changed meanwhile: what counts is the configuration of the run.
    return ModelsText(found.path, found.text, layer.llm, root, ("llm",))


def choice_of(found: ModelsText, own: Path | None, models: Models) -> Choice:
    """What a repository's file chooses among `models`, the person's.

    `own` is the person's models file, if there can be one. Raises `BeyondChoice` if the
    repository's file wants to decide more.
    """
    beyond = validate("models-choice", found.data)
    if beyond:
        new = [each for each in entries(found.data) if each.key not in models.registry]
        raise _refusal(beyond[0], new, found, own)
    return choice(found)


def entries(data: Mapping[str, Any]) -> Iterator[Entry]:
    """The entries that a file would like to see in the registry."""
    for key, each in data.get("models", {}).get("registry", {}).items():
        yield entry_of(str(key), each)


def _in_folder(folder: str) -> Path | None:
    # What has the name and is no file counts, so that it is not left out in silence.
    return file if os.path.lexists(file := Path(folder) / FILE_NAME) else None


def _refusal(
    error: SchemaError, wanted: list[Entry], found: ModelsText, own: Path | None
) -> BeyondChoice:
    """The refusal of a file, with the entries that the person has not registered yet."""
    steps = [str(step) for step in error.path]
    is_key = error.keyword == "additionalProperties"
    if is_key:
        steps.append(next(str(key) for key in error.value if key not in error.known))
    name = ".".join(cut(step) for step in steps)
    told = (
        "a file of a repository may only choose among the models that you have registered, and set "
        f"roles, the temperature and a lower `max_tokens`; `{name}` must not "
        f"{'stand there' if is_key else 'have this value'}. Nothing was sent"
    )
    then = "Then take" if any(not each.fault for each in wanted) else "Take"
    details = [
        *_details(wanted, found, own),
        f"{then} `{name}` out of {found.shown}, or leave the whole file out with --isolated.",
    ]
    return BeyondChoice(str(found.fault(told, *steps)), details)


def _details(wanted: list[Entry], found: ModelsText, own: Path | None) -> Iterator[str]:
    shown = [each for each in wanted if not each.fault][:_SHOWN]
    for each in shown:
        variable = each.values.get("env")
        key = f" and the key in {variable}" if variable else ""
        yield f"Texts of skills{key} would go to {each.host}. Only if you trust whoever runs it:"
        yield f"  skill-lint models add --from {quote(found.shown)} {each.key}"
        yield f"or write into {own or 'your own models file'}:"
        yield from ("  models:", "    registry:", *(f"  {line}" for line in each.lines))
    for each in wanted:
        if each.fault:
            yield f"An entry is not shown here: {each.fault}."
            break
    if more := len([each for each in wanted if not each.fault]) - len(shown):
        yield f"{more} more of its entries are not shown."
