"""The whole path with a real model on this machine: a poor one, and so an adversary of the gate.

`SKILL_LINT_REAL_MODEL=/some/folder python -m pytest -m long tests/llm/test_real_model.py -s`
"""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from skill_lint.config.config import Config
from skill_lint.llm.gate.invented import texts
from skill_lint.llm.gate.verdict import Passed, judge, validated
from skill_lint.llm.session.cases import cases
from skill_lint.llm.tasks.case import Case, State
from skill_lint.skill.skill import Skill
from tests.real_model.setup import MODEL, Missing, folder, set_up
from tests.support.fixtures import tree
from tests.support.models import WEAK, command, configure, own_file, skill

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        "SKILL_LINT_REAL_MODEL" not in os.environ,
        reason="SKILL_LINT_REAL_MODEL names no folder for a real model (850 MB)",
    ),
]
NOTES = """---
name: meeting-notes
description: Meeting notes.
---

# Meeting notes

## Steps

1. Read the transcript from the beginning to the end.
2. Write down each decision, and who made it.
3. Write down each task, who does it, and until when.

## Form

Decisions come first, then tasks, then open questions. Names are written in full.
"""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    place = folder()
    try:
        set_up(place)
    except Missing as missing:
        pytest.skip(str(missing))
    words = ["node", "server.mjs", MODEL]
    with subprocess.Popen(words, cwd=place, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{int(process.stdout.readline())}/v1"
        finally:
            process.kill()


def test_a_real_model(url: str, tmp_path: Path) -> None:
    skill(tmp_path, WEAK)
    skill(tmp_path, NOTES, name="meeting-notes")
    configure(tmp_path, url, "      parameters: {max_tokens: 160, temperature: 0.1}\n")
    file = own_file(tmp_path)
    file.write_text(file.read_text().replace("timeout: 5", "timeout: 600"))
    before = {path.name: tree(path) for path in tmp_path.iterdir() if path.is_dir()}
    done = subprocess_run(tmp_path)
    print(done.stderr, done.stdout)
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
    for name, files in before.items():
        if not name.startswith("."):
            assert tree(tmp_path / name) == files
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["spent"]["output_tokens"] > 0
    for each in report["proposals"]:
        for attempt in each["attempts"]:
            names = ", ".join(reason["name"] for reason in attempt["reasons"]) or "passed"
            print(
                f"{each['path']} {each['question']}: {attempt['input_tokens']} in, "
                f"{attempt['output_tokens']} out, {attempt['seconds']} s: {names}"
            )
        assert each["decision"] in ("proposed", "rejected")
        if each["decision"] == "proposed":
            passes_again(tmp_path, each["path"], each["question"], each["answer"])


def subprocess_run(folder: Path) -> "subprocess.CompletedProcess[str]":
    rules = "untriggered-description,missing-overview,missing-when-to-use"
    return command(
        folder, "fix", "--llm", ".", "--preset", "golden", "--select", rules,
        "--report", "report.json", "--max-calls", "18",
    )  # fmt: skip


def passes_again(folder: Path, path: str, question: str, answer: object) -> None:
    root = folder / Path(path).parent
    one = Skill(root, root.name)
    state = State.of(one, one, Config(extends="golden").active)
    found = [each for each in cases(state, state.found) if isinstance(each, Case)]
    case = next(each for each in found if each.task.name == question)
    read = validated(case.task, answer)
    assert not isinstance(read, list)
    assert isinstance(judge(case, read, texts(case.material)), Passed)
