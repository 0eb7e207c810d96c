"""`skill-lint models add`: what a person sees at a terminal, and what is written."""

import os
import pty
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.models import command, environment, own_file, write_own

THEIRS = """models:
  default: gateway
  registry:
    gateway:
      model: gpt-4o-mini
      base_url_default: https://llm.corp.example/v1
      env: LLM_GATEWAY_KEY
      env_fallback: GITHUB_TOKEN
      prices: {input: 0, output: 0}
      parameters: {best_of: 128}
    keyless: {model: "12", base_url_default: "http://127.0.0.1:8080/v1"}
    insecure: {model: m, base_url_default: "http://llm.corp.example/v1", allow-insecure: true}
    tokens: {model: m, env: GITHUB_TOKEN}
"""
ADDED = """    gateway:
      model: gpt-4o-mini
      base_url_default: https://llm.corp.example/v1
      env: LLM_GATEWAY_KEY
"""


@pytest.fixture(autouse=True)
def theirs(tmp_path: Path) -> None:
    (tmp_path / "skill-lint-models.yaml").write_text(THEIRS, encoding="utf-8")


def at_terminal(folder: Path, key: str, typed: str, **variables: str) -> tuple[int, str]:
    """Run `models add` at a terminal. Returns the exit code and what the person sees."""
    ours, theirs = pty.openpty()
    words = ["models", "add", "--from", "skill-lint-models.yaml", key]
    with subprocess.Popen(
        [sys.executable, "-m", "skill_lint", *words], cwd=folder,
        env=environment(folder, **variables), stdin=theirs, stdout=theirs, stderr=theirs,
    ) as process:  # fmt: skip
        os.close(theirs)
        os.write(ours, typed.encode())
        seen = b""
        try:
            while chunk := os.read(ours, 1 << 16):
                seen += chunk
        except OSError:  # The other end is closed.
            pass
        code = process.wait(60)
    os.close(ours)
    return code, seen.decode().replace("\r\n", "\n")


def test_the_first_model(tmp_path: Path) -> None:
    code, seen = at_terminal(tmp_path, "gateway", "y\n")
    assert code == 0, seen
    assert ADDED in seen
    assert "host      llm.corp.example: the texts of skills go there\n" in seen
    assert "variable  LLM_GATEWAY_KEY: its value goes there as the key\n" in seen
    assert "left out  env_fallback, prices, parameters: write them yourself" in seen
    file = own_file(tmp_path)
    assert file.read_text("utf-8") == (
        f"version: 1\nmodels:\n  default: gateway\n  registry:\n{ADDED}"
    )
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (tmp_path / "skill-lint-models.yaml").unlink()
    assert "gateway: gpt-4o-mini at https://llm.corp.example/v1" in (
        command(tmp_path, "models").stdout
    )


@pytest.mark.parametrize("typed", ["n\n", "\n", "maybe\n", "\x04"])
def test_a_person_who_does_not_say_yes(typed: str, tmp_path: Path) -> None:
    code, seen = at_terminal(tmp_path, "gateway", typed)
    assert code == 1
    assert "nothing was changed" in seen
    assert not own_file(tmp_path).exists()


@pytest.mark.parametrize("width", [2, 4])
def test_a_file_that_has_models_keeps_every_byte(width: int, tmp_path: Path) -> None:
    by = " " * width
    before = (
        f"# Mine.\nmodels: # all\n{by}registry:\n{by * 2}# The first.\n{by * 2}a:   # good\n"
        f"{by * 3}model: m\n\ntasks: {{skill_edit: {{model: a}}}}\n"
    )
    write_own(tmp_path, before)
    code, seen = at_terminal(tmp_path, "keyless", "yes\n")
    assert code == 0, seen
    assert "variable  none\n" in seen
    after = own_file(tmp_path).read_text("utf-8")
    added = [
        f"{by * 2}keyless:\n", f"{by * 2}  model: \"12\"\n",
        f"{by * 2}  base_url_default: http://127.0.0.1:8080/v1\n",
    ]  # fmt: skip
    assert "".join(added) in after
    assert after.replace("".join(added), "") == before


def test_a_registry_without_a_place_for_a_line(tmp_path: Path) -> None:
    for text in ("models: {registry: {a: {model: m}}}\n", "tasks: {}\n", ""):
        file = write_own(tmp_path, text)
        code, seen = at_terminal(tmp_path, "gateway", "y\n")
        assert code == 2
        assert "has no `registry` that a line can be added to" in seen
        assert seen.endswith(f"models:\n  registry:\n{ADDED}")
        assert file.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("insecure", "plain http to another machine"),
        ("tokens", "`GITHUB_TOKEN` is not the name of a variable for the key of a model"),
        ("gatewya", "describes no model `gatewya`; did you mean `gateway`?"),
    ],
)
def test_what_is_not_added(key: str, said: str, tmp_path: Path) -> None:
    code, seen = at_terminal(tmp_path, key, "y\n")
    assert code == 2
    assert said in seen
    assert not own_file(tmp_path).exists()


def test_a_key_that_the_person_has_already(tmp_path: Path) -> None:
    text = "models: {registry: {gateway: {model: m}}}\n"
    write_own(tmp_path, text)
    code, seen = at_terminal(tmp_path, "gateway", "y\n")
    assert code == 2
    assert "has a model `gateway` already: edit it there" in seen
    assert own_file(tmp_path).read_text("utf-8") == text


def test_where_nobody_can_be_asked(tmp_path: Path) -> None:
    done = command(tmp_path, "models", "add", "--from", "skill-lint-models.yaml", "gateway")
    assert done.returncode == 2
    assert "`models add` asks a person, but this is not a terminal" in done.stderr
    assert at_terminal(tmp_path, "gateway", "y\n", CI="true")[0] == 2
    inside = str(tmp_path / "conf")
    code, seen = at_terminal(tmp_path, "gateway", "y\n", XDG_CONFIG_HOME=inside)
    assert code == 2
    assert "a commit could decide where texts and keys are sent" in " ".join(seen.split())
    assert not own_file(tmp_path).exists()
