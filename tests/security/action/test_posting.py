"""Attacks on the step that posts findings: by modules, by names, and by texts as markup."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.action.conftest import Attack
from tests.security.conftest import BROKEN, TREE, git, write
from tests.support.action import Run, run_action
from tests.support.github_server import TOKEN, GitHub, serving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (TREE / "action.yml").exists(), reason="not in a checkout"),
]


@pytest.fixture
def github(pull_request: Attack) -> Iterator[GitHub]:
    base = git(pull_request.checkout, "rev-parse", "HEAD")
    with serving(GitHub(pull_request.checkout, base, base)) as server:
        yield server


def post(attack: Attack, github: GitHub, folder: Path) -> Run:
    """Lint what is committed, and post it as a review and as a comment."""
    git(attack.checkout, "add", "--all")
    git(attack.checkout, "commit", "--quiet", "--message=Change")
    github.head = git(attack.checkout, "rev-parse", "HEAD")
    variables = github.variables(folder)
    linted = attack.run({"fail-on": "never"}, **variables)
    assert linted.code == 0, linted.log
    files = {"rdjson-file": linted.outputs["rdjson-file"],
             "comment-file": linted.outputs["markdown-file"]}  # fmt: skip
    return run_action(TREE / "review", attack.checkout, attack.temporary, files,
                      known={"github.token": TOKEN}, variables=variables)  # fmt: skip


def test_a_module_of_the_checkout_is_imported(
    pull_request: Attack, github: GitHub, tmp_path: Path
) -> None:
    pull_request.evil("json.py", "post.py", "urllib/__init__.py", "http/__init__.py", "git.py")
    pull_request.evil("action/post.py", "review/post.py", "sitecustomize.py", "findings.py")
    ran = post(pull_request, github, tmp_path)
    assert ran.code == 0, ran.log
    assert not pull_request.marker.exists()
    assert len(github.reviews) == len(github.comments) == 1


TEXTS = ["@someone", "#1", "<img src=x>", "www.evil.example", "$x$", "**bold**", "owner/name#3"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_markup_of_a_comment(
    pull_request: Attack, github: GitHub, text: str, tmp_path: Path
) -> None:
    write(pull_request.checkout, {"bad/SKILL.md": BROKEN.format(name=f"'gone {text}'")})
    assert post(pull_request, github, tmp_path).code == 0
    bodies = [each["body"] for each in (*github.reviews[0]["comments"], *github.comments)]
    assert sum(text in body for body in bodies) == 2, bodies
    for body in bodies:
        assert text not in re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", body)


@pytest.mark.parametrize("ticks", ["```", "`````", "```suggestion"])
def test_a_line_ends_the_suggestion_that_it_is_in(
    pull_request: Attack, github: GitHub, ticks: str, tmp_path: Path
) -> None:
    skill = BROKEN.format(name="bad").replace("[x](gone.md)", f"[x](more.MD) {ticks} @someone")
    write(pull_request.checkout, {"bad/SKILL.md": skill, "bad/more.md": "# More\n"})
    assert post(pull_request, github, tmp_path).code == 0
    (body,) = [each["body"] for each in github.reviews[0]["comments"] if "more.md" in each["body"]]
    opened = re.search(r"^(`{3,})suggestion\n(.*)\n\1\n", body, re.MULTILINE)
    assert opened
    assert opened[2] == f"[x](more.md) {ticks} @someone"
    assert "@" not in body.replace(opened[0], "")


@pytest.mark.parametrize("name", ["a b", 'a"b', "ä", "a\tb", "+++ b", "@@ -1 +1 @@"])
def test_a_name_is_taken_for_another_file(
    pull_request: Attack, github: GitHub, name: str, tmp_path: Path
) -> None:
    """The server gives names as they are; a comment goes to this file or nowhere."""
    write(pull_request.checkout, {f"{name}/SKILL.md": BROKEN.format(name="x")})
    assert post(pull_request, github, tmp_path).code == 0
    for review in github.reviews:
        assert {each["path"] for each in review["comments"]} <= {
            "bad/SKILL.md", f"{name}/SKILL.md",
        }  # fmt: skip
