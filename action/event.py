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
    """Whether the pull request is from another repository, or from one that was deleted."""
    head, base = (pull_request[side].get("repo") or {} for side in ("head", "base"))
    return not head or head.get("id") != base.get("id")


def is_commit(text: object) -> bool:
    """Whether this is the full id of a commit, which nothing else can be named like."""
    return isinstance(text, str) and bool(_COMMIT.fullmatch(text))


def _is_pull_request(environment: Mapping[str, str]) -> bool:
    return environment.get("GITHUB_EVENT_NAME", "").startswith("pull_request")
