"""The gate: what must hold of an answer before anyone sees what it would change.

1. It has the right form, and is plain text. 2. Linted again as a whole, the skill is better and
nowhere worse. 3. Reading it back and writing it again changes nothing. 4. Code, links, headings,
tables and other keys are what they were. 5. Only the allowed place changes, and nothing is
invented. 6. The file is still the one that the question was about.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from skill_lint.diagnostic import SEVERITIES, Diagnostic
from skill_lint.llm.gate.content import changed
from skill_lint.llm.gate.invented import invented, leaked, parroted
from skill_lint.llm.tasks.answer import UNSAFE, Answer
from skill_lint.llm.tasks.case import Case, State
from skill_lint.llm.tasks.reason import Reason
from skill_lint.llm.tasks.task import Change, Task

MOST_CHARACTERS = 20_000
"""Of an answer; the longest that has a use has a third of it."""
_THOUGHTS = re.compile(r"\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)


@dataclass(frozen=True)
class Passed:
    """A change that may be shown, and the skill after it."""

    change: Change
    after: State


def read(task: Task, text: str, *, cut: bool = False) -> Answer | list[Reason]:
    """The answer in a text: one JSON object with the task's fields."""
    if len(text) > MOST_CHARACTERS:
        return [Reason("malformed", f"it has over {MOST_CHARACTERS:,} characters")]
    data = first_object(text)
    if data is None:
        ended = ", and it was cut off at the most tokens" if cut else ""
        return [Reason("malformed", f"it is no JSON object{ended}")]
    return validated(task, data)


def validated(task: Task, data: Any) -> Answer | list[Reason]:
    """The answer in some data."""
    try:
        return task.answer.model_validate(data)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False, include_context=False)
        return [
            Reason(
                "unsafe-text" if each["type"] == UNSAFE else "malformed",
                f"`{'.'.join(map(str, each['loc'])) or 'the answer'}`: {_said(each['msg'])}"[:300],
            )
            for each in errors[:10]
        ]


def _said(message: str) -> str:
    text = message.removeprefix("Value error, ")
    return text[:1].lower() + text[1:]


def first_object(text: str) -> dict[str, Any] | None:
    """The first JSON object of a text; some models think aloud before it, or fence it."""
    thought = _THOUGHTS.match(text)
    start = text.find("{", thought.end() if thought else 0)
    if start < 0:
        return None
    try:
        data, _ = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def judge(
    case: Case, answer: Answer, known: str, state: State | None = None
) -> Passed | list[Reason]:
    """Let an answer through, or say why not. `known` is what the model was told.

    `state` is the skill that it is to change, where others have changed it since it was asked.
    """
    state = state or case.state
    if not state.is_current:
        return [Reason("file-changed", "the file was changed while the model was asked")]
    words = case.task.words(answer)
    reasons = [*invented(words, known), *leaked(words, known)]
    reasons += parroted(words, case.task.prompt.text, state.skill.source.text)
    change = case.task.change(state.skill, answer)
    if isinstance(change, Reason):
        return [*reasons, change]
    reasons += _outside(state, change)
    if reasons:
        return list(dict.fromkeys(reasons))
    after = state.changed(change)
    reasons += _elsewhere(state, after, change)
    reasons += changed(state.skill, after.skill, change)
    reasons += _linted(case, state, after, change)
    if not case.task.reads_back(after.skill, answer):
        reasons.append(Reason("not-stable", "read back, the result does not say what was written"))
    return list(dict.fromkeys(reasons)) or Passed(change, after)


def _outside(state: State, change: Change) -> Iterator[Reason]:
    source = state.skill.source
    for edit in change.fix.edits:
        span = source.span(edit.region) if edit.path == source.path else None
        inside = span and any(a <= span.start and span.end <= b for a, b in change.allowed)
        if not inside:
            yield Reason("outside-span", "something outside the allowed place would change")
    if change.fix.moves:
        yield Reason("outside-span", "a file would be moved")


def _elsewhere(before: State, after: State, change: Change) -> Iterator[Reason]:
    """Whether any character differs that may not, seen from the results alone."""
    old, new = before.skill.draft, after.skill.draft
    names = {before.skill.source.name, *(name for name, _ in change.files)}
    others = {name: text for name, text in new.texts.items() if name not in names}
    kept = {name: text for name, text in old.texts.items() if name not in names}
    if others != kept or (old.origins, old.deleted) != (new.origins, new.deleted):
        yield Reason("outside-span", "another file would change")
    pieces, at = [], 0
    text = before.skill.source.text
    for span in sorted(change.allowed):
        pieces.append(text[at : span.start])
        at = span.end
    pieces.append(text[at:])
    if not _has_around(after.skill.source.text, pieces):
        yield Reason("outside-span", "something outside the allowed place would change")


def _has_around(text: str, pieces: Sequence[str]) -> bool:
    """Whether a text begins with the first piece, ends with the last, and has all in order."""
    at, end = len(pieces[0]), len(text) - len(pieces[-1])
    if at > end or not text.startswith(pieces[0]) or not text.endswith(pieces[-1]):
        return False
    for piece in pieces[1:-1]:
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def _linted(case: Case, before: State, after: State, change: Change) -> Iterator[Reason]:
    """What the linter says of the result that it did not say before."""
    had, has = _faults(before.found, before, change), _faults(after.found, after, change)
    for each in case.findings:
        same = [one for one in after.found if (one.rule, one.message) == (each.rule, each.message)]
        fault = (each.rule, each.path)
        if same or has[fault] >= max(1, had[fault]):
            left = next(one.message for one in after.found if one.rule == each.rule)
            yield Reason("finding-remains", f"{each.rule} would still be found: {left}")
    for rule, path in sorted(has.keys() - had.keys()):
        message = next(one.message for one in after.found if one.rule == rule)
        yield Reason("new-finding", f"{rule} would be found in {path}: {message}")
    if has.total() >= had.total():
        yield Reason("not-fewer", "there would not be fewer findings")
    for number, severity in enumerate(SEVERITIES, 1):
        if _at_least(after.found, number) > _at_least(before.found, number):
            yield Reason("more-severe", f"there would be more findings of severity {severity}")
            return


def _faults(found: Sequence[Diagnostic], state: State, change: Change) -> Counter[tuple[str, str]]:
    """The findings by rule and file; what moved to a new file counts where it was."""
    new = {state.skill.path_of(name) for name, _ in change.files}
    home = state.skill.source.path
    return Counter((each.rule, home if each.path in new else each.path) for each in found)


def _at_least(found: Sequence[Diagnostic], number: int) -> int:
    return sum(each.severity in SEVERITIES[:number] for each in found)
