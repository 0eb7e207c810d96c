"""Which model does which task, who decides it, and what the command says of it."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from skill_lint.config.file import ConfigError
from skill_lint.llm.models.client import Completion
from skill_lint.llm.models.registry import TASKS, Models, Registered, Wish
from skill_lint.llm.models.resolution import resolve
from skill_lint.llm.models.task_lm import get_task_lm
from tests.support.model_server import refused, serving
from tests.support.models import command, configure, skill

REGISTRY = {name: Registered(model=f"m-{name}") for name in ("a", "b", "c", "d", "e", "f")}
EVERYTHING = {
    "SKILL_LINT_MODEL": "a",
    "SKILL_LINT_MODEL_SKILL_EDIT": "b",
    "SKILL_LINT_MODEL_WRITER": "c",
    "SKILL_LINT_MODEL_DEFAULT": "f",
}
MODELS = Models(
    "models.yaml",
    REGISTRY,
    default="a",
    roles={"writer": Wish("e", {"temperature": 0.3, "top_p": 0.5})},
    tasks={"skill_edit": Wish("d", {"top_p": 0.9}, "writer")},
    aliases={"old": "b"},
)


@pytest.mark.parametrize(
    ("without", "key", "decided_by"),
    [
        ([], "a", "SKILL_LINT_MODEL"),
        (["SKILL_LINT_MODEL"], "b", "SKILL_LINT_MODEL_SKILL_EDIT"),
        (["SKILL_LINT_MODEL", "SKILL_LINT_MODEL_SKILL_EDIT"], "c", "SKILL_LINT_MODEL_WRITER"),
        (list(EVERYTHING)[:3], "d", "tasks.skill_edit.model"),
    ],
)
def test_the_first_that_names_a_model_decides(
    without: list[str], key: str, decided_by: str
) -> None:
    environ = {name: value for name, value in EVERYTHING.items() if name not in without}
    found = resolve("skill_edit", MODELS, environ)
    assert (found.key, found.model) == (key, f"m-{key}")
    assert found.decided_by.startswith(decided_by)


def test_after_the_task_come_its_role_and_the_defaults() -> None:
    of_role = Models("x", REGISTRY, "a", {"writer": Wish("e")}, {"skill_edit": Wish(role="writer")})
    environ = {"SKILL_LINT_MODEL_DEFAULT": "f"}
    assert resolve("skill_edit", of_role, environ).key == "e"
    assert resolve("skill_plan", of_role, environ).key == "f"
    assert resolve("skill_plan", of_role, {}).key == "a"
    assert resolve("skill_plan", MODELS, {"SKILL_LINT_MODEL": "old"}).key == "b"
    with pytest.raises(ConfigError, match=r"SKILL_LINT_MODEL names the model `z`, .*: it has a, b"):
        resolve("skill_plan", MODELS, {"SKILL_LINT_MODEL": "z"})
    with pytest.raises(ConfigError, match=r"no model for `skill_plan`: set `models\.default`"):
        resolve("skill_plan", Models("x", REGISTRY), {})


def test_parameters_are_merged() -> None:
    registry = {"a": Registered("m", parameters={"temperature": 0.9, "seed": 1, "max_tokens": 7})}
    roles = {"writer": Wish(parameters={"temperature": 0.3, "top_p": 0.5, "seed": None})}
    models = Models("x", registry, "a", roles, {"skill_edit": Wish("", {"top_p": 0.9}, "writer")})
    merged = resolve("skill_edit", models, {}).parameters
    assert merged == {"temperature": 0.3, "top_p": 0.9, "max_tokens": 7}
    assert resolve("skill_plan", models, {}).parameters["seed"] == 1
    cold = resolve("skill_edit", models, {"SKILL_LINT_TEMPERATURE": "0"})
    assert cold.parameters["temperature"] == 0
    plain = resolve("skill_edit", Models("x", {"a": Registered("m")}, "a"), {})
    assert plain.parameters == {"temperature": 0.6, "max_tokens": 8192}
    with pytest.raises(ConfigError, match="from 0 to 2, not `hot`"):
        resolve("skill_edit", models, {"SKILL_LINT_TEMPERATURE": "hot"})


def test_the_table_says_who_decided(tmp_path: Path) -> None:
    configure(
        tmp_path, "http://user:secret@127.0.0.1:9/v1",
        "      env: SOME_KEY\nroles:\n  writer: {model: local}\n"
        "tasks:\n  skill_edit: {role: writer, parameters: {temperature: 0.2}}\n",
    )  # fmt: skip
    done = command(
        tmp_path, "models", SOME_KEY="never-printed", SKILL_LINT_MODEL_SKILL_PLAN="local"
    )
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "models of skill-lint-models.yaml"
    rows = {line.split()[0]: line.split(maxsplit=4)[1:] for line in lines if " local " in line}
    assert sorted(rows) == sorted(task for task, info in TASKS.items() if info.calls)
    assert rows["skill_edit"] == ["local", "0.2", "8192", "roles.writer.model (line 10)"]
    assert rows["skill_validate"] == ["local", "0.0", "2048", "models.default (line 2)"]
    assert rows["skill_plan"][-1] == "SKILL_LINT_MODEL_SKILL_PLAN"
    assert "  local: scripted at http://127.0.0.1:9/v1; key: in SOME_KEY" in lines
    assert all(info.summary in done.stdout for info in TASKS.values())
    assert "secret" not in done.stdout
    assert "never-printed" not in done.stdout


def test_check_asks_each_model_once(tmp_path: Path) -> None:
    with serving("yes", refused(401)) as server:
        configure(
            tmp_path, server, f"    other: {{model: big, base_url_default: '{server.url}'}}\n"
            "tasks:\n  skill_plan: {model: other}\n",
        )  # fmt: skip
        done = command(tmp_path, "models", "--check")
        assert [each["model"] for each in server.requests] == ["scripted", "big"]
    assert done.returncode == 2
    assert "local (scripted) answers after" in done.stdout
    assert "other (big) fails: " in done.stdout


BAD: Mapping[str, tuple[str, str]] = {
    "unknown-key": (
        "models: {registry: {a: {modle: x}}}\n",
        "skill-lint-models.yaml:1: `models.registry.a` has no key `modle`; did you mean `model`?",
    ),
    "no-model": ("models:\n  registry:\n    a: {env: X}\n", ":3: `models.registry.a` needs"),
    "unknown-task": ("tasks: {skill_edits: {}}\n", "did you mean `skill_edit`?"),
    "timeout": ("models: {registry: {a: {model: x, timeout: 0}}}\n", "must be more than 0"),
    "no-url": (
        "models: {registry: {a: {model: x, base_url_default: localhost}}}\n",
        "`models.registry.a.base_url_default` must be a string that matches",
    ),
    "a-key-in-the-file": (
        "models: {registry: {a: {model: x, api_key: sk-1}}}\n", "has no key `api_key`",
    ),
    "temperature": (
        "models: {registry: {a: {model: x, parameters: {temperature: warm}}}}\n",
        "must be a number or null",
    ),
    "no-yaml": ("models: [\n", "invalid YAML"),
    "unknown-model": ("models: {default: b, registry: {a: {model: x}}}\n", "registry: it has a"),
    "unknown-role": (
        "models: {default: a, registry: {a: {model: x}}}\ntasks: {skill_edit: {role: r}}\n",
        "there is no role `r`; the roles: none",
    ),
    "nothing": ("", "no model for `skill_gather_examples`"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_with_the_file(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from skill_lint.cli.main import main

    text, said = BAD[case]
    (tmp_path / "skill-lint-models.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["models"]) == 2
    error = capfd.readouterr().err
    assert said in error
    assert "sk-1" not in error


def test_the_models_in_the_configuration(tmp_path: Path) -> None:
    below = tmp_path / "skills"
    below.mkdir()
    config = "extends: golden\nllm:\n  models: {default: a, registry: {a: {model: x}}}\n"
    (tmp_path / ".skill-lint.yaml").write_text(config, encoding="utf-8")
    done = command(below, "models")
    assert done.stdout.startswith("models of ../.skill-lint.yaml\n")
    assert "models.default (line 3)\n" in done.stdout
    configure(tmp_path, "http://127.0.0.1:9/v1")
    both = command(below, "models")
    assert "the models stand in ../skill-lint-models.yaml and in ../.skill-lint.yaml" in both.stderr
    named = command(below, "models", "--models", "../skill-lint-models.yaml")
    assert "local: scripted at http://127.0.0.1:9/v1" in named.stdout
    (tmp_path / ".skill-lint.yaml").write_text("llm: {modles: {}}\n", encoding="utf-8")
    assert "has no key `modles`; did you mean `models`?" in command(below, "check").stderr


def test_no_models_at_all(tmp_path: Path) -> None:
    skill(tmp_path)
    for words in (["models"], ["fix", "--llm", "pdf-forms"]):
        done = command(tmp_path, *words)
        assert done.returncode == 2
        assert "no model is configured: write a skill-lint-models.yaml" in done.stderr


def test_the_public_function(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    from skill_lint.llm.models.client import Message

    monkeypatch.chdir(tmp_path)
    with serving("yes") as server:
        configure(tmp_path, server)
        lm = get_task_lm("skill_edit", environ={})
        answer = asyncio.run(lm.completer.complete(lm.model, [Message("user", "hello")]))
    assert answer == Completion("yes", 400, 50)
    with pytest.raises(ConfigError, match="there is no task `x`"):
        get_task_lm("x", environ={})


def test_the_base_install_imports_none_of_it(tmp_path: Path) -> None:
    skill(tmp_path)
    for words in (["check", "pdf-forms"], ["fix", "pdf-forms"], ["rules"], ["--help"]):
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "skill_lint", *words],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        modules = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
        assert "skill_lint.cli.main" in modules
        for name in modules:
            assert name.split(".")[0] not in ("openai", "pydantic", "httpx", "asyncio"), words
            assert not name.startswith("skill_lint.llm.models.client")


def test_without_the_extra_the_command_says_how_to_get_it(tmp_path: Path) -> None:
    skill(tmp_path)
    configure(tmp_path, "http://127.0.0.1:9/v1")
    script = (
        "import sys; sys.modules['openai'] = sys.modules['pydantic'] = None\n"
        "from skill_lint.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    for words in (["fix", "--llm", "pdf-forms"], ["models", "--check"]):
        done = subprocess.run(
            [sys.executable, "-c", script, *words],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 2
        assert "python -m pip install 'skill-lint[llm]'" in done.stderr
        assert "Traceback" not in done.stderr
