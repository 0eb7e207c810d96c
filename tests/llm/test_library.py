"""The library's face: `get_task_lm` and `configure_models`, as a program uses them."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from skill_lint import ConfigError
from skill_lint.llm import Refused, Unanswered, configure_models, get_task_lm
from skill_lint.llm.models import task_lm
from tests.support.model_server import ModelServer, refused, serving
from tests.support.models import configure, own_file, write_own

DOCUMENTED = {
    "skill_gather_examples": (0.4, 2048),
    "skill_understand": (0.7, 4096),
    "skill_plan": (0.5, 4096),
    "skill_initialize": (0.1, 2048),
    "skill_edit": (0.6, 8192),
    "skill_package": (0.1, 2048),
    "skill_validate": (0.0, 2048),
}
"""Temperature and maximum of tokens of each task."""
HELLO = [{"role": "user", "content": "hello"}]


@pytest.fixture(autouse=True)
def nothing_configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(own_file(tmp_path).parents[1]))
    for name in list(os.environ):
        if name.startswith(("SKILL_LINT_MODEL", "SKILL_LINT_TEMP")):
            monkeypatch.delenv(name)
    yield
    task_lm._configured = None


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ModelServer]:
    with serving("yes") as server:
        configure(tmp_path, server)
        yield server


def test_every_task_before_any_file_exists(tmp_path: Path) -> None:
    for task, (temperature, max_tokens) in DOCUMENTED.items():
        lm = get_task_lm(task)
        assert lm.kwargs == {"temperature": temperature, "max_tokens": max_tokens}
        assert lm.model_name == "offline"
        assert (lm.model.base_url, lm.model.key_variables) == ("", ())
        with pytest.raises(Refused, match="no model is registered, so nothing can be sent"):
            lm(messages=HELLO)
    with pytest.raises(ConfigError, match="there is no task `x`: the tasks are skill_gather_"):
        get_task_lm("x")


def test_a_variable_or_a_repository_that_names_a_model_before_any_file_exists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SKILL_LINT_MODEL", "big")
    (tmp_path / "skill-lint-models.yaml").write_text("models: {default: big}\n", "utf-8")
    assert get_task_lm("skill_edit").model_name == "offline"


def test_a_call(server: ModelServer) -> None:
    lm = get_task_lm("skill_edit")
    assert lm.model_name == "scripted"
    assert lm.kwargs == {"temperature": 0.6, "max_tokens": 8192}
    assert lm(messages=HELLO) == ["yes"]
    assert lm("hello", temperature=0) == ["yes"]
    first, second = server.requests
    assert (first["messages"], first["temperature"]) == (HELLO, 0.6)
    assert (second["messages"], second["temperature"]) == (HELLO, 0)
    lm.kwargs["temperature"] = 2
    assert lm.kwargs["temperature"] == 0.6


def test_a_call_where_a_loop_runs(server: ModelServer) -> None:
    async def notebook() -> list[str]:
        lm = get_task_lm("skill_edit")
        return lm(messages=HELLO) + await lm.acall(messages=HELLO)

    assert asyncio.run(notebook()) == ["yes", "yes"]


def test_what_cannot_be_sent(server: ModelServer) -> None:
    lm = get_task_lm("skill_edit")
    with pytest.raises(ValueError, match="a prompt or messages"):
        lm()
    with pytest.raises(ValueError, match="a prompt or messages"):
        lm("hello", messages=HELLO)
    with pytest.raises(ValueError, match="there is no message"):
        lm(messages=[])
    with pytest.raises(ValueError, match="a message needs a role"):
        lm(messages=[{"content": "hello"}])
    with pytest.raises(ValueError, match="`n` cannot be set"):
        lm("hello", n=128)
    assert server.requests == []


def test_errors_of_the_endpoint(tmp_path: Path) -> None:
    with serving(refused(401), refused(400)) as server:
        configure(tmp_path, server)
        with pytest.raises(Refused, match="refuses calls without an API key"):
            get_task_lm("skill_edit")("hello")
        with pytest.raises(Unanswered, match="rejects the request"):
            get_task_lm("skill_edit")("hello")


def test_configure_models_decides_what_get_task_lm_uses(tmp_path: Path) -> None:
    other = write_own(
        tmp_path / "x", "models: {default: a, registry: {a: {model: one}, b: {model: two}}}\n"
    )
    before = dict(os.environ)
    resolver = configure_models(other)
    assert get_task_lm().model_name == "one"
    assert get_task_lm().kwargs["temperature"] == 0.7
    other.unlink()
    assert resolver.get_task_lm("skill_edit").model_name == "one"
    assert get_task_lm("skill_edit").kwargs["max_tokens"] == 8192
    assert dict(os.environ) == before
    assert configure_models(default_task="skill_plan").default_task == "skill_plan"
    assert get_task_lm().kwargs["temperature"] == 0.5
    assert get_task_lm().model_name == "offline"
    assert resolver.resolve("skill_edit").model == "one"


def test_configure_models_with_what_is_wrong_changes_nothing(tmp_path: Path) -> None:
    configure_models(default_task="skill_plan")
    with pytest.raises(ConfigError, match="there is no task `x`"):
        configure_models(default_task="x")
    with pytest.raises(ConfigError, match="cannot be read"):
        configure_models(tmp_path / "gone.yaml")
    assert get_task_lm().kwargs["temperature"] == 0.5


def test_a_file_of_the_repository_that_names_an_address(
    tmp_path: Path, server: ModelServer
) -> None:
    with serving("no") as evil:
        text = f"models: {{registry: {{local: {{model: m, base_url_default: '{evil.url}'}}}}}}\n"
        (tmp_path / "skill-lint-models.yaml").write_text(text, "utf-8")
        with pytest.raises(ConfigError, match="may only choose among the models"):
            get_task_lm("skill_edit")
        with pytest.raises(ConfigError, match="may only choose among the models"):
            configure_models()
        assert evil.requests == server.requests == []


def test_it_resolves_without_the_extra(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['openai'] = sys.modules['pydantic'] = None\n"
        "from skill_lint.llm import configure_models, get_task_lm\n"
        "print(configure_models().get_task_lm('skill_edit').kwargs, get_task_lm().model_name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.stdout == "{'temperature': 0.6, 'max_tokens': 8192} offline\n", done.stderr
