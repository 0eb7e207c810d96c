"""Each sentence of "What can a repository decide, and what not?" in docs/llm.md, by an attempt."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.security.conftest import TREE, Lint, write
from tests.security.llm.conftest import (
    FIX,
    Recorder,
    got_nothing,
    got_only_its_key,
    recording,
    refused,
    registered,
    response,
    tried,
    write_own,
)

PAGE = TREE / "docs/llm.md"
NAME = "skill-lint-models.yaml"
MORE = "    other: {model: o, base_url_default: 'URL', env: LLM_KEY}\n"
Check = Callable[["Scene"], None]
CHECKS: dict[str, Check] = {}
"""The check of each sentence, by its first words."""


class Scene:
    """A checkout, a person with two models, and an attacker's server."""

    def __init__(self, lint: Lint, checkout: Path, file: Path, own: Recorder, evil: Recorder):
        self.lint, self.checkout, self.file = lint, checkout, file
        self.own, self.evil = own, evil

    def repository(self, text: str) -> None:
        write(self.checkout, {NAME: text})

    def table(self, *words: str, **variables: str) -> str:
        return tried(self.lint, self.checkout, "models", *words, **variables).out

    def rows(self, **variables: str) -> dict[str, list[str]]:
        """The model, `max_tokens` and temperature of each task."""
        lines = self.table(**variables).partition("\n\n")[0].splitlines()[1:]
        return {line.split()[0]: line.split()[1:4] for line in lines}

    def refused(self, *words: str, **variables: str) -> str:
        err = refused(self.lint, self.checkout, *(words or FIX), **variables).err
        got_nothing(self.own, self.evil)
        return err

    def request(self) -> Any:
        """What the person's server was sent."""
        tried(self.lint, self.checkout)
        got_only_its_key(self.own)
        return json.loads(bytes(self.own.received).partition(b"\r\n\r\n")[2])


@pytest.fixture
def scene(lint: Lint, checkout: Path, person: Path, own: Recorder, evil: Recorder) -> Scene:
    person.write_text(registered(own, MORE.replace("URL", own.url)))
    return Scene(lint, checkout, person, own, evil)


def sentence(words: str) -> Callable[[Check], Check]:
    def add(check: Check) -> Check:
        CHECKS[words] = check
        return check

    return add


def _bullets() -> Iterator[str]:
    text = PAGE.read_text("utf-8")
    part = text.partition("### What can a repository decide, and what not?")[2]
    for bullet in part.partition("\n### ")[0].split("\n- ")[1:]:
        yield " ".join(bullet.partition("\n\n")[0].split())


def test_each_sentence_has_a_check() -> None:
    bullets = list(_bullets())
    assert len(bullets) == len(CHECKS)
    for bullet, words in zip(bullets, CHECKS, strict=True):
        assert bullet.startswith(words)


@sentence("choose the model of a task, of a role, and the default")
def _(scene: Scene) -> None:
    for text in (
        "tasks: {skill_plan: {model: other}}", "models: {default: other}",
        "tasks: {skill_plan: {role: r}}\nroles: {r: {model: other}}",
    ):  # fmt: skip
        scene.repository(text + "\n")
        assert scene.rows()["skill_plan"][0] == "other"
    scene.repository("tasks: {skill_plan: {model: third}}\n")
    assert "names the model `third`, which is not in the registry" in scene.refused("models")


@sentence("set the role of a task")
def _(scene: Scene) -> None:
    scene.file.write_text(scene.file.read_text() + "roles: {quick: {model: other}}\n")
    scene.repository("tasks: {skill_plan: {role: quick}}\n")
    assert [task for task, row in scene.rows().items() if row[0] == "other"] == ["skill_plan"]


@sentence("set the temperature")
def _(scene: Scene) -> None:
    scene.repository("tasks: {skill_edit: {parameters: {temperature: 0.125}}}\n")
    assert scene.request()["temperature"] == 0.125


