"""GitHub's API, as far as the action needs it, with the token of the job."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.parse import quote

from inputs import InputError

SECONDS = 60
"""The time that one request may take."""
_PAGE = 100
_MOST_PAGES = 100


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect, which would send the token to whatever server it names."""

    def redirect_request(self, *_: object) -> None:
        return None


class Repository(NamedTuple):
    """The repository that the workflow runs for. `url` is that of its API."""

    url: str
    token: str

    def get_all(self, path: str) -> Iterator[dict[str, Any]]:
        """Every item of a list that GitHub gives in pages."""
        for page in range(1, _MOST_PAGES + 1):
            items = self.send("GET", f"{path}?per_page={_PAGE}&page={page}")
            if not isinstance(items, list):
                raise InputError(f"GitHub's API: {path} is no list")
            yield from (item for item in items if isinstance(item, dict))
            if len(items) < _PAGE:
                return

    def send(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """What GitHub answers. Raises `InputError` if it refuses, or cannot be reached."""
        request = urllib.request.Request(  # noqa: S310 (https, or the server of the runner)
            f"{self.url}/{path}",
            data=json.dumps(body).encode() if body is not None else None,
            method=method,
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "User-Agent": "skill-lint",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(request, timeout=SECONDS) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise InputError(f"GitHub's API: {method} {path}: {_reason(error)}") from None
        except (OSError, ValueError, HTTPException) as error:
            raise InputError(f"GitHub's API: {method} {path}: {str(error)!a}") from None


def repository(environment: Mapping[str, str]) -> Repository:
    """The repository of the workflow, with the token of the input `token`."""
    token = environment.get("SKILL_LINT_TOKEN", "")
    if not token:
        raise InputError("the input `token` is empty; leave it out to use that of the job")
    server = environment.get("GITHUB_API_URL", "https://api.github.com")
    return Repository(f"{server}/repos/{quote(environment['GITHUB_REPOSITORY'])}", token)


def _reason(error: urllib.error.HTTPError) -> str:
    try:
        said = json.load(error).get("message", "")
    except (OSError, ValueError, AttributeError, HTTPException):
        said = ""
    hint = "; the job needs `pull-requests: write`" if error.code in (401, 403, 404) else ""
    return f"{error.code} {str(said)!a}{hint}"
