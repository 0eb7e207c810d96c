"""Readers of what comes from a model: the response of an endpoint, and the answer in it."""

import contextlib
import functools
import random
from collections.abc import Sequence
from pathlib import Path

from skill_lint.llm.gate.verdict import judge, read
from skill_lint.llm.models.client import Unanswered, completion_of
from skill_lint.llm.models.usage import MOST_TOKENS
from skill_lint.llm.session.cases import cases
from skill_lint.llm.tasks.case import Case, State
from skill_lint.skill import Skill
from tests.fuzz.outside.kept import MESSAGES, MODEL
from tests.support.models import long_skill
from tests.support.promises import RULES


def response(data: bytes, _: random.Random) -> None:
    """What an endpoint sends, with the numbers of its tokens."""
    with contextlib.suppress(Unanswered):
        found = completion_of(data, MODEL, MESSAGES)
        assert isinstance(found.text, str)
        assert 0 <= found.input_tokens <= MOST_TOKENS
        assert 0 <= found.output_tokens <= MOST_TOKENS


def answer(data: bytes, _: random.Random) -> None:
    """The text of an answer to each question about a skill, up to the judgement of the gate."""
    text = data.decode("utf-8", "surrogateescape")
    for case in _cases():
        found = read(case.task, text)
        if isinstance(found, list):
            assert all(each.text for each in found)
        else:
            judge(case, found, "form fields")


@functools.cache
def _cases() -> Sequence[Case]:
    long_skill(Path("models"))
    skill = Skill(Path("models/pdf-forms").absolute(), "pdf-forms")
    state = State.of(skill, skill, RULES)
    found = [each for each in cases(state, state.found) if isinstance(each, Case)]
    assert found
    return found
