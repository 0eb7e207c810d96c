"""The gate: the checks that an answer must pass before its change is shown or written.

1. The answer has the right form, and its texts are lines of words with nothing hidden. 2. The
changed skill, linted as a whole, has fewer findings and no new ones. 3. Parsed again, the changed
skill says what was written. 4. Code, links, headings, tables and other keys stay the same. 5. Only
the allowed place changes, and nothing is invented. 6. The file is still the one that the question
was about.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from skill_lint.diagnostic import SEVERITIES, Diagnostic
from skill_lint.llm.gate.content import changed
from skill_lint.llm.gate.invented import invented, leaked, parroted
from skill_lint.llm.gate.letters import disguised
from skill_lint.llm.tasks.answer import UNSAFE, Answer
from skill_lint.llm.tasks.case import Case, State
from skill_lint.llm.tasks.pydantic_if_any import ValidationError
from skill_lint.llm.tasks.reason import Reason
from skill_lint.llm.tasks.task import Change, Task

MOST_CHARACTERS = 20_000
"""Size of an answer; the longest useful answer has a third of it."""
_THOUGHTS = re.compile(r"\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)


@dataclass(frozen=True)
class Passed:
    """A change that passed the gate, and the skill after it."""

    change: Change
    after: State


def read(task: Task, text: str, *, cut: bool = False) -> Answer | list[Reason]:
    """The answer in a model's reply: one JSON object with the fields that the task asks for.

    Without such an object, the reasons. `cut`: the reply ended at the maximum of tokens.
    """
    if len(text) > MOST_CHARACTERS:
        return [Reason("malformed", f"it has over {MOST_CHARACTERS:,} characters")]
    try:
        data = first_object(text)
    except ValueError as error:
        return [Reason("malformed", str(error))]
    if data is None:
        ended = ", and it was cut off at the most tokens" if cut else ""
        return [Reason("malformed", f"it is no JSON object{ended}")]
    return validated(task, data)


def validated(task: Task, data: Any) -> Answer | list[Reason]:
    """The answer in JSON or YAML data, or the reasons why it is not one."""
    try:
        return task.answer.model_validate(data)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False, include_context=False)
        return [
            Reason(
                "unsafe-text" if each["type"] == UNSAFE else "malformed",
                f"`{'.'.join(map(str, each['loc'])) or 'the answer'}`: {_fault(each['msg'])}"[:300],
            )
            for each in errors[:10]
        ]


def _fault(message: str) -> str:
    text = message.removeprefix("Value error, ")
    return text[:1].lower() + text[1:]


def first_object(text: str) -> dict[str, Any] | None:
    """The first JSON object of a text. Some models think aloud first, or put it in a fence.

    Raises `ValueError` if it names a key twice: readers differ in which of the two they take.
    """
    thoughts = _THOUGHTS.match(text)
    start = text.find("{", thoughts.end() if thoughts else 0)
    if start < 0:
        return None
    twice: list[str] = []
    decoder = json.JSONDecoder(object_pairs_hook=lambda pairs: _object(pairs, twice))
    try:
        data, _ = decoder.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    if twice:
        raise ValueError(f"it names a key twice: `{twice[0][:40]}`")
    return data if isinstance(data, dict) else None


def _object(pairs: list[tuple[str, Any]], twice: list[str]) -> dict[str, Any]:
    """The object of these pairs. A key that stands there twice is added to `twice`."""
    names = Counter(name for name, _ in pairs)
    twice += [name for name, number in names.items() if number > 1]
    return dict(pairs)


def judge(
    case: Case, answer: Answer, sent: str, state: State | None = None
) -> Passed | list[Reason]:
    """Judge an answer: the change that it makes, or the reasons against it.

    `sent` is all text that the model was given, `state` the skill to change (default: the skill as
    it was when the model was asked).
    """
    state = state or case.state
    if not state.is_current:
        return [Reason("file-changed", "the file was changed while the model was asked")]
    words = case.task.words(answer)
    reasons = [*disguised(words, sent), *invented(words, sent), *leaked(words, sent)]
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
    """Changes outside the allowed places, found by comparing the texts and not by the edits."""
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
    """Whether a text has all pieces in order, begins with the first and ends with the last."""
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
    """Findings that remain after the change, new findings, and findings that are more severe."""
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
    """The number of findings by rule and file. A finding in a new file counts for SKILL.md."""
    new = {state.skill.path_of(name) for name, _ in change.files}
    home = state.skill.source.path
    return Counter((each.rule, home if each.path in new else each.path) for each in found)


def _at_least(found: Sequence[Diagnostic], number: int) -> int:
    return sum(each.severity in SEVERITIES[:number] for each in found)
