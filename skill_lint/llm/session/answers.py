"""The cache of answers: asking the same question again costs nothing."""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from skill_lint.cache.location import NotOurs, check_file, check_folder
from skill_lint.filesystem.read import Unreadable, read_bytes
from skill_lint.filesystem.walk import Unwritable
from skill_lint.filesystem.write import write_private
from skill_lint.llm.models.client import Completion, Message
from skill_lint.llm.models.registry import TaskModel
from skill_lint.llm.models.usage import MOST_TOKENS

_CHECKED = 1
"""Counted up if answers are checked more before they are kept; older ones are not read then."""
_LARGEST = 10_000_000
"""Bytes of a file with an answer."""


class AnswerCache:
    """One file per answer in `folder`, readable only by its owner. Without a folder, the answers
    are kept for this run alone.

    A file holds the answer and its number of tokens, but no prompt and no API key.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._of_this_run: dict[str, Completion] = {}
        self.problem: str | None = None
        """Why an answer could not be written."""

    def get(self, key: str) -> Completion | None:
        if key in self._of_this_run or self.folder is None:
            return self._of_this_run.get(key)
        try:
            check_folder(os.fspath(self.folder))
            check_file(os.fspath(self.folder / key), _LARGEST)
            data = json.loads(read_bytes(os.fspath(self.folder / key), _LARGEST, follow=False))
            text, tokens = data["text"], (data["input_tokens"], data["output_tokens"])
            is_valid = isinstance(text, str) and all(
                type(number) is int and 0 <= number <= MOST_TOKENS for number in tokens
            )
            return Completion(text, *tokens, cut=bool(data["cut"])) if is_valid else None
        except (OSError, NotOurs, Unreadable, ValueError, LookupError, TypeError, RecursionError):
            return None

    def put(self, key: str, answer: Completion) -> None:
        self._of_this_run[key] = answer
        if self.folder is None:
            return
        try:
            write_private(self.folder, key, json.dumps(answer._asdict()).encode())
        except Unwritable as error:
            self.problem = f"{self.folder}: {error}"


def key(model: TaskModel, version: int, messages: Sequence[Message]) -> str:
    """The cache key of an answer: a digest of everything that the answer depends on."""
    parts = [
        _CHECKED,
        model.task,
        model.model,
        model.base_url,
        dict(sorted(model.parameters.items())),
        version,
        [list(each) for each in messages],
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
