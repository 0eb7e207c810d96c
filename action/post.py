"""The step that shows findings on a pull request: as a review, and as one comment."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import event
import findings
import git
import inputs
from diff import lines_of
from findings import Finding
from github import Repository, repository
from inputs import InputError
from suggestions import Comment, comments, key_of

MOST_COMMENTS = 30
"""Comments of one review; GitHub takes more for spam."""
MOST_CHARACTERS = 60_000
"""Of a comment; GitHub takes 65,536."""


def main(environment: Mapping[str, str]) -> int:
    report, page = (inputs.text(environment, name) for name in ("rdjson-file", "comment-file"))
    pull_request = event.pull_request(environment)
    if reason := _why_not(report, page, pull_request):
        print(f"skill-lint: nothing is posted, because {reason}")
        return 0
    server = repository(environment)
    try:
        if report:
            _refuse_another_commit(environment, pull_request["head"]["sha"])
            _suggest(server, pull_request, findings.read(report))
        if page:
            _comment(server, pull_request["number"], _read(page), _job(environment))
    except (LookupError, TypeError) as error:
        raise InputError(f"GitHub does not answer as expected: {error!a}") from None
    return 0


def _why_not(report: str, page: str, pull_request: Any) -> str:
    if not report and not page:
        return "there is no report; the step before says why"
    if pull_request is None:
        return "the event is about no pull request"
    if event.is_fork(pull_request):
        return (
            "GitHub gives a pull request from a fork no token that can write; annotations and the "
            "job summary show the findings"
        )
    return ""


def _read(page: str) -> str:
    try:
        return Path(page).read_text("utf-8")
    except (OSError, ValueError) as error:
        message = f"the file of the input `comment-file`: {type(error).__name__}"
        raise InputError(message) from None


def _refuse_another_commit(environment: Mapping[str, str], head: object) -> None:
    """The lines of GitHub's merge of both branches are not those of the pull request."""
    if git.asked(environment, "rev-parse", "HEAD") != head:
        raise InputError(
            "the checkout is not the commit of the pull request, so that its lines may have other "
            "numbers; give actions/checkout `ref: ${{ github.event.pull_request.head.sha }}`"
        )


def _suggest(server: Repository, pull_request: Any, found: list[Finding]) -> None:
    number, head = pull_request["number"], pull_request["head"]["sha"]
    if server.send("GET", f"pulls/{number}")["head"]["sha"] != head:
        print("skill-lint: no review, because the pull request has got newer commits meanwhile")
        return
    changed = {file["filename"]: lines_of(file) for file in server.get_all(f"pulls/{number}/files")}
    shown = [comments(each, changed.get(each.path, {})) for each in found]
    there = {
        key_of(str(each.get("body")))
        for each in server.get_all(f"pulls/{number}/comments")
        if _is_bot(each)
    }
    new = {each.key: each for several in shown for each in several if each.key not in there}
    if new:
        _post(server, number, head, list(new.values()))
    print(f"skill-lint: new comments: {len(new)}, findings: {len(found)}")
    if left := sum(not several for several in shown):
        print(f"skill-lint: on no line that the pull request adds, so only in the summary: {left}")


def _post(server: Repository, number: int, head: str, new: list[Comment]) -> None:
    shown, left = new[:MOST_COMMENTS], len(new) - MOST_COMMENTS
    body = "skill-lint: findings on lines that this pull request adds."
    if left > 0:
        body += f" The job summary has {left} more."
    server.send("POST", f"pulls/{number}/reviews", {
        "commit_id": head,
        "event": "COMMENT",
        "body": body,
        "comments": [each.payload() for each in shown],
    })  # fmt: skip


def _comment(server: Repository, number: int, page: str, job: str) -> None:
    """Write the comment of this job anew; without findings, only if there is one already."""
    mark = f"<!-- skill-lint: comment of {job} -->"
    body = f"{mark}\n{_shortened(page)}"
    for each in server.get_all(f"issues/{number}/comments"):
        # A stranger may have written the mark.
        if _is_bot(each) and str(each.get("body")).startswith(mark):
            server.send("PATCH", f"issues/comments/{int(each['id'])}", {"body": body})
            print("skill-lint: the comment is written anew")
            return
    # A skill with findings to show has a heading.
    if "\n### " not in page:
        print("skill-lint: no comment, because there are no findings")
        return
    server.send("POST", f"issues/{number}/comments", {"body": body})
    print("skill-lint: the comment is written")


def _shortened(page: str) -> str:
    """The page up to a whole line, so that no markup stays open."""
    if len(page) <= MOST_CHARACTERS:
        return page
    return page[: page.rindex("\n", 0, MOST_CHARACTERS)] + "\n\nThe job summary has the rest.\n"


def _is_bot(comment: Mapping[str, Any]) -> bool:
    user = comment.get("user")
    return isinstance(user, dict) and user.get("type") == "Bot"


def _job(environment: Mapping[str, str]) -> str:
    """A name for the job, so that each has its own comment."""
    names = "\0".join(environment.get(name, "") for name in ("GITHUB_WORKFLOW", "GITHUB_JOB"))
    return hashlib.sha256(names.encode()).hexdigest()[:16]
