"""Readers of what earlier runs kept: results of runs and skills, and answers of models."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from skill_lint.cache import database as store
from skill_lint.cache import location
from skill_lint.llm.models.client import Message
from skill_lint.llm.models.registry import TaskModel
from skill_lint.llm.models.usage import MOST_TOKENS
from skill_lint.llm.session.answers import AnswerCache
from skill_lint.llm.session.answers import key as answer_key
from tests.fuzz.outside.command import run
from tests.fuzz.outside.workshop import inside, skill

MODEL = TaskModel(
    "skill_edit", "local", "small", "http://127.0.0.1:1/v1", (), 1.0, {}, None, "a test"
)
MESSAGES = [Message("user", "yes?")]
_MASTER, _CACHE = Path("master"), Path("cache")
_RUN_LINES = 4
"""Lines of the value of a run; that of a skill has five."""


def values() -> Mapping[str, list[tuple[str, bytes]]]:
    """The keys and values that a run keeps: of `run`, and of `skill`."""
    with inside("here", {"SKILL_LINT_CACHE_DIR": str(_MASTER.absolute())}):
        assert run("check").code == 1
    with _opened(_MASTER) as connection:
        rows = connection.execute("SELECT key, value FROM entries ORDER BY key").fetchall()
    found: dict[str, list[tuple[str, bytes]]] = {"run": [], "skill": []}
    for key, sealed in rows:
        value = store._unsealed(key, sealed)
        assert value is not None
        is_run = value.count(b"\n") == _RUN_LINES - 1
        found["run" if is_run else "skill"].append((key, value))
    return found


def cached(kind: str) -> Callable[[bytes, random.Random], None]:
    """A run on a cache in which an entry of this kind has another value, sealed as ours."""

    def read(data: bytes, rng: random.Random) -> None:
        _with_value(kind, data)
        skill(Path("here/b"), "b", rng.choice(["gone", "other"]))
        words = ["check", "--verbose"] if rng.random() < 0.2 else ["check"]
        with inside("here", {"SKILL_LINT_CACHE_DIR": str(_CACHE.absolute())}):
            for _ in range(2):  # The second run reads what the first one kept.
                run(*words)

    return read


@contextmanager
def _opened(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / location.FILE)) as connection, connection:
        yield connection


def _with_value(kind: str, value: bytes) -> None:
    shutil.rmtree(_CACHE, ignore_errors=True)
    shutil.copytree(_MASTER, _CACHE)
    with _opened(_CACHE) as connection:
        for key, sealed in connection.execute("SELECT key, value FROM entries").fetchall():
            is_run = sealed.count(b"\n") == _RUN_LINES - 1
            if is_run and kind == "skill":
                connection.execute("DELETE FROM entries WHERE key = ?", (key,))
            elif is_run or kind == "skill":
                row = (store._sealed(key, value), key)
                connection.execute("UPDATE entries SET value = ? WHERE key = ?", row)


def answer(data: bytes, _: random.Random) -> None:
    """An answer in the cache of answers."""
    folder = Path("answers").absolute()
    folder.mkdir(mode=0o700, exist_ok=True)
    name = answer_key(MODEL, 1, MESSAGES)
    (folder / name).write_bytes(data)
    (folder / name).chmod(0o600)
    found = AnswerCache(folder).get(name)
    if found is not None:
        assert isinstance(found.text, str)
        assert 0 <= found.input_tokens <= MOST_TOKENS
        assert 0 <= found.output_tokens <= MOST_TOKENS
