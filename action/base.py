"""What the base of a pull request decides: the settings and suppressions of a stranger's run."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import git
import inputs
from inputs import InputError
from outside import workspace

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.ASCII)
_MERGE = re.compile(r"refs/pull/[0-9]+/merge", re.ASCII)
_NAMELESS = ("issue_comment", "workflow_run")
"""Events that may check out what a stranger has sent, and do not say what its base is."""


def options(environment: Mapping[str, str]) -> list[str]:
    """The options of `skill-lint check` that depend on the base of a pull request.

    For a pull request from a fork, settings and suppressions are those of its base, and what it
    adds to them fails the run unless `strict-gate` is false. With `strict-gate: true`, the same
    holds for each pull request. What has changed is compared with the base as well.
    """
    given = inputs.text(environment, "strict-gate")
    is_strict = inputs.flag(environment, "strict-gate")
    is_changed_only = inputs.flag(environment, "changed-only")
    pull_request = _pull_request(environment)
    if pull_request is None:
        _say_what_is_missing(environment, is_strict=is_strict)
        branch = environment.get("GITHUB_BASE_REF", "")
        # In full, because a tag may be named like a branch.
        return [f"--changed-since=refs/remotes/origin/{branch}"] * bool(is_changed_only and branch)
    is_fork = _is_fork(pull_request)
    is_trusted = not is_fork and not is_strict
    if is_trusted and not is_changed_only:
        return []
    commit = _commit(environment, pull_request)
    _fetch(environment, commit)
    return [
        *([f"--changed-since={commit}"] if is_changed_only else []),
        *([] if is_trusted else [f"--trusted-config={commit}"]),
        *(["--strict-gate"] if is_strict or (is_fork and not given) else []),
    ]


def _pull_request(environment: Mapping[str, str]) -> Any:
    """What GitHub says about the pull request; None if the event is about none."""
    is_expected = environment.get("GITHUB_EVENT_NAME", "").startswith("pull_request")
    file = environment.get("GITHUB_EVENT_PATH", "")
    try:
        found = json.loads(Path(file).read_text("utf-8")).get("pull_request") if file else None
    except (OSError, ValueError, AttributeError) as error:
        if not is_expected:
            return None
        raise InputError(f"GitHub's event cannot be read: {type(error).__name__}") from None
    if found is None and not is_expected:
        return None
    if not isinstance(found, dict) or not all(isinstance(found.get(side), dict)
                                              for side in ("head", "base")):  # fmt: skip
        raise InputError("GitHub's event names no pull request with a head and a base")
    return found


def _say_what_is_missing(environment: Mapping[str, str], *, is_strict: bool) -> None:
    event = environment.get("GITHUB_EVENT_NAME", "")
    if event not in _NAMELESS:
        return
    message = (
        f"the event {event} does not say which commit a pull request is based on, so that settings "
        "and suppressions are those of the checkout; if a stranger may have sent it, run "
        "`skill-lint check --trusted-config BASE --strict-gate` in place of this action"
    )
    if is_strict:
        raise InputError(f"the input `strict-gate` is true, but {message}")
    print(f"skill-lint: {message}", flush=True)


def _is_fork(pull_request: Any) -> bool:
    """Whether the pull request is from another repository, or from one that was deleted."""
    head, base = (pull_request[side].get("repo") or {} for side in ("head", "base"))
    return not head or head.get("id") != base.get("id")


def _commit(environment: Mapping[str, str], pull_request: Any) -> str:
    """The base: what GitHub has merged the pull request into, else what the event names.

    The branch may have moved on between the event and the merge.
    """
    commit = str(pull_request["base"].get("sha"))
    if _MERGE.fullmatch(environment.get("GITHUB_REF", "")):
        text = git.asked(environment, "cat-file", "commit", "HEAD") or ""
        parents = re.findall(r"^parent (\S+)$", text.partition("\n\n")[0], re.MULTILINE)
        is_merge = git.asked(environment, "rev-parse", "HEAD") == environment.get("GITHUB_SHA")
        if is_merge and len(parents) == 2:
            commit = parents[0]
    if not _COMMIT.fullmatch(commit):
        raise InputError("GitHub's event names no base commit")
    return commit


def _fetch(environment: Mapping[str, str], commit: str) -> None:
    """Fetch what is not here of the base: a shallow clone lacks commits, a partial one files."""
    if not Path(workspace(environment), ".git").exists():
        raise InputError(
            f"{workspace(environment)} is no git checkout, so that the base {commit} cannot be "
            "read; install git before actions/checkout, and check out without its input `path`"
        )
    is_here = git.asked(environment, "cat-file", "-e", f"{commit}^{{commit}}") is not None
    if not is_here and not git.fetched(environment, commit):
        raise InputError(
            f"the base commit {commit} is not here and cannot be fetched; check out with "
            "`fetch-depth: 0`, or with `persist-credentials: true`"
        )
    missing = _missing(environment, commit)
    if missing and not git.fetched(environment, *missing, are_files=True):
        raise InputError(
            f"files of the base commit {commit} are not here and cannot be fetched; check out "
            "without `filter`, or with `persist-credentials: true`"
        )


def _missing(environment: Mapping[str, str], commit: str) -> list[str]:
    """The objects of the base that are not here, and not in HEAD either."""
    trees = (f"{commit}^{{tree}}", "^HEAD^{tree}")
    printed = git.asked(environment, "rev-list", "--objects", "--missing=print", *trees, "--")
    lines = (printed or "").splitlines()
    return [line[1:] for line in lines if line.startswith("?")]
