"""Attempts to have a secret sent to a model: by its format, its quotation, or an answer."""

import json
from pathlib import Path

import pytest

from tests.security.conftest import Lint
from tests.security.models.conftest import ONE, lead_to, weak
from tests.support.model_server import serving
from tests.support.secret_samples import samples

KEY = "-".join(["gw", "7Qm2", "xT9vLk4R", "b8WzN3"])
GOOD = json.dumps({"description": "Fills the fields of PDF forms. Use when a form has fields."})
PLACES = {
    "in the text": "Before.\n\n{}\n\nAfter.",
    "in a code block": "```\n{}\n```",
    "in an HTML comment": "<!--\n{}\n-->",
    "in a list": "- Set `{}` first.",
}


@pytest.mark.parametrize("place", PLACES)
def test_a_secret_of_any_format(place: str, tmp_path: Path, models: Path, lint: Lint) -> None:
    folder = tmp_path / "skills"
    secrets = samples()
    for name, secret in secrets.items():
        weak(folder, name, PLACES[place].format(secret))
    with serving(GOOD) as server:
        lead_to(models, server.url)
        words = ("fix", "--llm", ".", "--models", str(models), "--max-calls", "999", *ONE)
        ran = lint(folder, *words, GATEWAY_KEY=KEY)
        assert (server.connections, bytes(server.received)) == (0, b"")
    assert ran.err.count("so nothing of the skill is sent") == len(secrets) >= 120
    assert "untriggered-description: not asked: line " in ran.err


def test_a_secret_that_yaml_quotes(tmp_path: Path, models: Path, lint: Lint) -> None:
    secret = samples()["github-p"]
    quoted = "".join(f"\\x{ord(char):02x}" for char in secret)
    weak(tmp_path / "skills", "pdf-forms", description=f'"Tools for PDF forms {quoted}."')
    with serving(GOOD) as server:
        lead_to(models, server.url)
        words = ("fix", "--llm", ".", "--models", str(models), *ONE)
        ran = lint(tmp_path / "skills", *words, GATEWAY_KEY=KEY)
        shown = lint(tmp_path / "skills", *words, "--show-prompt", GATEWAY_KEY=KEY)
        assert server.connections == 0
    assert "the question holds what looks like a GitHub token; it is not sent" in ran.out
    assert "0 calls, 0 tokens sent" in ran.out
    assert "not sent: the question holds what looks like a GitHub token" in shown.out
    assert secret not in ran.said + shown.said


def test_the_person_s_own_key_in_a_skill(tmp_path: Path, models: Path, lint: Lint) -> None:
    # A passphrase, which no search knows.
    key = " ".join(["quiet", "lantern", "over", "the", "harbour", "wall"])
    weak(tmp_path / "skills", "pdf-forms", f"Say {key} to enter.")
    with serving(GOOD) as server:
        lead_to(models, server.url)
        words = ("fix", "--llm", ".", "--models", str(models), *ONE)
        ran = lint(tmp_path / "skills", *words, GATEWAY_KEY=key)
        assert server.connections == 0
    assert "the question holds the model's API key; it is not sent" in ran.out


def test_a_secret_of_an_answer_in_the_next_question(
    tmp_path: Path, models: Path, lint: Lint
) -> None:
    secret = samples()["gitlab-pat"]
    bad = json.dumps({"description": f"Fills PDF forms with {secret}. Use when a form comes."})
    weak(tmp_path / "skills", "pdf-forms")
    with serving(bad) as server:
        lead_to(models, server.url)
        words = ("fix", "--llm", ".", "--models", str(models), *ONE)
        ran = lint(tmp_path / "skills", *words, GATEWAY_KEY=KEY)
        assert len(server.requests) == 2
        assert secret.encode() not in bytes(server.received)
    assert "secret: it holds what looks like a GitLab token" in ran.out
    assert secret not in ran.said
