"""What GitHub says about the event that a job runs for."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from inputs import InputError

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.ASCII)


def load(environment: Mapping[str, str]) -> dict[str, Any]:
    """The event. It is empty where GitHub says nothing; for a pull request that is an error."""
    file = environment.get("GITHUB_EVENT_PATH", "")
    try:
        found = json.loads(Path(file).read_text("utf-8")) if file else {}
        if not isinstance(found, dict):
            raise TypeError
    except (OSError, ValueError, TypeError) as error:
        if not _is_pull_request(environment):
            return {}
        raise InputError(f"GitHub's event cannot be read: {type(error).__name__}") from None
    return found


def pull_request(environment: Mapping[str, str]) -> Any:
    """What GitHub says about the pull request; None if the event is about none."""
    found = load(environment).get("pull_request")
    if found is None and not _is_pull_request(environment):
        return None
    if not isinstance(found, dict) or not all(isinstance(found.get(side), dict)
                                              for side in ("head", "base")):  # fmt: skip
        raise InputError("GitHub's event names no pull request with a head and a base")
    return found


def is_fork(pull_request: Any) -> bool:
    """Whether the pull request is from another repository, or from one without a number."""
    head, base = (_id(pull_request[side].get("repo")) for side in ("head", "base"))
    return head is None or head != base


def base_of_group(environment: Mapping[str, str]) -> str:
    """The commit that a merge group is put on."""
    group = load(environment).get("merge_group")
    commit = group.get("base_sha") if isinstance(group, dict) else None
    if not is_commit(commit):
        raise InputError("GitHub's event names no commit that the merge group is put on")
    return str(commit)


def default_branch(found: Mapping[str, Any]) -> str:
    """The name of the default branch, by the event; empty if it names none."""
    repository = found.get("repository")
    name = repository.get("default_branch") if isinstance(repository, dict) else None
    return name if isinstance(name, str) else ""


def is_commit(text: object) -> bool:
    """Whether this is the full id of a commit, which nothing else can be named like."""
    return isinstance(text, str) and bool(_COMMIT.fullmatch(text))


def _id(repository: object) -> int | None:
    """The number of a repository; None if there is none, as for one that was deleted."""
    number = repository.get("id") if isinstance(repository, dict) else None
    return number if isinstance(number, int) else None


def _is_pull_request(environment: Mapping[str, str]) -> bool:
    return environment.get("GITHUB_EVENT_NAME", "").startswith("pull_request")