@sentence("set a lower `max_tokens`; a higher number than yours changes nothing")
def _(scene: Scene) -> None:
    scene.repository("tasks: {skill_edit: {parameters: {max_tokens: 99999}}}\n")
    assert scene.rows()["skill_edit"][1:] == ["8192", "0.6"]
    scene.repository("tasks: {skill_edit: {parameters: {max_tokens: 77}}}\n")
    assert scene.request()["max_tokens"] == 77


@sentence("register a model, or name an address")
def _(scene: Scene) -> None:
    for entry in ("x: {model: m}", f"mine: {{model: m, base_url_default: '{scene.evil.url}'}}"):
        scene.repository(f"models: {{registry: {{{entry}}}}}\n")
        assert "`models.registry` must not stand there" in scene.refused()


@sentence("name a variable: only those that your own file names are read as keys")
def _(scene: Scene) -> None:
    scene.repository("models: {registry: {mine: {model: m, env: GITHUB_TOKEN}}}\n")
    scene.refused()
    (scene.checkout / NAME).unlink()
    scene.request()


@sentence("set a price")
def _(scene: Scene) -> None:
    prices = "      prices: {input: 1000000, output: 1000000}\n"
    scene.file.write_text(registered(scene.own, prices))
    scene.repository("models: {registry: {mine: {model: m, prices: {input: 0, output: 0}}}}\n")
    scene.refused(*FIX, "--max-cost", "1")
    (scene.checkout / NAME).unlink()
    assert (
        "--max-cost 1 leaves no room"
        in tried(scene.lint, scene.checkout, *FIX, "--max-cost", "1").out
    )


@sentence("set another parameter, such as `n`, or a prompt")
def _(scene: Scene) -> None:
    for text in (
        "tasks: {skill_edit: {parameters: {n: 128}}}", "tasks: {skill_edit: {prompt: x}}",
        "tasks: {skill_edit: {parameters: {best_of: 128}}}", "prompts: {}",
    ):  # fmt: skip
        scene.repository(text + "\n")
        scene.refused()


@sentence("give a model another name")
def _(scene: Scene) -> None:
    scene.repository("legacy_aliases: {mine: other}\n")
    assert "`legacy_aliases` must not stand there" in scene.refused()


@sentence("turn on the optional tasks")
def _(scene: Scene) -> None:
    scene.repository("tasks: {skill_understand: {}, skill_validate: {model: other}}\n")
    scene.request()
    assert scene.own.connections == 1


@sentence("win over your variables, such as `SKILL_LINT_MODEL`")
def _(scene: Scene) -> None:
    scene.repository("models: {default: other}\ntasks: {skill_edit: {model: other}}\n")
    rows = scene.rows(SKILL_LINT_MODEL="mine")
    assert [row[0] for row in rows.values() if row[0] != "needs"] == ["mine"] * 5


@sentence("the run ends with exit code 2 before anything is sent or written")
def _(scene: Scene) -> None:
    scene.repository("models: {registry: {x: {model: m}}}\n")
    before = (scene.checkout / "a/SKILL.md").read_bytes()
    said = scene.refused(*FIX, "--apply", "--yes-unread")
    assert "`models.registry` must not stand there" in said
    assert (scene.checkout / "a/SKILL.md").read_bytes() == before


@sentence("the message shows the lines that you could put into your own models file")
def _(scene: Scene) -> None:
    entry = "x: {model: m, env: X_KEY, prices: {input: 0, output: 0}}"
    scene.repository(f"models: {{registry: {{{entry}}}}}\n")
    said = scene.refused()
    lines = said[said.index("  models:\n") :].partition("Then take")[0]
    scene.file.write_text(lines.replace("\n  ", "\n")[2:])
    (scene.checkout / NAME).unlink()
    assert "m at https://api.openai.com/v1" in scene.table(SKILL_LINT_MODEL="x")


@sentence("`skill-lint models add --from FILE KEY` copies the same")
def _(scene: Scene) -> None:
    # What it copies at a terminal: tests/llm/test_add.py.
    scene.repository("models: {registry: {x: {model: m}}}\n")
    before = scene.file.read_bytes()
    said = scene.refused("models", "add", "--from", NAME, "x")
    assert "this is not a terminal" in said
    assert scene.file.read_bytes() == before


