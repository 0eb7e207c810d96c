"""What the base of a pull request decides: the settings and suppressions of a stranger's run."""

import re
from collections.abc import Mapping
from typing import Any

import event
import git
import inputs
from inputs import InputError
from places import checkout

_MERGE = re.compile(r"refs/pull/[0-9]+/merge", re.ASCII)
_OWNERS = frozenset({"", "push", "schedule", "workflow_dispatch", "release", "create", "delete"})
"""Events about what somebody has put there who may write to the repository. After any other, a
workflow may check out what a stranger has sent.
"""
_LINK = "120000 "
"""How git lists a symbolic link."""
_SETTINGS = (
    ".skill-lint.yaml", "skill-lint.toml", "pyproject.toml", ".skill-lint-baseline.json",
    "skill-lint-models.yaml",
)  # fmt: skip


def options(environment: Mapping[str, str]) -> list[str]:
    """The options of `skill-lint check` that say whose settings and suppressions count.

    For a pull request from a fork, they are those of its base, and what it adds to them fails the
    run unless `strict-gate` is false. With `strict-gate: true`, that holds for each pull request.
    """
    given = inputs.text(environment, "strict-gate")
    is_strict = inputs.flag(environment, "strict-gate")
    pull_request = event.pull_request(environment)
    if pull_request is None:
        return _without_pull_request(environment, is_strict=is_strict)
    is_fork = event.is_fork(pull_request)
    if not is_fork and not is_strict:
        return []
    commit = fetched(environment, pull_request)
    return _trusting(environment, commit, is_strict=is_strict or not given)


def fetched(environment: Mapping[str, str], pull_request: Any) -> str:
    """The base commit of a pull request, with all of its files."""
    commit = _commit(environment, pull_request)
    _fetch(environment, commit)
    return commit


def _trusting(environment: Mapping[str, str], commit: str, *, is_strict: bool) -> list[str]:
    if not _is_merged(environment, commit):
        # What stands where the branch began is nothing that it adds, also if the base has lost it.
        git.connected(environment, commit)
    return [f"--trusted-config={commit}", *(["--strict-gate"] if is_strict else [])]


def _is_merged(environment: Mapping[str, str], commit: str) -> bool:
    """Whether HEAD is a merge into this commit, as GitHub makes for pull requests."""
    return commit in _parents(environment)


def _without_pull_request(environment: Mapping[str, str], *, is_strict: bool) -> list[str]:
    """The options for an event that names no pull request. The log says what it leaves open."""
    name = environment.get("GITHUB_EVENT_NAME", "")
    if name in _OWNERS or _is_default_branch(environment):
        return []
    if name == "merge_group" and is_strict:
        commit = event.base_of_group(environment)
        _fetch(environment, commit)
        return _trusting(environment, commit, is_strict=True)
    if name == "merge_group":
        message = (
            "the event merge_group does not say who has sent the changes, so that settings and "
            "suppressions are those of the checkout; the runs of the pull requests judge them, and "
            "with the input `strict-gate: true` this one does, too"
        )
    else:
        message = (
            f"the event {name} does not say which commit a pull request is based on, so that "
            "settings and suppressions are those of the checkout; if a stranger may have sent it, "
            "run `skill-lint check --trusted-config BASE --strict-gate` in place of this action"
        )
    if is_strict:
        raise InputError(f"the input `strict-gate` is true, but {message}")
    print(f"skill-lint: {message}", flush=True)
    return []


def _is_default_branch(environment: Mapping[str, str]) -> bool:
    """Whether the checkout is what GitHub names for the event, a commit of the default branch."""
    branch = event.default_branch(event.load(environment))
    return (
        bool(branch)
        and environment.get("GITHUB_REF") == f"refs/heads/{branch}"
        and git.asked(environment, "rev-parse", "HEAD") == environment.get("GITHUB_SHA")
    )


def _commit(environment: Mapping[str, str], pull_request: Any) -> str:
    """The base: what GitHub has merged the pull request into, else what the event names.

    The branch may have moved on between the event and the merge.
    """
    commit = str(pull_request["base"].get("sha"))
    if _MERGE.fullmatch(environment.get("GITHUB_REF", "")):
        parents = _parents(environment)
        is_merge = git.asked(environment, "rev-parse", "HEAD") == environment.get("GITHUB_SHA")
        if is_merge and len(parents) == 2:
            commit = parents[0]
    if not event.is_commit(commit):
        raise InputError("GitHub's event names no base commit")
    return commit


def _parents(environment: Mapping[str, str]) -> list[str]:
    """The parents that HEAD names, be they here or not."""
    text = git.asked(environment, "cat-file", "commit", "HEAD") or ""
    return re.findall(r"^parent (\S+)$", text.partition("\n\n")[0], re.MULTILINE)


def _fetch(environment: Mapping[str, str], commit: str) -> None:
    """Fetch what is not here of the base: a shallow clone lacks commits, a partial one files."""
    folder = checkout(environment)
    if not (folder / ".git").exists():
        raise InputError(
            f"{folder} is no git checkout, so that the base {commit} cannot be read; install git "
            "before actions/checkout, and check out without its input `path`, or name the same "
            "folder with the input `working-directory`"
        )
    if not git.has(environment, commit) and not git.fetched(environment, commit):
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
    """The objects of the base that are not here, and that the run may need.

    Those that HEAD has too are here, except for what a sparse checkout leaves out. Of that, only
    settings are needed, and the links that lead to them: a repository may have a million files.
    """
    missing = _absent(environment, f"{commit}^{{tree}}", "^HEAD^{tree}")
    is_sparse = git.asked(environment, "config", "--type=bool", "--get", "core.sparseCheckout")
    if is_sparse == "true":
        settings = _settings(environment, commit)
        missing |= settings & _absent(environment, f"{commit}^{{tree}}")
    return sorted(missing)


def _absent(environment: Mapping[str, str], *trees: str) -> set[str]:
    printed = git.asked(environment, "rev-list", "--objects", "--missing=print", *trees, "--")
    return {line[1:] for line in (printed or "").splitlines() if line.startswith("?")}


def _settings(environment: Mapping[str, str], commit: str) -> set[str]:
    """The blobs of the base that may be settings, by their names, and its symbolic links."""
    names = {*_SETTINGS}
    given = [inputs.text(environment, "config"), inputs.text(environment, "baseline")]
    for word in (*given, *inputs.words(environment, "args")):
        names.add(re.split("[/=]", word)[-1])
    listed = git.asked(environment, "ls-tree", "-r", "-z", "--full-tree", commit) or ""
    lines = (line.partition("\t") for line in listed.split("\0") if line)
    return {
        head.split(" ")[2]
        for head, _, path in lines
        if head.startswith(_LINK) or path.rpartition("/")[2] in names
    }
