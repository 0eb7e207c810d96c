"""No file from outside ends a run with a traceback: each kind of file is fed with anything."""

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.outside.kinds import KINDS, Kind
from tests.fuzz.outside.session import session
from tests.fuzz.outside.workshop import workshop
from tests.support.strategies import JSON
from tests.support.tools import module

SECONDS = float(os.environ.get("SKILL_LINT_FUZZ_SECONDS", "120"))
NEEDS_EXTRA = {"model-answer", "response"}
EACH = 6
"""Inputs of each kind in the quick tier."""
ANYTHING = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    JSON.map(lambda data: json.dumps(data).encode()),
)


@pytest.fixture
def kinds() -> list[str]:
    """The kinds that can be read here."""
    try:
        module("pydantic", extra="llm")
    except pytest.skip.Exception:
        return [each for each in KINDS if each not in NEEDS_EXTRA]
    return list(KINDS)


@pytest.fixture
def in_workshop() -> Iterator[None]:
    with workshop():
        for name, kind in KINDS.items():
            kind.seeds(name)
        yield


def test_a_short_session(kinds: list[str], tmp_path: Path) -> None:
    tried = session(kinds, random.Random(1), 600, tmp_path, EACH)
    assert tried.inputs == dict.fromkeys(kinds, EACH)
    assert not tried.failures, [each.name for each in tmp_path.iterdir()]


@pytest.mark.long
def test_a_session(kinds: list[str], tmp_path: Path) -> None:
    seed = random.randrange(1_000_000)
    tried = session(kinds, random.Random(seed), SECONDS, tmp_path)
    assert not tried.failures, f"seed {seed}: {[each.name for each in tmp_path.iterdir()]}"


@pytest.mark.slow
@pytest.mark.usefixtures("in_workshop")
@pytest.mark.parametrize("name", KINDS)
def test_anything(name: str, kinds: list[str]) -> None:
    if name not in kinds:
        pytest.skip("it needs the extra `llm`")

    @settings(suppress_health_check=list(HealthCheck), max_examples=100, database=None)
    @given(data=ANYTHING, dice=st.integers())
    def holds(data: bytes, dice: int) -> None:
        KINDS[name].read(data, random.Random(dice))

    holds()


def test_a_session_keeps_what_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A guard: without it, a session that tries nothing would find nothing, too."""

    def reads_no_endless_number(data: bytes, _: random.Random) -> None:
        assert b"1e999" not in data

    monkeypatch.setitem(KINDS, "response", Kind("json", reads_no_endless_number))
    tried = session(["response"], random.Random(1), 60, tmp_path, 500)
    (kept,) = tmp_path.iterdir()
    assert tried.failures == 1
    assert b"1e999" in kept.read_bytes()
    assert kept.name in capsys.readouterr().out
