"""Calls git in the checkout, and runs nothing that the checkout's `.git/config` names."""

import os
import subprocess
from collections.abc import Mapping

from inputs import InputError
from outside import outside, workspace
from places import checkout

SECONDS = 300
"""The time that git has to fetch something."""
_KEPT = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM")
_INERT = (
    *("-c", "core.fsmonitor="),
    *("-c", f"core.hooksPath={os.devnull}"),
    # Each of these would name a program to run while git fetches.
    *("-c", "core.askPass="),
    *("-c", "core.alternateRefsCommand=true"),
    *("-c", "credential.helper="),
    *("-c", "gc.auto=0"),
    *("-c", "maintenance.auto=false"),
    *("-c", "safe.bareRepository=explicit"),
)
_FETCH = (
    "fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--upload-pack=git-upload-pack",
)  # fmt: skip
_PROTOCOLS = "https:http:ssh"


def asked(environment: Mapping[str, str], *words: str) -> str | None:
    """What git says; None if it fails. It fetches nothing."""
    done = _run(environment, words, protocols="", stdin="")
    return done.stdout.strip() if done.returncode == 0 else None


def has(environment: Mapping[str, str], commit: str) -> bool:
    """Whether a commit is here."""
    return asked(environment, "cat-file", "-e", f"{commit}^{{commit}}") is not None


def is_shallow(environment: Mapping[str, str]) -> bool:
    """Whether the clone lacks earlier commits."""
    return asked(environment, "rev-parse", "--is-shallow-repository") == "true"


def fetched(
    environment: Mapping[str, str],
    *objects: str,
    are_files: bool = False,
    is_whole: bool = False,
) -> bool:
    """Whether git could fetch these objects from `origin`; with all earlier ones if `is_whole`."""
    # With a depth, a whole clone would become a shallow one.
    depth = ("--unshallow" if is_whole else "--depth=1",) if is_shallow(environment) else ()
    protocols = environment.get("GIT_ALLOW_PROTOCOL", _PROTOCOLS)
    # Otherwise the server takes the files of a commit that is here for being here, too.
    noop = ("-c", "fetch.negotiationAlgorithm=noop") if are_files else ()
    words = (*noop, *_FETCH, *depth, "--stdin", "--", "origin")
    done = _run(environment, words, protocols=protocols, stdin="\n".join([*objects, ""]))
    if done.returncode:
        print(*map(_harmless, done.stderr.splitlines()), sep="\n", flush=True)
    return done.returncode == 0


def connected(environment: Mapping[str, str], commit: str) -> bool:
    """Whether a commit and HEAD have one in common. Fetches the history that a clone lacks."""
    words = ("merge-base", commit, "HEAD")
    if asked(environment, *words):
        return True
    head = asked(environment, "rev-parse", "HEAD")
    if head and is_shallow(environment):
        print("skill-lint: fetches the history; `fetch-depth: 0` has it at once", flush=True)
        fetched(environment, commit, head, is_whole=True)
    return bool(asked(environment, *words))


def _harmless(line: str) -> str:
    """A line of git's, which may quote the checkout's settings, and which the runner would obey."""
    shown = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in line)
    return f"git: {shown.replace('##[', '## [')}"


def settings(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables with the job's own settings of git, and with trust in the checkout.

    Where the job runs in a container, the checkout has another owner. Settings that lead into the
    checkout are left out, except for the folders that the job trusts.
    """
    kept = outside(environment, is_said=False)
    count = kept.get("GIT_CONFIG_COUNT", "")
    pairs = []
    for number in range(min(int(count), 1_000) if count.isdecimal() else 0):
        key = environment.get(f"GIT_CONFIG_KEY_{number}", "")
        values = environment if key.lower() == "safe.directory" else kept
        if key and (value := values.get(f"GIT_CONFIG_VALUE_{number}")) is not None:
            pairs.append((key, value))
    for folder in dict.fromkeys((workspace(environment), str(checkout(environment)))):
        pairs.append(("safe.directory", folder))
    variables = {"GIT_CONFIG_COUNT": str(len(pairs))}
    for number, (key, value) in enumerate(pairs):
        variables |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return variables


def _run(
    environment: Mapping[str, str], words: tuple[str, ...], *, protocols: str, stdin: str
) -> subprocess.CompletedProcess[str]:
    kept = outside(environment, is_said=False)
    variables = {
        **{name: value for name, value in kept.items()
           if not name.startswith("GIT_") or name in _KEPT},
        **settings(environment),
        "GIT_ALLOW_PROTOCOL": protocols,
        "GIT_NO_REPLACE_OBJECTS": "1",
        # Stronger than `core.sshCommand`.
        "GIT_SSH_COMMAND": kept.get("GIT_SSH_COMMAND") or "ssh",
        "GIT_TERMINAL_PROMPT": "0",
    }  # fmt: skip
    command = ["git", *_INERT, "-C", str(checkout(environment)), *words]
    try:
        return subprocess.run(
            command, check=False, env=variables, timeout=SECONDS, input=stdin,
            capture_output=True, encoding="utf-8", errors="surrogateescape",
        )  # fmt: skip
    except OSError as error:
        raise InputError(
            f"git cannot be started ({error.strerror}), and without it nobody can say what this "
            "pull request changes; install git before actions/checkout"
        ) from None
    except subprocess.TimeoutExpired:
        raise InputError(f"git did not end within {SECONDS} seconds") from None
