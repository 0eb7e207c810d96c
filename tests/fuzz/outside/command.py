"""The command, in this process: what it says, and what it must never say."""

import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from skill_lint.cli.main import main

LONGEST = 20_000
"""Characters of what a refusal says, at most."""
_CRASH = re.compile(r"internal-error: .*|\"ruleId\": \"internal-error\"|internal error.*")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Ran(NamedTuple):
    code: int
    out: str
    err: str


def run(*words: str) -> Ran:
    """Run the command. It ends with a code of its own, and no rule and no command crashes."""
    with _captured() as (out, err):
        code = main(words)
    ran = Ran(code, _text(out), _text(err))
    assert code in (0, 1, 2), f"exit code {code}"
    assert not (crash := _CRASH.search(ran.out + ran.err)), crash
    assert code != 2 or 0 < len(ran.err) < LONGEST, f"{len(ran.err):,} characters say why"
    assert not _CONTROL.search(ran.err), repr(ran.err[:2_000])
    return ran


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode("utf-8", "backslashreplace")


@contextmanager
def _captured() -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    before = sys.stdout, sys.stderr
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    sys.stdout, sys.stderr = out, err
    try:
        yield out, err
    finally:
        sys.stdout, sys.stderr = before
