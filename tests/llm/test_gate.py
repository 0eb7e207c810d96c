"""The gate: nothing passes that it must not let through, whatever a model answers."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from skill_lint.config.config import Config
from skill_lint.llm.gate.invented import texts
from skill_lint.llm.gate.verdict import Passed, judge, read
from skill_lint.llm.session.cases import cases
from skill_lint.llm.session.propose import question
from skill_lint.llm.tasks.case import Case, State
from skill_lint.llm.tasks.reason import POINTS
from skill_lint.skill.skill import Skill

HERE = Path(__file__).parents[1] / "redteam"
HELD_BACK = HERE / "skills" / "base64"
"""Nothing of it is sent: what is encoded could be a key."""
SKILLS = sorted({*(HERE / "skills").iterdir()} - {HELD_BACK})
HOSTILE = yaml.safe_load((HERE / "answers.yaml").read_text(encoding="utf-8"))
CONFIG = Config(extends="golden", rules={"long-body": {"max-lines": 30}})
GOOD: Mapping[str, Any] = {
    "description": {"description": "Fills the fields of PDF forms. Use when a form has fields."},
    "overview": {"summary": "Lists the fields of PDF forms and fills them."},
    "when_to_use": {"bullets": ["A form has fields", "A field stays empty", "A field is locked"]},
    "quick_start": {"intro": "Fill the fields of a form.", "blocks": [1]},
    "split": {
        "moves": [
            {"section": 1, "slug": "fields", "summary": "What the fields take"},
            {"section": 2, "slug": "trouble", "summary": "What to look at"},
        ]
    },
}


def questions(folder: Path) -> dict[str, Case]:
    """Every question about a skill, by the name of its task."""
    skill = Skill(folder, folder.name)
    state = State.of(skill, skill, CONFIG.active)
    return {each.task.name: each for each in cases(state, state.found) if isinstance(each, Case)}


def told(case: Case) -> str:
    return texts(case.material)


def verdict(case: Case, text: str) -> Passed | list[str]:
    """What the gate says of an answer: the names of its reasons, if any."""
    answer = read(case.task, text)
    judged = answer if isinstance(answer, list) else judge(case, answer, told(case))
    return judged if isinstance(judged, Passed) else [each.name for each in judged]


@pytest.fixture(scope="module")
def asked() -> Mapping[str, Mapping[str, Case]]:
    return {folder.name: questions(folder) for folder in SKILLS}


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda each: str(each["case"]))
@pytest.mark.parametrize("skill", [folder.name for folder in SKILLS])
def test_hostile_answers(
    skill: str, hostile: Mapping[str, str], asked: Mapping[str, Mapping[str, Case]]
) -> None:
    reasons = verdict(asked[skill][hostile["question"]], hostile["answer"])
    assert not isinstance(reasons, Passed)
    assert hostile["reason"] in reasons


def test_the_hostile_answers_are_many() -> None:
    assert len({each["case"] for each in HOSTILE}) == len(HOSTILE) >= 20
    assert {each["question"] for each in HOSTILE} == GOOD.keys()
    assert {each["reason"] for each in HOSTILE} <= POINTS.keys()


@pytest.mark.parametrize("name", sorted(GOOD))
@pytest.mark.parametrize("folder", SKILLS, ids=lambda folder: folder.name)
def test_good_answers_pass(folder: Path, name: str) -> None:
    assert isinstance(verdict(questions(folder)[name], json.dumps(GOOD[name])), Passed)


@pytest.mark.parametrize("folder", SKILLS, ids=lambda folder: folder.name)
def test_what_is_sent(folder: Path) -> None:
    sent = "\n".join(
        message.content for case in questions(folder).values() for message in question(case)
    )
    for never in ("HIDDEN-ORDER", "/home/", "Users", "ann@", "SCRIPT-TEXT", "\u202e", "\u200b"):
        assert never not in sent
    assert "\U000e0041" not in sent
    for case in questions(folder).values():
        assert json.loads(question(case)[1].content)


def test_encoded_text_is_not_sent() -> None:
    assert questions(HELD_BACK) == {}


def test_a_file_that_changed_meanwhile(tmp_path: Path) -> None:
    folder = tmp_path / "ignore-previous"
    shutil.copytree(HERE / "skills" / "ignore-previous", folder)
    case = questions(folder)["description"]
    with (folder / "SKILL.md").open("a") as file:
        file.write("\n")
    assert verdict(case, json.dumps(GOOD["description"])) == ["file-changed"]


ODD = st.text() | st.sampled_from(
    [
        "\n---\n", "```", "<!--", "-->", "# x", "\u202e", "\u200b", "https://x.test", "../x",
        "rm -rf /", "- a", "| a |", "---", "key: value", '"', "'", "\\", ": ", " #", "`", "{{x}}",
        "A form has fields", "Use when a form has fields", "&lt;", "[a](b)", "\r", "\x00", "***",
    ]
)  # fmt: skip
MILD = st.text("aeimnrst AEDU:#'\"*_>-.,;!?()[]{}%@&~+=0é漢", max_size=20).map(
    lambda text: f"Use when a form has fields to fill or to list {text}".strip()
)
"""Texts of which many pass: with all the signs that YAML and Markdown have a use for."""
TEXT = (
    MILD
    | st.lists(ODD, max_size=6).map("".join)
    | st.lists(ODD, max_size=6).map(
        lambda parts: "Fills PDF forms. Use when a form has fields. " + " ".join(parts)
    )
)
FIELDS: Mapping[str, st.SearchStrategy[Any]] = {
    "description": st.fixed_dictionaries({"description": TEXT}),
    "overview": st.fixed_dictionaries({"summary": TEXT}),
    "when_to_use": st.fixed_dictionaries(
        {"bullets": st.lists(MILD, min_size=3, max_size=6) | st.lists(TEXT, max_size=7)}
    ),
    "quick_start": st.fixed_dictionaries(
        {"intro": TEXT, "blocks": st.just([1]) | st.lists(st.integers(-1, 3), max_size=4)}
    ),
    "split": st.fixed_dictionaries(
        {
            "moves": st.lists(
                st.fixed_dictionaries(
                    {
                        "section": st.integers(-1, 4),
                        "slug": st.sampled_from(["a", "b", "taken", "../a", "A"]) | st.text(),
                        "summary": TEXT,
                    }
                ),
                max_size=4,
            )
            | st.tuples(MILD, MILD).map(
                lambda words: [
                    {"section": number, "slug": f"part-{number}", "summary": text}
                    for number, text in enumerate(words, 1)
                ]
            )
        }
    ),
}


def untouched(case: Case, passed: Passed) -> None:
    """Outside the place of the task not a byte differs, and no other file does."""
    before, after = case.state.skill, passed.after.skill
    old, new = before.source.text, after.source.text
    files = {name: after.draft.texts[name].decode() for name, _ in passed.change.files}
    assert set(after.draft.texts) == {"SKILL.md", *files}
    assert not after.draft.deleted
    assert not after.draft.origins
    for name in files:
        assert name.startswith("references/")
        assert name not in before.tree.files
    if case.task.name == "description":
        line = "description: Tools for PDF forms"
        head, _, rest = old.partition(line)
        assert new.startswith(head + "description: ")
        assert new.endswith(rest.partition("\n")[2])
        assert len(new.splitlines()) == len(old.splitlines())
    elif case.task.name == "split":
        # Putting the moved text back gives the file as it was.
        for text in files.values():
            heading, _, content = text.partition("\n")
            start = new.index(f"{heading}\n\n[") + len(heading) + 1
            end = new.index("\n", start + 1) + 2
            new = new[:start] + content + new[end:] if content else new
        assert new.split() == old.split()
    else:
        lines = iter(new.splitlines())
        assert all(line in lines for line in old.splitlines())


@pytest.mark.parametrize("name", sorted(FIELDS))
@given(data=st.data())
@settings(max_examples=60)
def test_whatever_passes_stays_in_its_place(
    name: str, data: st.DataObject, asked: Mapping[str, Mapping[str, Case]]
) -> None:
    case = asked["closing-tags"][name]
    answer = data.draw(FIELDS[name] | st.just(GOOD[name]))
    passed = verdict(case, json.dumps(answer))
    if isinstance(passed, Passed):
        untouched(case, passed)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(text=st.text() | JSON.map(json.dumps))
def test_any_text_is_an_answer_or_a_reason(
    text: str, asked: Mapping[str, Mapping[str, Case]]
) -> None:
    for case in asked["bidi"].values():
        assert not isinstance(verdict(case, text), Passed)
