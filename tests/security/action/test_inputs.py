"""Attacks by the inputs of the action, and by what its summary shows."""

import re
import shutil
from pathlib import Path

import pytest

from tests.security.action.conftest import DEFAULTS, Attack
from tests.security.conftest import BROKEN, TREE, write
from tests.support.action import run_action

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (TREE / "action.yml").exists(), reason="not in a checkout"),
]


INPUTS = [
    "preset", "config", "fail-on", "changed-only", "sarif-file", "upload-sarif", "paths",
    "baseline", "select", "ignore", "new-only", "working-directory", "output-format", "args",
]  # fmt: skip
MANY = ("paths", "args")
"""The inputs of several lines."""
CHARACTERS = {
    "line": "\n", "return": "\r", "tab": "\t", "escape": "\x1b", "vertical": "\x0b", "page": "\x0c",
    "group": "\x1d", "delete": "\x7f", "next": "\x85", "csi": "\x9b", "separator": "\u2028",
}  # fmt: skip


@pytest.mark.parametrize("name", INPUTS)
def test_an_input_with_a_control_character_is_obeyed(attack: Attack, name: str) -> None:
    for kind, character in CHARACTERS.items():
        if name in MANY and kind == "line":
            continue
        value = f"a{character}exit-code=0{character}::stop-commands::x"
        ran = attack.run({name: value})
        assert ran.code == 2, (kind, ran.log)
        assert f"the input `{name}` has a" in ran.log
        assert "stop-commands" not in ran.log
        assert ran.outputs["exit-code"] == "2"
        assert ran.summary == ""


VERSIONS = [
    "1.0 @ https://evil.example/x.whl", "1.0; extra", "1.0,>0", "1.0 --index-url=http://evil",
    "1.0\n--index-url=http://evil", "1.0[x]", "../evil", "$(touch x)", "1.0 # x", "-r x", "==1.0",
    "1.0+local/../x", "1.0\x00", "\u0661.0", "1.0 or", "latest", "1.0*", "@ file:///x",
]  # fmt: skip


@pytest.mark.parametrize("version", [each for each in VERSIONS if "\x00" not in each])
def test_a_version_is_more_than_a_version(new: Attack, version: str) -> None:
    ran = new.run({"version": version})
    assert ran.code == 2, ran.log
    assert "the input `version`" in ran.log
    assert "evil" not in ran.log


@pytest.mark.parametrize("version", ["0.1.0", "v1.2.3", "1.0rc1", "2.0.post1.dev3", "1.*", " 1\n"])
def test_a_package_of_a_stranger_has_our_name(new: Attack, version: str) -> None:
    """Until there is a release, whoever registers the name decides what it installs."""
    ran = new.run({"version": version}, PIP_NO_INDEX="1")
    assert ran.code == 2, ran.log
    assert "the input `version` cannot be used yet: skill-lint has no release" in ran.log


@pytest.mark.parametrize("value", ["yes", "1", "on", "tru", "true false"])
@pytest.mark.parametrize("name", ["changed-only", "new-only", "upload-sarif"])
def test_a_word_that_is_neither_true_nor_false_is_passed_over(
    attack: Attack, name: str, value: str
) -> None:
    ran = attack.run({name: value})
    assert ran.code == 2, ran.log
    assert f"the input `{name}` takes true or false" in ran.log


OPTIONS = ["--exit-zero", "--fail-on=never", "-h", "--list-skills", "--output=text=x", "--version"]


@pytest.mark.parametrize("word", OPTIONS)
def test_honest_paths_that_read_as_options_are_paths(attack: Attack, word: str) -> None:
    """Held before: the paths stand after `--`."""
    write(attack.checkout, {f"{word}/SKILL.md": BROKEN.format(name="x")})
    ran = attack.run({"paths": word})
    assert ran.code == 1, ran.log
    assert f"::error file={word}/SKILL.md" in ran.log.replace("%3A", ":")


@pytest.mark.parametrize("word", ["x --exit-zero", "x --exit-zero --", "--exit-zero"])
@pytest.mark.parametrize("name", ["preset", "config", "fail-on", "baseline", "select", "ignore"])
def test_honest_inputs_are_one_word(attack: Attack, name: str, word: str) -> None:
    """Held before."""
    assert attack.run({name: word}).code == 2


NAMES = [
    "a](http://evil.example)", "<img src=x>", "**bold**", "`code`", "www.evil.example", "@someone",
    "a\n# heading", "a\r\n::error::forged", "%0A::error::forged", "::error::forged", "| a | b |",
    "##[error]forged", "WWW.evil.example", "#1", "![x](http://evil.example/x.png)", "~~gone~~",
    "<!-- hidden", "\u202egnp", "&lt;b&gt;", "a,line=1::forged",
]  # fmt: skip
MARKUP = ("](http://evil", "<img", "**bold", "`code`", "www.evil", "WWW.evil", " @someone",
        "\n# head", "[error]", "| a |", " #1", "~~gone", "<!--", "\u202e")  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_a_command_or_markup_of_the_summary(attack: Attack, name: str) -> None:
    write(attack.checkout, {f"skills/{name}/SKILL.md": BROKEN.format(name="x")})
    ran = attack.run()
    assert ran.code == 1, ran.log
    commands = [line for line in ran.log.splitlines() if line.lstrip().startswith("::")]
    assert all(line.startswith(("::error file=", "::warning file=", "::notice file="))
               for line in commands)  # fmt: skip
    assert "%0A::error::forged" not in ran.log.replace("%250A", "")
    # What a backslash stands before is text.
    obeyed = re.sub(r"\\.", "", ran.summary)
    assert not [mark for mark in MARKUP if mark in obeyed], ran.summary


@pytest.mark.parametrize("event", ["pull_request_target", "workflow_run", "issue_comment"])
def test_a_cache_of_a_stranger_is_kept_for_the_default_branch(event: str) -> None:
    text = (TREE / "action.yml").read_text("utf-8")
    step = text.partition("- id: cache")[2].partition("- id: lint")[0]
    assert f'"{event}"' in step.partition("uses:")[0]


def test_honest_use_from_the_checkout_itself(tmp_path: Path) -> None:
    """Held before: with `uses: ./`, the checkout is the action, and its own code runs."""
    attack = Attack(tmp_path, {})
    for name in ("action", "skill_lint", "schemas"):
        shutil.copytree(TREE / name, attack.checkout / name)
    for name in ("action.yml", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"):
        shutil.copy(TREE / name, attack.checkout / name)
    ran = run_action(attack.checkout, attack.checkout, attack.temporary,
                     {**DEFAULTS, "paths": "bad"})  # fmt: skip
    assert ran.code == 1, ran.log
