"""The part of GitHub's API that a review needs, on this machine, over a real repository.

It shows the diff of `base...head` in pages, takes reviews and comments, refuses what GitHub refuses
(a comment outside of the diff, a token that may not write), and records every request.
"""

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

BOT = {"login": "github-actions[bot]", "type": "Bot"}
STRANGER = {"login": "stranger", "type": "User"}
TOKEN = "token-of-the-job"  # noqa: S105 (of a server that this test starts)


class Request(NamedTuple):
    """A request without its query; `body` is what its JSON says."""

    method: str
    path: str
    body: Any


@dataclass
class GitHub:
    """The pull request 7 of `owner/name`, and what was asked."""

    repository: Path
    base: str
    head: str
    url: str = ""
    may_write: bool = True
    redirect: str = ""
    event_head: str = ""
    """The commit that the event names, if that is not the head."""
    head_repository: int = 1
    """The number of the repository that the branch is in; another one than 1 is a fork."""
    reviews: list[Any] = field(default_factory=list)
    review_comments: list[Any] = field(default_factory=list)
    comments: list[Any] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    @property
    def written(self) -> list[Request]:
        return [each for each in self.requests if each.method != "GET"]

    def variables(self, folder: Path) -> dict[str, str]:
        """The variables of a job for the pull request."""
        event = {
            "pull_request": {
                "number": 7,
                "base": {"sha": self.base, "repo": {"id": 1}},
                "head": {
                    "sha": self.event_head or self.head,
                    "repo": {"id": self.head_repository},
                },
            }
        }
        (folder / "event.json").write_text(json.dumps(event), encoding="utf-8")
        return {
            "GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": str(folder / "event.json"),
            "GITHUB_REF": "refs/pull/7/merge", "GITHUB_REPOSITORY": "owner/name",
            "GITHUB_API_URL": self.url, "GITHUB_JOB": "skills", "GITHUB_WORKFLOW": "skills",
        }  # fmt: skip

    def files(self) -> list[Any]:
        """The files that the pull request changes, each with the pieces of its diff."""
        found = []
        diff = self._git("diff", "--no-ext-diff", "--no-color", f"{self.base}...{self.head}")
        for part in re.split(r"^(?=diff --git )", diff, flags=re.MULTILINE)[1:]:
            name = re.search(r"^\+\+\+ b/(.*?)\t?$", part, re.MULTILINE)
            patch = re.search(r"^@@.*", part, re.MULTILINE | re.DOTALL)
            if name and patch:
                found.append({"filename": name[1], "patch": patch[0].rstrip("\n")})
        return found

    def answer(self, request: Request) -> tuple[int, Any]:
        """The status and the JSON of an answer."""
        if request.method != "GET" and not self.may_write:
            return 403, {"message": "Resource not accessible by integration"}
        pull, issue = "/repos/owner/name/pulls/7", "/repos/owner/name/issues/7/comments"
        if request[:2] == ("GET", f"{pull}/files"):
            return 200, self.files()
        if request[:2] == ("GET", f"{pull}/comments"):
            return 200, self.review_comments
        if request[:2] == ("GET", issue):
            return 200, self.comments
        if request[:2] == ("GET", pull):
            return 200, {"number": 7, "head": {"sha": self.head}}
        if request[:2] == ("POST", f"{pull}/reviews"):
            return self._review(request.body)
        if request[:2] == ("POST", issue):
            self.comments.append({"id": len(self.comments), "user": BOT, **request.body})
            return 201, self.comments[-1]
        if found := re.fullmatch(r"/repos/owner/name/issues/comments/(\d+)", request.path):
            self.comments[int(found[1])] |= request.body
            return 200, self.comments[int(found[1])]
        return 404, {"message": "Not Found"}

    def _review(self, review: Any) -> tuple[int, Any]:
        commentable = {each["filename"]: self._places(each["patch"]) for each in self.files()}
        for each in review["comments"]:
            places = commentable.get(each["path"], {})
            first, last = each.get("start_line", each["line"]), each["line"]
            pieces = {places.get(number) for number in range(first, last + 1)}
            if None in pieces or len(pieces) != 1 or each.get("start_line") == each["line"]:
                return 422, {"message": "pull_request_review_thread.line must be part of the diff"}
        if not review["body"] or review["event"] != "COMMENT" or review["commit_id"] != self.head:
            return 422, {"message": "Unprocessable Entity"}
        self.reviews.append(review)
        self.review_comments += [{"user": BOT, **each} for each in review["comments"]]
        return 200, {"id": len(self.reviews)}

    @staticmethod
    def _places(patch: str) -> dict[int, int]:
        """The piece of the diff that each line after the change is in."""
        places: dict[int, int] = {}
        for piece, text in enumerate(re.split(r"^(?=@@ )", patch, flags=re.MULTILINE)[1:]):
            head, *rows = text.split("\n")
            number = int(head.split("+")[1].split(" ")[0].split(",")[0])
            for row in rows:
                if row[:1] in ("+", " "):
                    places[number] = piece
                    number += 1
        return places

    def _git(self, *words: str) -> str:
        command = ["git", "-C", str(self.repository), *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@contextmanager
def serving(github: GitHub) -> Iterator[GitHub]:
    """Serve the API on 127.0.0.1, until the context ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            split = urlsplit(self.path)
            length = int(self.headers.get("Content-Length", 0))
            body = json.loads(self.rfile.read(length)) if length else None
            request = Request(self.command, split.path, body)
            github.requests.append(request)
            status, answer = github.answer(request)
            if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                status, answer = 401, {"message": "Bad credentials"}
            if isinstance(answer, list):
                query = {name: int(values[0]) for name, values in parse_qs(split.query).items()}
                size, page = query.get("per_page", 30), query.get("page", 1)
                answer = answer[size * (page - 1) : size * page]
            self.send_response(307 if github.redirect else status)
            if github.redirect:
                self.send_header("Location", github.redirect)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        do_POST = do_PATCH = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        github.url = f"http://127.0.0.1:{server.server_port}"
        yield github
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def accepted(text: str, comments: list[Any]) -> str:
    """A file's text after a person has accepted the suggestions of these comments on it."""
    lines = text.split("\n")
    for each in sorted(comments, key=lambda each: -int(each["line"])):
        found = re.search(r"^(`{3,})suggestion\n(.*?)\n\1$", each["body"], re.DOTALL | re.MULTILINE)
        if found:
            first = each.get("start_line", each["line"])
            lines[first - 1 : each["line"]] = found[2].split("\n")
    return "\n".join(lines)