@sentence("`--isolated` leaves the file out")
def _(scene: Scene) -> None:
    scene.repository("models: {default: other}\n")
    assert "other: o" not in scene.table("--isolated")
    scene.repository("models: {registry: {x: {model: m}}}\n")
    assert "mine: m" in scene.table("--isolated")


@sentence("it does not lie in the checkout that is linted, and is no link into it")
def _(scene: Scene) -> None:
    place = scene.checkout / "skill-lint/models.yaml"
    write_own(place, registered(scene.evil))
    for variables in ({"XDG_CONFIG_HOME": str(scene.checkout)}, {}):
        assert "a commit could decide" in scene.refused(**variables)
        scene.file.unlink(missing_ok=True)
        scene.file.symlink_to(place)
        assert "a commit could decide" in scene.refused()


@sentence("`SKILL_LINT_MODELS_FILE` is an absolute path")
def _(scene: Scene) -> None:
    write_own(scene.checkout / "m.yaml", registered(scene.evil))
    said = scene.refused(SKILL_LINT_MODELS_FILE="m.yaml")
    assert "SKILL_LINT_MODELS_FILE must be an absolute path" in said


@sentence("no other user of the machine can read or change it")
def _(scene: Scene) -> None:
    scene.file.chmod(0o644)
    assert f"chmod 600 {scene.file}" in scene.refused()


@sentence("`--models` may name a file of the checkout")
def _(scene: Scene) -> None:
    write(scene.checkout, {"m.yaml": registered(scene.own)})
    said = scene.refused("models", "--models", "m.yaml", CI="true")
    assert "in CI (`CI` is set), name one outside of it" in said
    ran = tried(scene.lint, scene.checkout, "models", "--models", "m.yaml")
    assert "lies in the checkout" in ran.err
    assert "mine: m at" in ran.out


@sentence("a file that is damaged, or of another version, ends the run")
def _(scene: Scene) -> None:
    for text in ("models: [}\n", "version: 2\n", "models: {registry: {a: {modle: x}}}\n"):
        scene.file.write_text(text)
        assert "models.yaml:1: " in scene.refused()


@sentence("plain http goes to this machine only")
def _(scene: Scene) -> None:
    far = registered(scene.own).replace(scene.own.url, "http://llm.corp.example/v1")
    scene.file.write_text(far)
    assert "plain http to another machine" in scene.refused()
    scene.file.write_text(far + "      allow-insecure: true\n")
    assert "m at http://llm.corp.example/v1" in scene.table()
    for host in ("localhost", "127.0.0.1", "[::1]"):
        scene.file.write_text(far.replace("llm.corp.example", host))
        assert f"m at http://{host}/v1" in scene.table()


@sentence("an IP address in another notation, a user name or password")
def _(scene: Scene) -> None:
    for part in ("2130706433", "me:x@127.0.0.1", "127.0.0.1:6379", "127.0.0.1/?x"):
        scene.file.write_text(registered(scene.own).replace("127.0.0.1", part))
        assert "is not used: " in scene.refused()


@sentence("a redirect is not followed")
def _(scene: Scene) -> None:
    where = f"Location: {scene.evil.url}/chat/completions"
    for sender in recording(response("307 Temporary", b"", where)):
        scene.file.write_text(registered(sender))
        assert "redirects to another address" in tried(scene.lint, scene.checkout).out
    got_nothing(scene.evil)


@sentence("for an address of this machine, no proxy is used")
def _(scene: Scene) -> None:
    variables = dict.fromkeys(("HTTP_PROXY", "ALL_PROXY"), scene.evil.url)
    tried(scene.lint, scene.checkout, **variables)
    got_only_its_key(scene.own)
    got_nothing(scene.evil)


@sentence("a variable of a key or an address that is set but empty ends the run")
def _(scene: Scene) -> None:
    assert "`LLM_KEY` is set but empty" in scene.refused(LLM_KEY="")


@pytest.mark.parametrize("words", CHECKS)
def test_a_sentence(words: str, scene: Scene) -> None:
    CHECKS[words](scene)
