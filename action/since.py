"""What the inputs `changed-only` and `new-only` compare the checkout with."""

from collections.abc import Mapping
from typing import Any

import base
import event
import git
import inputs
from inputs import InputError

_WHOLE = "check out with `fetch-depth: 0`"


class _Unknown(Exception):
    """Nobody can say what has changed; the message says why."""


def options(environment: Mapping[str, str]) -> list[str]:
    """The options of `skill-lint check` that say which skills and lines have changed.

    Where nobody can say, the log does, and everything is linted.
    """
    is_new_only = inputs.flag(environment, "new-only")
    if not inputs.flag(environment, "changed-only") and not is_new_only:
        return []
    try:
        commit = _commit(environment)
        _connect(environment, commit)
    except _Unknown as error:
        every = "all skills are linted, and all findings are reported"
        print(
            f"skill-lint: `changed-only` and `new-only` have no effect: {error}, so that {every}",
            flush=True,
        )
        return []
    return [f"--changed-since={commit}", *(["--new-only"] if is_new_only else [])]


def _commit(environment: Mapping[str, str]) -> str:
    """The commit that the event's changes begin at."""
    pull_request = event.pull_request(environment)
    if pull_request is not None:
        return base.fetched(environment, pull_request)
    found, name = event.load(environment), environment.get("GITHUB_EVENT_NAME", "")
    if name == "push":
        return _before_push(environment, found)
    if name == "merge_group":
        group = found.get("merge_group")
        commit = _named(group.get("base_sha") if isinstance(group, dict) else None)
        return _fetched(environment, commit)
    raise _Unknown(f"the event {name or 'of this run'} does not say what has changed")


def _before_push(environment: Mapping[str, str], found: Mapping[str, Any]) -> str:
    before = _named(found.get("before"))
    if not before.strip("0"):
        return _default_branch(environment, found)
    try:
        return _fetched(environment, before)
    except InputError:
        if found.get("forced") is not True:
            raise
        # Once no branch has it, a server need not keep it.
        raise _Unknown("the push was forced, and its earlier commits cannot be fetched") from None


def _default_branch(environment: Mapping[str, str], found: Mapping[str, Any]) -> str:
    """The commit of the default branch, which a push that creates a branch is compared with."""
    name, ref = event.default_branch(found), environment.get("GITHUB_REF", "")
    if not name or ref == f"refs/heads/{name}" or not ref.startswith("refs/heads/"):
        raise _Unknown("the push creates a tag or the default branch, so that nothing was before")
    # In full, because a tag may be named like a branch.
    remote = f"refs/remotes/origin/{name}"
    words = ("rev-parse", "--verify", "--quiet", f"{remote}^{{commit}}")
    commit = git.asked(environment, *words)
    if commit is None and git.fetched(environment, f"+refs/heads/{name}:{remote}"):
        commit = git.asked(environment, *words)
    if commit is None:
        raise _Unknown("the push creates a branch, and the default branch cannot be fetched")
    return commit


def _named(commit: object) -> str:
    if not event.is_commit(commit):
        raise _Unknown("GitHub's event does not name the commit before")
    return str(commit)


def _fetched(environment: Mapping[str, str], commit: str) -> str:
    if not git.has(environment, commit) and not git.fetched(environment, commit):
        raise InputError(f"the commit {commit} before is not here and cannot be fetched; {_WHOLE}")
    return commit


def _connect(environment: Mapping[str, str], commit: str) -> None:
    """Fetch the history if it is not here, because only that says where the changes begin."""
    if not git.connected(environment, commit):
        if git.is_shallow(environment):
            raise InputError(f"the history since {commit} cannot be fetched; {_WHOLE}")
        raise _Unknown("the commits before and after have no history in common")
