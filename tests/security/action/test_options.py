"""Attacks by way of the inputs that become options: words, a baseline, a working directory."""

from pathlib import Path

import pytest

from tests.security.action.conftest import BAD, FORK, Attack, commit, event
from tests.security.conftest import BROKEN, TREE, Lint, git, write

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (TREE / "action.yml").exists(), reason="not in a checkout"),
]

SHELL = [
    "; touch x", "$(touch x)", "`touch x`", "&& touch x", "| tee x", "> x", "'$(touch x)'", "*",
    "$HOME", "~", "<(touch x)", "${IFS}", "--output=$(touch x)",
]  # fmt: skip


@pytest.mark.parametrize("text", SHELL)
def test_a_shell_evaluates_words(attack: Attack, text: str) -> None:
    ran = attack.run({"args": text})
    assert ran.code == 2, ran.log
    assert sorted(each.name for each in attack.checkout.iterdir()) == ["bad"]


@pytest.mark.parametrize("text", ["'", '--quiet "', "\\"])
def test_a_word_without_its_end_is_guessed(attack: Attack, text: str) -> None:
    ran = attack.run({"args": text})
    assert ran.code == 2
    assert "the input `args` has a quote or a backslash without its end" in ran.log


@pytest.mark.parametrize("text", ["--", "--quiet -- x", "'--'", '""--', "-\\-"])
def test_words_turn_later_options_into_paths(
    pull_request: Attack, text: str, tmp_path: Path
) -> None:
    write(pull_request.checkout, {".skill-lint.yaml": "ignore: [links]\n"})
    ran = pull_request.run({"args": text}, **event(tmp_path, pull_request.checkout, head=FORK))
    assert ran.code == 2, ran.log
    assert "paths go into the input `paths`" in ran.log


TRUSTING = [
    "--trusted-config=HEAD", "--trusted-config HEAD", "--trusted-config=", "--trusted HEAD",
    "--trusted-config\nHEAD", "'--trusted-config=HEAD'", "--severity", "--config",
]  # fmt: skip


@pytest.mark.parametrize("text", TRUSTING)
def test_words_trust_the_commit_of_a_fork(pull_request: Attack, text: str, tmp_path: Path) -> None:
    variables = event(tmp_path, pull_request.checkout, head=FORK)
    write(pull_request.checkout, {".skill-lint.yaml": "ignore: [links]\n"})
    git(pull_request.checkout, "checkout", "--quiet", "-b", "change")
    commit(pull_request.checkout)
    ran = pull_request.run({"args": text}, **variables)
    assert ran.code in (1, 2), ran.log
    assert ran.code == 2 or "broken-link" in ran.log


@pytest.mark.parametrize("is_known", [True, False], ids=["edited", "added"])
def test_a_fork_writes_the_baseline_that_an_input_names(
    pull_request: Attack, is_known: bool, tmp_path: Path, lint: Lint
) -> None:
    checkout, name = pull_request.checkout, "old.json"
    kept = write(tmp_path / "aside", BAD)
    if is_known:
        (checkout / "bad/SKILL.md").rename(kept / "bad/SKILL.md")
        lint(checkout, "baseline", "--baseline", name)
        commit(checkout)
        (kept / "bad/SKILL.md").rename(checkout / "bad/SKILL.md")
    variables = event(tmp_path, checkout, head=FORK)
    assert lint(checkout, "baseline", "--baseline", name, "--update").code == 0
    assert lint(checkout, "--baseline", name).code == 0
    ran = pull_request.run({"baseline": name}, **variables)
    assert ran.code == (1 if is_known else 2), ran.log
    assert ("broken-link" in ran.log) == is_known


def test_a_fork_writes_the_configuration_that_an_input_names(
    pull_request: Attack, tmp_path: Path
) -> None:
    variables = event(tmp_path, pull_request.checkout, head=FORK)
    write(pull_request.checkout, {"own.yaml": "ignore: [links]\n"})
    ran = pull_request.run({"config": "own.yaml"}, **variables)
    assert ran.code == 2, ran.log
    assert "own.yaml" in ran.log


