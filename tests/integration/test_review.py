"""The action that posts findings, with the workflows of docs/workflows, against a server.

GitHub itself cannot be asked here. `tests/support/github_server.py` answers for it.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.action import Run, run_action
from tests.support.github_server import BOT, STRANGER, TOKEN, GitHub, accepted, serving
from tests.support.workflow import Job, run_job

ROOT = Path(__file__).parents[2]
OLD = "---\nname: pdf\ndescription: Fills in PDF forms. Use when asked.\n---\n\n# PDF\n\n{text}\n"
GUIDE = "# Guide\n\nText.\n"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (ROOT / "action.yml").exists(), reason="not in a checkout"),
]


def git(folder: Path, *words: str) -> str:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    command = ["git", "-C", str(folder), *identity, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


class PullRequest:
    """A checkout of a pull request, and the server that it is on."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.checkout = folder, folder / "checkout"
        self.checkout.mkdir()
        git(self.checkout, "init", "--quiet", "--initial-branch=main")
        self.write("pdf/SKILL.md", OLD.format(text="[old](gone.md)\n\n" + "Text.\n" * 20))
        self.write("pdf/references/guide.md", GUIDE)
        base = self.commit()
        self.github = GitHub(self.checkout, base, base)

    def write(self, name: str, text: str) -> None:
        (self.checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (self.checkout / name).write_text(text, encoding="utf-8")

    def commit(self) -> str:
        git(self.checkout, "add", "--all")
        git(self.checkout, "commit", "--quiet", "--message=Change")
        return git(self.checkout, "rev-parse", "HEAD")

    def adds(self, *lines: str) -> None:
        """Commit these lines at the end of SKILL.md."""
        file = self.checkout / "pdf/SKILL.md"
        self.write("pdf/SKILL.md", file.read_text("utf-8") + "".join(f"{each}\n" for each in lines))
        self.github.head = self.commit()

    def run(self, name: str) -> Job:
        """Run the workflow of docs/workflows with this name."""
        workflow = (ROOT / "docs" / "workflows" / f"{name}.yml").read_text("utf-8")
        known = {"github.token": TOKEN}
        variables = self.github.variables(self.folder)
        return run_job(workflow, self.checkout, self.folder / "temp", variables, known)

    def post(self, **inputs: str) -> Run:
        """The action that posts, alone."""
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        return run_action(
            ROOT / "review", self.checkout, self.folder / "temp", given,
            known={"github.token": TOKEN}, variables=self.github.variables(self.folder),
        )  # fmt: skip


@pytest.fixture
def pull_request(tmp_path: Path) -> Iterator[PullRequest]:
    made = PullRequest(tmp_path)
    with serving(made.github):
        yield made


FIXABLE = "Über ``a``: [the guide](references/Guide.md), see above."


def test_a_suggestion_that_is_accepted_fixes_the_finding(pull_request: PullRequest) -> None:
    pull_request.adds("", FIXABLE)
    ran = pull_request.run("suggestions")
    assert not ran.is_passed
    (review,) = pull_request.github.reviews
    (comment,) = review["comments"]
    assert "wrong-case-link" in comment["body"]
    file = pull_request.checkout / "pdf/SKILL.md"
    fixed = accepted(file.read_text("utf-8"), [comment])
    assert fixed == file.read_text("utf-8").replace("Guide.md", "guide.md")
    assert "on no line that the pull request adds, so only in the summary: 1" in ran.log


def test_a_finding_without_a_fix_is_a_comment(pull_request: PullRequest) -> None:
    pull_request.adds("[x](lost.md)")
    pull_request.run("suggestions")
    (review,) = pull_request.github.reviews
    (comment,) = review["comments"]
    assert (comment["path"], comment["line"]) == ("pdf/SKILL.md", 31)
    assert "lost.md" in comment["body"]
    assert "suggestion" not in comment["body"]


def test_a_second_run_posts_only_what_is_new(pull_request: PullRequest) -> None:
    pull_request.adds("[x](lost.md)")
    pull_request.run("suggestions")
    pull_request.adds("[y](none.md)")
    pull_request.run("suggestions")
    first, second = pull_request.github.reviews
    assert ["lost.md" in each["body"] for each in first["comments"]] == [True]
    assert ["none.md" in each["body"] for each in second["comments"]] == [True]
    pull_request.run("suggestions")
    assert len(pull_request.github.reviews) == 2


def test_a_comment_of_a_stranger_hides_nothing(pull_request: PullRequest) -> None:
    pull_request.adds("[x](lost.md)")
    pull_request.run("suggestions")
    for each in pull_request.github.review_comments:
        each["user"] = STRANGER
    pull_request.run("suggestions")
    assert len(pull_request.github.reviews) == 2


def test_a_pull_request_that_adds_nothing_gets_no_review(pull_request: PullRequest) -> None:
    pull_request.adds("More.")
    assert not pull_request.run("suggestions").is_passed, "the old link is still there"
    assert not pull_request.github.written


def test_many_findings_are_one_review(pull_request: PullRequest) -> None:
    pull_request.adds(*(f"[x{number}](lost{number}.md)" for number in range(150)))
    pull_request.run("suggestions")
    (review,) = pull_request.github.reviews
    assert len(review["comments"]) == 30
    assert "The job summary has 120 more." in review["body"]


def test_a_review_needs_the_commit_of_the_pull_request(pull_request: PullRequest) -> None:
    pull_request.adds("[x](lost.md)")
    pull_request.github.head = pull_request.github.base
    ran = pull_request.run("suggestions")
    assert "ref: ${{ github.event.pull_request.head.sha }}" in ran.log
    assert not pull_request.github.written


def test_a_newer_commit_gets_its_own_run(pull_request: PullRequest) -> None:
    pull_request.adds("[x](lost.md)")
    pull_request.github.event_head, pull_request.github.head = pull_request.github.head, "1" * 40
    ran = pull_request.run("suggestions")
    assert "no review, because the pull request has got newer commits" in ran.log
    assert not pull_request.github.written


def test_one_comment_is_written_anew(pull_request: PullRequest) -> None:
    pull_request.adds("[x](lost.md)")
    pull_request.run("comment")
    (comment,) = pull_request.github.comments
    assert "lost.md" in comment["body"]
    file = pull_request.checkout / "pdf/SKILL.md"
    pull_request.write("pdf/SKILL.md", file.read_text("utf-8").replace("lost.md", "none.md"))
    pull_request.adds()
    pull_request.run("comment")
    (comment,) = pull_request.github.comments
    assert "none.md" in comment["body"]
    assert "lost.md" not in comment["body"]


def test_without_findings_a_comment_is_only_written_anew(pull_request: PullRequest) -> None:
    old = OLD.format(text="[the guide](references/guide.md)")
    pull_request.write("pdf/SKILL.md", old)
    pull_request.github.base = pull_request.commit()
    pull_request.adds("Text.")
    ran = pull_request.run("comment")
    assert ran.is_passed, ran.log
    assert not pull_request.github.written
    pull_request.adds("[x](lost.md)")
    pull_request.run("comment")
    pull_request.write("pdf/SKILL.md", old)
    pull_request.adds("Other.")
    assert pull_request.run("comment").is_passed
    (comment,) = pull_request.github.comments
    assert "lost.md" not in comment["body"]


def test_comments_of_others_are_not_written_over(pull_request: PullRequest) -> None:
    """A stranger could write the hidden mark first, and own what the job then shows."""
    pull_request.adds("[x](lost.md)")
    pull_request.run("comment")
    mark = pull_request.github.comments[0]["body"].split("\n")[0]
    others = [
        {"id": 0, "user": STRANGER, "body": f"{mark}\nHello."},
        {"id": 1, "user": BOT, "body": "Of another workflow."},
    ]
    pull_request.github.comments = [dict(each) for each in others]
    pull_request.run("comment")
    assert pull_request.github.comments[:2] == others
    assert len(pull_request.github.comments) == 3


def test_a_long_comment_ends_at_a_line(pull_request: PullRequest) -> None:
    pull_request.adds(*(f"[x{number}](lost{number}.md)" for number in range(1000)))
    pull_request.run("comment")
    body = pull_request.github.comments[0]["body"]
    assert 30_000 < len(body) < 65_536
    assert body.endswith("|\n\nThe job summary has the rest.\n")


def test_nothing_is_posted_for_a_fork(pull_request: PullRequest) -> None:
    pull_request.adds("[x](lost.md)")
    pull_request.github.head_repository = 2
    for name in ("suggestions", "comment"):
        ran = pull_request.run(name)
        assert "nothing is posted, because GitHub gives a pull request from a fork" in ran.log
        assert "::error file=pdf/SKILL.md" in ran.log
    assert not pull_request.github.requests


def test_a_token_that_may_not_write(pull_request: PullRequest) -> None:
    pull_request.adds("[x](lost.md)")
    pull_request.github.may_write = False
    ran = pull_request.run("suggestions")
    assert "403 'Resource not accessible by integration'; the job needs" in ran.log
    assert "`pull-requests: write`" in ran.log


def test_wrong_files_are_named(pull_request: PullRequest, tmp_path: Path) -> None:
    for text in ("", "[]", "{", '{"diagnostics": [5]}', '{"diagnostics": [{"location": 5}]}'):
        (tmp_path / "x.json").write_text(text)
        ran = pull_request.post(rdjson_file=str(tmp_path / "x.json"))
        assert ran.code == 2, ran.log
        assert "the input `rdjson-file` is no report" in ran.log
    for name in ("rdjson_file", "comment_file"):
        ran = pull_request.post(**{name: str(tmp_path / "none")})
        assert ran.code == 2, ran.log
        assert f"the input `{name.replace('_', '-')}`" in ran.log
        assert "Traceback" not in ran.log
    assert "there is no report" in pull_request.post().log
    assert not pull_request.github.written


def test_a_server_that_redirects_gets_no_token(pull_request: PullRequest) -> None:
    pull_request.adds("[x](lost.md)")
    other = GitHub(pull_request.checkout, pull_request.github.base, pull_request.github.head)
    with serving(other):
        pull_request.github.redirect = f"{other.url}/repos/owner/name/pulls/7"
        ran = pull_request.run("suggestions")
    assert "GitHub's API: GET pulls/7: 307" in ran.log
    assert not other.requests
