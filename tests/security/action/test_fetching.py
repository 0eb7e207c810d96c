"""Attacks on git while the action asks for the base, by the git folder of a checkout."""

import shutil
from pathlib import Path

import pytest

from tests.security.action.conftest import FORK, Attack, cloned, commit, event
from tests.security.conftest import GOOD, TREE, git, write

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (TREE / "action.yml").exists(), reason="not in a checkout"),
]


def test_the_base_of_a_shallow_clone_is_fetched(pull_request: Attack, tmp_path: Path) -> None:
    """Honest use: actions/checkout fetches one commit."""
    write(pull_request.checkout, {".skill-lint.yaml": "ignore: [links]\n"})
    variables = event(tmp_path, pull_request.checkout, head=FORK)
    git(pull_request.checkout, "checkout", "--quiet", "-b", "change")
    cloned(pull_request, tmp_path, "--depth=1")
    pull_request.fails(None, **variables, GIT_ALLOW_PROTOCOL="file")


def test_honest_settings_that_the_base_has_changed_since(
    pull_request: Attack, tmp_path: Path
) -> None:
    """The clone has one commit, the head of a branch that began before."""
    shutil.rmtree(pull_request.checkout / "bad")
    write(pull_request.checkout, {".skill-lint.yaml": "ignore: [orphan-file]\n"})
    commit(pull_request.checkout)
    git(pull_request.checkout, "checkout", "--quiet", "-b", "change")
    git(pull_request.checkout, "checkout", "--quiet", "main")
    write(pull_request.checkout, {".skill-lint.yaml": "ignore: [few-examples]\n"})
    variables = event(
        tmp_path, pull_request.checkout, head=FORK, base=commit(pull_request.checkout)
    )
    git(pull_request.checkout, "checkout", "--quiet", "change")
    cloned(pull_request, tmp_path, "--depth=1")
    ran = pull_request.run(None, **variables, GIT_ALLOW_PROTOCOL="file")
    assert ran.code == 0, ran.log