@pytest.mark.parametrize("way", ["folder", "above", "file", "parent"])
def test_a_working_directory_leads_out_of_the_checkout(
    attack: Attack, way: str, tmp_path: Path
) -> None:
    write(tmp_path / "elsewhere", {"x/SKILL.md": BROKEN.format(name="secret")})
    (attack.checkout / "link").symlink_to(tmp_path / "elsewhere")
    given = {"folder": "link", "above": "link/x", "file": "bad/SKILL.md", "parent": "../.."}
    ran = attack.run({"working-directory": given[way]})
    assert ran.code == 2, ran.log
    assert "the input `working-directory`" in ran.log
    assert "secret" not in ran.log + ran.summary


def test_a_fork_has_settings_in_the_working_directory(pull_request: Attack, tmp_path: Path) -> None:
    checkout = pull_request.checkout
    write(checkout, {"skills/good/SKILL.md": "x", "skills/more/SKILL.md": "x"})
    commit(checkout)
    variables = event(tmp_path, checkout, head=FORK)
    write(checkout, {
        "skills/bad/SKILL.md": BROKEN.format(name="bad"),
        "skills/.skill-lint.yaml": "ignore: [links]\n",
    })  # fmt: skip
    ran = pull_request.run({"working-directory": "skills", "paths": "bad"}, **variables)
    assert ran.code == 1, ran.log
    assert "::error file=skills/bad/SKILL.md" in ran.log
    assert "untrusted-setting" in ran.log


def test_a_fork_hides_an_old_line_behind_new_only(pull_request: Attack, tmp_path: Path) -> None:
    variables = event(tmp_path, pull_request.checkout, head=FORK)
    git(pull_request.checkout, "checkout", "--quiet", "-b", "change")
    commit(pull_request.checkout)
    write(pull_request.checkout, {".gitattributes": "* -diff binary\n"})
    commit(pull_request.checkout)
    pull_request.fails({"new-only": "true"}, **variables)


NAMES = ["a](x)", "a`b", "a|b", "a\nb", "a#b?c", "<b>", "a b", "..b", "%2e%2e"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_leads_a_link_of_the_summary_elsewhere(
    pull_request: Attack, name: str, tmp_path: Path
) -> None:
    git(pull_request.checkout, "remote", "add", "origin", "https://github.com/owner/name")
    write(pull_request.checkout, {f"{name}/SKILL.md": BROKEN.format(name="x")})
    ran = pull_request.run(
        None, **event(tmp_path, pull_request.checkout, head={"id": 1}),
        GITHUB_SERVER_URL="https://github.com", GITHUB_REPOSITORY="owner/name",
    )  # fmt: skip
    start = "](https://github.com/owner/name/blob/"
    links = [each for each in ran.summary.split(start)[1:] if "/bad/" not in each.split(")")[0]]
    assert links, ran.summary
    for each in links:
        target = each.partition(")")[0]
        commit_id, _, rest = target.partition("/")
        assert len(commit_id) == 40
        assert rest.partition("?plain=1#L")[0].endswith("/SKILL.md")
        assert rest.count("/") == 1
        assert not set("<>()|`# \n") & set(rest.partition("?plain=1#")[0])


@pytest.mark.parametrize("server", ["javascript:alert(1)//x", "https://evil)[x](", "https://x y"])
def test_a_server_with_another_name_becomes_markup(attack: Attack, server: str) -> None:
    git(attack.checkout, "init", "--quiet")
    commit(attack.checkout)
    git(attack.checkout, "remote", "add", "origin", f"{server}/owner/name")
    ran = attack.run(None, GITHUB_SERVER_URL=server, GITHUB_REPOSITORY="owner/name")
    assert server not in ran.summary
