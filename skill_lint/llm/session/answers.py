"""Answers that were paid for, kept on this machine: asking the same again costs nothing."""

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from skill_lint.llm.models.client import Completion, Message
from skill_lint.llm.models.registry import TaskModel


class AnswerCache:
    """One file an answer in `folder`, readable by its owner alone; None keeps nothing.

    A file holds the answer and its tokens: no prompt, no key.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.problem: str | None = None
        """Why an answer could not be kept."""

    def get(self, key: str) -> Completion | None:
        if self.folder is None:
            return None
        try:
            data = json.loads((self.folder / key).read_bytes())
            text, tokens = data["text"], (data["input_tokens"], data["output_tokens"])
            known = isinstance(text, str) and all(type(number) is int for number in tokens)
            return Completion(text, *tokens, cut=bool(data["cut"])) if known else None
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return None

    def put(self, key: str, answer: Completion) -> None:
        if self.folder is None:
            return
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Made with the mode 0600; put in its place whole, for another run may read it.
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
            self.problem = f"{self.folder}: {(error.strerror or str(error)).lower()}"


def key(model: TaskModel, version: int, messages: Sequence[Message]) -> str:
    """What an answer is known by: all that it depends on."""
    parts = [
        model.task,
        model.model,
        model.base_url,
        dict(sorted(model.parameters.items())),
        version,
        [list(each) for each in messages],
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