def test_the_action_runs_without_git(pull_request: Attack, tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("bash", "mkdir"):
        (programs / name).symlink_to(str(shutil.which(name)))
    variables = event(tmp_path, pull_request.checkout, head=FORK)
    ran = pull_request.run(None, **variables, PATH=str(programs))
    assert (ran.code, ran.outputs["exit-code"]) == (2, "2"), ran.log
    assert "git cannot be started" in ran.log


def test_a_checkout_elsewhere_has_no_base(pull_request: Attack, tmp_path: Path) -> None:
    variables = event(tmp_path, pull_request.checkout, head=FORK)
    shutil.move(pull_request.checkout / ".git", tmp_path / "git")
    ran = pull_request.run(None, **variables)
    assert ran.code == 2
    assert "without its input `path`" in ran.log


def test_git_repeats_a_forged_setting_while_the_base_is_fetched(
    pull_request: Attack, tmp_path: Path
) -> None:
    base = commit(pull_request.checkout)
    git(pull_request.checkout, "checkout", "--quiet", "-b", "change")
    cloned(pull_request, tmp_path, "--depth=1")
    address = f"{tmp_path}/x\n::error::forged\n##[debug]x\x1b[2J\u202e"
    git(pull_request.checkout, "config", "remote.origin.url", address)
    variables = event(tmp_path, pull_request.checkout, head=FORK, base=base[::-1])
    ran = pull_request.run(None, **variables, GIT_ALLOW_PROTOCOL="file")
    assert ran.code == 2, ran.log
    assert "git: " in ran.log
    assert "\n::error::forged" not in ran.log
    assert "\u202e" not in ran.log
    assert "\x1b" not in ran.log
    assert "##[" not in ran.log


RUNNING: dict[str, dict[str, str]] = {
    "upload-pack": {"remote.origin.uploadpack": "{trap}; git-upload-pack"},
    "ssh": {"remote.origin.url": "ssh://127.0.0.1:1/x", "core.sshCommand": "{trap}"},
    "ext": {"remote.origin.url": "ext::{trap}", "protocol.ext.allow": "always"},
    "helper": {"remote.origin.vcs": "ext", "remote.origin.url": "{trap}",
               "protocol.ext.allow": "always"},
    "instead-of": {"url.ext::{trap} .insteadOf": "file://", "protocol.ext.allow": "always"},
    "proxy": {"remote.origin.url": "git://127.0.0.1:1/x", "core.gitProxy": "{trap}"},
    "alternates": {"core.alternateRefsCommand": "{trap} #"},
    "promisor": {"extensions.partialClone": "origin", "remote.origin.promisor": "true",
                 "core.repositoryformatversion": "1", "remote.origin.uploadpack": "{trap}"},
}  # fmt: skip


@pytest.mark.parametrize("protocols", ["", "file:ssh:https"])
@pytest.mark.parametrize("way", RUNNING)
def test_the_configuration_of_git_runs_a_program_while_the_base_is_fetched(
    way: str, protocols: str, pull_request: Attack, tmp_path: Path
) -> None:
    base = commit(pull_request.checkout)
    git(pull_request.checkout, "checkout", "--quiet", "-b", "change")
    origin = cloned(pull_request, tmp_path, "--depth=1")
    trap = write(tmp_path, {"trap": f"#!/bin/sh\necho $0 >> {pull_request.marker}\n"}) / "trap"
    trap.chmod(0o755)
    alternates = pull_request.checkout / ".git/objects/info/alternates"
    alternates.write_text(f"{origin}/.git/objects\n" if way == "alternates" else "")
    for name, value in RUNNING[way].items():
        git(pull_request.checkout, "config", name.format(trap=trap), value.format(trap=trap))
    variables = event(tmp_path, pull_request.checkout, head=FORK, base=base[::-1])
    ran = pull_request.run(
        None, **variables, **({"GIT_ALLOW_PROTOCOL": protocols} if protocols else {})
    )
    assert not pull_request.marker.exists()
    assert ran.code == 2, ran.log


@pytest.mark.parametrize("options", [(), ("--depth=1",)], ids=["whole", "shallow"])
def test_honest_files_of_the_base_are_fetched_for_a_partial_clone(
    options: tuple[str, ...], pull_request: Attack, tmp_path: Path
) -> None:
    bad = pull_request.checkout / "bad/SKILL.md"
    bad.write_text(bad.read_text() + "\n<!-- skill-lint: allow-file broken-link -->\n")
    base = commit(pull_request.checkout)
    git(pull_request.checkout, "checkout", "--quiet", "-b", "change")
    bad.write_text(bad.read_text() + "\nOne more.\n")
    cloned(pull_request, tmp_path, "--filter=blob:none", *options)
    variables = event(tmp_path, pull_request.checkout, head=FORK, base=base)
    ran = pull_request.run(None, **variables, GIT_ALLOW_PROTOCOL="file")
    assert ran.code == 0, ran.log


SPARSE = {
    "a folder": (["skills"], {".skill-lint.yaml": "select: [links]\n"}, {}),
    "a pattern": (["--no-cone", "/skills"], {".skill-lint.yaml": "select: [links]\n"}, {}),
    "an input": (["--no-cone", "/skills"], {"ci/x.yaml": "select: [links]\n"},
                 {"config": "ci/x.yaml"}),
    "a baseline": (["--no-cone", "/skills"], {
        ".skill-lint.yaml": "select: [links]\n",
        ".skill-lint-baseline.json": '{"version": 1, "findings": []}'}, {}),
    "a pyproject": (["--no-cone", "/skills"], {
        "pyproject.toml": '[tool.skill-lint]\nselect = ["links"]\n'}, {}),
}  # fmt: skip


@pytest.mark.parametrize("way", SPARSE)
def test_honest_settings_that_a_sparse_checkout_leaves_out(
    way: str, pull_request: Attack, tmp_path: Path
) -> None:
    """The files that nobody needs are not fetched."""
    patterns, settings, given = SPARSE[way]
    checkout = pull_request.checkout
    shutil.rmtree(checkout / "bad")
    skill = GOOD.format(name="a").partition("## Overview")[0]
    write(checkout, {**settings, "skills/a/SKILL.md": skill, "large/file": "large"})
    base = commit(checkout)
    git(checkout, "checkout", "--quiet", "-b", "change")
    write(checkout, {"skills/a/SKILL.md": skill + "\nMore.\n"})
    cloned(pull_request, tmp_path, "--filter=blob:none", "--no-checkout")
    git(checkout, "sparse-checkout", "set", *patterns)
    git(checkout, "checkout", "--quiet", "change")
    variables = event(tmp_path, checkout, head=FORK, base=base)
    ran = pull_request.run({"fail-on": "info", **given}, **variables, GIT_ALLOW_PROTOCOL="file")
    assert ran.code == 0, ran.log
    absent = git(checkout, "rev-list", "--objects", "--missing=print", f"{base}^{{tree}}")
    assert f"?{git(checkout, 'rev-parse', f'{base}:large/file')}" in absent.splitlines()


def test_honest_trust_of_the_job_stays(pull_request: Attack, tmp_path: Path) -> None:
    checkout = pull_request.checkout
    git(tmp_path, "clone", "--quiet", str(checkout), "vendored")
    words = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add")
    git(checkout, *words, str(tmp_path / "vendored"), "vendor")
    base = commit(checkout)
    variables = event(tmp_path, checkout, head={"id": 1}, base=base)
    trusting = {"GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "safe.directory",
                "GIT_CONFIG_VALUE_0": f"{checkout}/other", "GIT_CONFIG_KEY_1": "safe.directory",
                "GIT_CONFIG_VALUE_1": f"{checkout}/vendor",
                "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}  # fmt: skip
    ran = pull_request.run({"changed-only": "true"}, **variables, **trusting)
    assert ran.code == 0, ran.log
