"""Which model does which task, who decides it, and what the command says of it."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from skill_lint.config.file import ConfigError
from skill_lint.llm.models.registry import TASKS, Choice, Models, Registered, Wish
from skill_lint.llm.models.resolution import resolve
from tests.support.model_server import refused, serving
from tests.support.models import (
    command,
    configure,
    environment,
    long_skill,
    own_file,
    skill,
    write_own,
)

REGISTRY = {name: Registered(model=f"m-{name}") for name in ("a", "b", "c", "d", "e", "f")}
EVERYTHING = {
    "SKILL_LINT_MODEL": "a",
    "SKILL_LINT_MODEL_SKILL_EDIT": "b",
    "SKILL_LINT_MODEL_WRITER": "c",
    "SKILL_LINT_MODEL_DEFAULT": "f",
}


def models(
    registry: Mapping[str, Registered], repository: Choice | None = None, **own: Any
) -> Models:
    chosen = repository or Choice("repo")
    return Models(registry, Choice("models.yaml", **own), chosen, {"old": "b"})


MODELS = models(
    REGISTRY,
    default="a",
    roles={"writer": Wish("e", {"temperature": 0.3, "top_p": 0.5})},
    tasks={"skill_edit": Wish("d", {"top_p": 0.9}, "writer")},
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
    tasks = {"skill_edit": Wish(role="writer")}
    of_role = models(REGISTRY, default="a", roles={"writer": Wish("e")}, tasks=tasks)
    environ = {"SKILL_LINT_MODEL_DEFAULT": "f"}
    assert resolve("skill_edit", of_role, environ).key == "e"
    assert resolve("skill_plan", of_role, environ).key == "f"
    assert resolve("skill_plan", of_role, {}).key == "a"
    assert resolve("skill_plan", MODELS, {"SKILL_LINT_MODEL": "old"}).key == "b"
    with pytest.raises(ConfigError, match=r"SKILL_LINT_MODEL names the model `z`, .*: it has a, b"):
        resolve("skill_plan", MODELS, {"SKILL_LINT_MODEL": "z"})
    with pytest.raises(ConfigError, match=r"no model for `skill_plan`: set `models\.default`"):
        resolve("skill_plan", models(REGISTRY), {})


def test_parameters_are_merged() -> None:
    registry = {"a": Registered("m", parameters={"temperature": 0.9, "seed": 1, "max_tokens": 7})}
    roles = {"writer": Wish(parameters={"temperature": 0.3, "top_p": 0.5, "seed": None})}
    tasks = {"skill_edit": Wish("", {"top_p": 0.9}, "writer")}
    found = models(registry, default="a", roles=roles, tasks=tasks)
    merged = resolve("skill_edit", found, {}).parameters
    assert merged == {"temperature": 0.3, "top_p": 0.9, "max_tokens": 7}
    assert resolve("skill_plan", found, {}).parameters["seed"] == 1
    cold = resolve("skill_edit", found, {"SKILL_LINT_TEMPERATURE": "0"})
    assert cold.parameters["temperature"] == 0
    plain = resolve("skill_edit", models({"a": Registered("m")}, default="a"), {})
    assert plain.parameters == {"temperature": 0.6, "max_tokens": 8192}
    with pytest.raises(ConfigError, match="from 0 to 2, not `hot`"):
        resolve("skill_edit", found, {"SKILL_LINT_TEMPERATURE": "hot"})


def test_a_repository_chooses_before_the_person_does() -> None:
    chosen = Choice(
        "repo", default="b", roles={"quick": Wish("c")},
        tasks={"skill_edit": Wish("f"), "skill_validate": Wish(role="quick")},
    )  # fmt: skip
    found = models(REGISTRY, chosen, default="a", tasks={"skill_edit": Wish("d")})
    keys = {task: resolve(task, found, {}).key for task in TASKS}
    assert (keys["skill_edit"], keys["skill_validate"], keys["skill_plan"]) == ("f", "c", "b")
    assert resolve("skill_edit", found, {"SKILL_LINT_MODEL": "a"}).key == "a"
    assert resolve("skill_edit", found, {}).decided_by == "tasks.skill_edit.model (repo)"


@pytest.mark.parametrize(
    ("person", "wanted", "sent"),
    [
        ({}, {"max_tokens": 100}, {"max_tokens": 100, "temperature": 0.6}),
        ({"max_tokens": 50}, {"max_tokens": 100}, {"max_tokens": 50, "temperature": 0.6}),
        ({}, {"max_tokens": 9000, "temperature": 0}, {"max_tokens": 8192, "temperature": 0}),
        (
            {"max_completion_tokens": 50, "temperature": None}, {"max_tokens": 9, "temperature": 1},
            {"max_completion_tokens": 9},
        ),
    ],
)  # fmt: skip
def test_a_repository_lowers_the_maximum_and_sets_the_temperature(
    person: dict[str, Any], wanted: dict[str, Any], sent: dict[str, Any]
) -> None:
    chosen = Choice("repo", tasks={"skill_edit": Wish(parameters=wanted)})
    found = models({"a": Registered("m", parameters=person)}, chosen, default="a")
    assert resolve("skill_edit", found, {}).parameters == sent


def test_the_table_says_who_decided(tmp_path: Path) -> None:
    configure(
        tmp_path, "http://127.0.0.1:9/v1",
        "      env: SOME_KEY\nroles:\n  writer: {model: local}\n"
        "tasks:\n  skill_edit: {role: writer, parameters: {temperature: 0.2}}\n",
    )  # fmt: skip
    done = command(
        tmp_path,
        "models",
        SOME_KEY="never-printed",
        SKILL_LINT_MODEL_SKILL_PLAN="local",
        COLUMNS="300",
    )
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    rows = {line.split()[0]: line.split(maxsplit=4)[1:] for line in lines if " local " in line}
    own = f"../{tmp_path.name}-config/skill-lint/models.yaml"
    assert sorted(rows) == sorted(task for task, info in TASKS.items() if info.calls)
    assert rows["skill_edit"] == ["local", "8192", "0.2", f"roles.writer.model ({own}:10)"]
    assert rows["skill_validate"] == ["local", "2048", "0.0", f"models.default ({own}:2)"]
    assert rows["skill_plan"][-1] == "SKILL_LINT_MODEL_SKILL_PLAN"
    assert "  local: scripted at http://127.0.0.1:9/v1; key: in SOME_KEY" in lines
    assert all(info.summary in done.stdout for info in TASKS.values())
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
        "models.yaml:1: `models.registry.a` has no key `modle`; did you mean `model`?",
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
    "no-maximum": (
        "models: {registry: {a: {model: x, parameters: {max_completion_tokens: []}}}}\n",
        "`models.registry.a.parameters.max_completion_tokens` must be a whole number or null",
    ),
    "a-date-to-send": (
        "models:\n  registry:\n    a: {model: x, parameters: {cut-off: 2001-01-01}}\n",
        "models.yaml:3: `models.registry.a.parameters.cut-off` is a date, a time or binary data",
    ),
    "no-yaml": ("models: [\n", "invalid YAML"),
    "unknown-model": ("models: {default: b, registry: {a: {model: x}}}\n", "registry: it has a"),
    "unknown-role": (
        "models: {default: a, registry: {a: {model: x}}}\ntasks: {skill_edit: {role: r}}\n",
        "there is no role `r`; the roles: none",
    ),
    "another-version": (
        "version: 2\nmodels: {registry: {}}\n",
        "models.yaml:1: it is of version 2, and this skill-lint reads version 1: update",
    ),
    "no-mapping": ("- models\n", "must be a mapping"),
    "nothing": ("", "no model for `skill_gather_examples`"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_with_the_file(case: str, tmp_path: Path) -> None:
    text, said = BAD[case]
    write_own(tmp_path, text)
    done = command(tmp_path, "models")
    assert done.returncode == 2
    assert said in done.stderr
    assert "models.yaml" in done.stderr
    assert "sk-1" not in done.stderr


@pytest.mark.parametrize("place", ["skill-lint-models.yaml", ".skill-lint.yaml", "skill-lint.toml"])
def test_a_repository_chooses(tmp_path: Path, place: str) -> None:
    below = tmp_path / "skills"
    below.mkdir()
    configure(tmp_path, "http://127.0.0.1:9/v1", "    big: {model: large}\n")
    chosen = {
        "skill-lint-models.yaml": "tasks: {skill_plan: {model: big}}\n",
        ".skill-lint.yaml": "extends: golden\nllm: {tasks: {skill_plan: {model: big}}}\n",
        "skill-lint.toml": "[llm.tasks.skill_plan]\nmodel = 'big'\n",
    }
    (tmp_path / place).write_text(chosen[place], encoding="utf-8")
    own = {"XDG_CONFIG_HOME": environment(tmp_path)["XDG_CONFIG_HOME"]}
    done = command(below, "models", **own)
    assert done.stdout.count("big: large at https://api.openai.com/v1") == 1
    line = {"skill-lint-models.yaml": ":1", ".skill-lint.yaml": ":2", "skill-lint.toml": ""}
    assert f"tasks.skill_plan.model (../{place}{line[place]})\n" in done.stdout
    without = command(below, "models", "--isolated", **own)
    assert "big" not in without.stdout


def test_a_repository_that_chooses_in_two_places(tmp_path: Path) -> None:
    (tmp_path / ".skill-lint.yaml").write_text("llm: {tasks: {}}\n", encoding="utf-8")
    (tmp_path / "skill-lint-models.yaml").write_text("tasks: {}\n", encoding="utf-8")
    both = command(tmp_path, "models")
    assert "the models stand in skill-lint-models.yaml and in .skill-lint.yaml" in both.stderr
    (tmp_path / ".skill-lint.yaml").write_text("llm: {modles: {}}\n", encoding="utf-8")
    assert "has no key `modles`; did you mean `models`?" in command(tmp_path, "check").stderr


def test_no_models_at_all(tmp_path: Path) -> None:
    skill(tmp_path)
    table = command(tmp_path, "models")
    assert table.returncode == 0
    rows = {line.split()[0]: line.split()[3:5] for line in table.stdout.splitlines()[1:8]}
    assert rows == {task: [str(i.max_tokens), str(i.temperature)] for task, i in TASKS.items()}
    assert f"to {own_file(tmp_path)} (`chmod 600`: only you may read it):" in table.stdout
    for words in (["models", "--check"], ["fix", "--llm", "pdf-forms"]):
        done = command(tmp_path, *words)
        assert done.returncode == 2
        assert "no model is registered, so nothing can be sent" in done.stderr


def test_the_example_of_the_command_is_a_models_file(tmp_path: Path) -> None:
    said = command(tmp_path, "models").stdout
    write_own(tmp_path, said[said.index("models:\n") : said.index("Then `skill-lint")])
    assert "local: qwen2.5:7b-instruct at http://localhost:11434/v1" in (
        command(tmp_path, "models").stdout
    )


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


WITHOUT_EXTRA = (
    "import sys; sys.modules['openai'] = sys.modules['pydantic'] = None\n"
    "from skill_lint.cli.main import main; sys.exit(main(sys.argv[1:]))"
)


def without_extra(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_EXTRA, *words],
        cwd=folder, env=environment(folder), capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_without_the_extra_the_command_says_how_to_get_it(tmp_path: Path) -> None:
    skill(tmp_path)
    configure(tmp_path, "http://127.0.0.1:9/v1")
    for words in (["fix", "--llm", "pdf-forms"], ["models", "--check"]):
        done = without_extra(tmp_path, *words)
        assert done.returncode == 2
        assert "python -m pip install 'skill-lint[llm]'" in done.stderr
        assert "Traceback" not in done.stderr


def test_without_the_extra_the_prompts_are_the_same(tmp_path: Path) -> None:
    skill(tmp_path)
    long_skill(tmp_path / "long")
    configure(tmp_path, "http://127.0.0.1:9/v1", "tasks: {skill_understand: {}}\n")
    words = ("fix", "--llm", ".", "--show-prompt", "--preset", "golden")
    done = without_extra(tmp_path, *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("=== ") >= 6
    assert done.stdout == command(tmp_path, *words).stdout
