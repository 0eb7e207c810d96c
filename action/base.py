"""What the base of a pull request decides: the settings and suppressions of a stranger's run."""

import json
import os
import re
import subprocess
from collections.abc import Mapping
from typing import Any

import inputs
from inputs import InputError
from outside import outside, workspace

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.ASCII)
_EVENTS = ("pull_request", "pull_request_target")
SECONDS = 300
"""The time that git has to fetch a commit."""


def options(environment: Mapping[str, str]) -> list[str]:
    """The options of `skill-lint check` that keep a pull request from turning off its own gate.

    For a pull request from a fork, settings and suppressions are those of its base, and what it
    adds to them fails the run unless `strict-gate` is false. With `strict-gate: true`, the same
    holds for each pull request.
    """
    given = inputs.text(environment, "strict-gate")
    is_strict = inputs.flag(environment, "strict-gate")
    pull_request = _pull_request(environment)
    if pull_request is None:
        return []
    is_fork = _is_fork(pull_request)
    if not is_fork and not is_strict:
        return []
    commit = _commit(pull_request)
    _fetch(environment, commit)
    strict = ["--strict-gate"] if is_strict or (is_fork and not given) else []
    return [f"--trusted-config={commit}", *strict]


def _pull_request(environment: Mapping[str, str]) -> Any:
    """What GitHub says about the pull request; None if no pull request started the workflow."""
    if environment.get("GITHUB_EVENT_NAME") not in _EVENTS:
        return None
    try:
        with open(environment["GITHUB_EVENT_PATH"], encoding="utf-8") as file:  # noqa: PTH123
            return json.load(file)["pull_request"]
    except (KeyError, OSError, ValueError) as error:
        raise InputError(f"GitHub's event cannot be read: {type(error).__name__}") from None


def _is_fork(pull_request: Any) -> bool:
    """Whether the pull request is from another repository, or from one that was deleted."""
    head, base = (pull_request[side].get("repo") or {} for side in ("head", "base"))
    return not head or head.get("id") != base.get("id")


def _commit(pull_request: Any) -> str:
    commit = str(pull_request["base"].get("sha"))
    if not _COMMIT.fullmatch(commit):
        raise InputError("GitHub's event names no base commit")
    return commit


def _fetch(environment: Mapping[str, str], commit: str) -> None:
    """Fetch the commit if it is not here: a shallow clone has only the newest one."""
    if _git(environment, "cat-file", "-e", f"{commit}^{{commit}}"):
        return
    words = ("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--depth=1")
    if not _git(environment, *words, "--", "origin", commit):
        raise InputError(
            f"the base commit {commit} is not here and cannot be fetched; check out with "
            "`fetch-depth: 0`, or with `persist-credentials: true`"
        )


def _git(environment: Mapping[str, str], *words: str) -> bool:
    """Whether git did as it was told in the checkout, which it runs nothing of."""
    inert = ("-c", "core.fsmonitor=", "-c", f"core.hooksPath={os.devnull}",
             "-c", "protocol.ext.allow=never",
             "-c", f"safe.directory={workspace(environment)}")  # fmt: skip
    variables = {
        name: value
        for name, value in outside(environment, is_said=False).items()
        if not name.startswith("GIT_") or name.startswith("GIT_CONFIG_")
    }
    command = ["git", *inert, "-C", workspace(environment), *words]
    done = subprocess.run(
        command, check=False, env={**variables, "GIT_TERMINAL_PROMPT": "0"}, timeout=SECONDS,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return done.returncode == 0
