"""The cache of answers: asking the same question again costs nothing."""

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from skill_lint.filesystem.read import reason_of
from skill_lint.llm.models.client import Completion, Message
from skill_lint.llm.models.registry import TaskModel


class AnswerCache:
    """One file per answer in `folder`, readable only by its owner. Without a folder, no cache.

    A file holds the answer and its number of tokens, but no prompt and no API key.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.problem: str | None = None
        """Why an answer could not be written."""

    def get(self, key: str) -> Completion | None:
        if self.folder is None:
            return None
        try:
            data = json.loads((self.folder / key).read_bytes())
            text, tokens = data["text"], (data["input_tokens"], data["output_tokens"])
            is_valid = isinstance(text, str) and all(type(number) is int for number in tokens)
            return Completion(text, *tokens, cut=bool(data["cut"])) if is_valid else None
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return None

    def put(self, key: str, answer: Completion) -> None:
        if self.folder is None:
            return
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # `mkstemp` sets mode 0600. Renamed when complete, because another run may read it.
            handle, temporary = tempfile.mkstemp(".tmp", dir=self.folder)
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(answer._asdict(), file)
                os.replace(temporary, self.folder / key)  # noqa: PTH105
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(temporary)  # noqa: PTH108
                raise
        except OSError as error:
            self.problem = f"{self.folder}: {reason_of(error)}"


def key(model: TaskModel, version: int, messages: Sequence[Message]) -> str:
    """The cache key of an answer: a digest of everything that the answer depends on."""
    parts = [
        model.task,
        model.model,
        model.base_url,
        dict(sorted(model.parameters.items())),
        version,
        [list(each) for each in messages],
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
