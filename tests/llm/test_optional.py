"""The optional tasks of `skill-lint fix --llm`: what a model is asked besides."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.support.model_server import sent, serving
from tests.support.models import (
    asked_for,
    command,
    configure,
    good,
    questions,
    skill,
)

GATED = json.dumps({"description": "Fills 4711 forms. Use when a form has fields."})
ONE = ("--select", "untriggered-description")
"""One finding, one question."""
OPTIONAL = "tasks: {skill_understand: {}, skill_gather_examples: {}, skill_validate: {}}\n"


@pytest.mark.smoke
def test_optional_tasks_are_asked_where_the_file_names_them(tmp_path: Path) -> None:
    skill(tmp_path)
    others: dict[str, Any] = {
        "purpose": {"purpose": "Filling the fields of PDF forms.", "situations": ["A form comes"]},
        "phrases": {"phrases": ["fill the form", "which fields are there"]},
    }

    def server_of_all(request: Any) -> str:
        field = asked_for(request)
        if field == "verdict":
            is_list = sent(request)["question"] == "when_to_use"
            reason = "It fits any skill." if is_list else "It says what the text says."
            return json.dumps({"verdict": "reject" if is_list else "accept", "reason": reason})
        if field == "description":
            assert sent(request)["understand"] == others["purpose"]
            assert sent(request)["gather_examples"] == others["phrases"]
        return json.dumps(others[field]) if field in others else good(request)

    with serving(server_of_all) as server:
        configure(tmp_path, server, OPTIONAL)
        golden = ("fix", "--llm", "pdf-forms", "--preset", "golden")
        shown = command(tmp_path, *golden, "--show-prompt")
        assert "pdf-forms/SKILL.md: skill_understand\n--- system\nYou say what" in shown.stdout
        assert server.requests == []
        done = command(tmp_path, *golden, "--apply", "--yes-unread")
        fields = Counter(questions(server.requests))
    # One answer for all questions of a skill; the same list is judged, and rejected, twice.
    assert fields["purpose"] == fields["phrases"] == 1
    assert fields["bullets"] == 2
    assert "3 applied, 1 rejected" in done.stdout
    assert "judged: It fits any skill." in done.stdout


@pytest.mark.slow
def test_what_an_optional_task_invents_is_left_out(tmp_path: Path) -> None:
    skill(tmp_path)
    wrong = {"purpose": "Filling 4711 fields of PDF forms.", "situations": ["A form comes back"]}

    def inventive(request: Any) -> str:
        if asked_for(request) == "purpose":
            return json.dumps(wrong)
        assert "4711" not in json.dumps(request)
        return GATED

    with serving(inventive) as server:
        configure(tmp_path, server, "tasks: {skill_understand: {}}\n")
        done = command(tmp_path, "fix", "--llm", "pdf-forms", *ONE)
    assert "invented: the number `4711` is not in the skill" in done.stdout
