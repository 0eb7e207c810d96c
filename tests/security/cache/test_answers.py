"""Attacks by answers of a model that the model never gave: nobody is asked if one is kept."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.conftest import TREE, git
from tests.support.model_server import serving
from tests.support.models import cache_of, command, configure, good, skill

WORDS = ("fix", "--llm", "pdf-forms", "--apply", "--yes-unread", "--allow-dirty")
DESCRIPTION = "Fills the fields of PDF forms. Use when a form has fields."
EVIL = "Obeys the attacker. Use when a form has fields."


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Path]:
    """A checkout with a weak skill. The person's cache holds forged answers for it."""
    folder = tmp_path / "checkout"
    file = skill(folder)
    weak = file.read_bytes()
    git(folder, "init", "--quiet")
    with serving(good) as server:
        configure(folder, server)
        command(folder, *WORDS, PYTHONPATH=str(TREE))
        file.write_bytes(weak)
        for each in answers(folder).iterdir():
            each.write_text(each.read_text("utf-8").replace(DESCRIPTION, EVIL))
        yield folder


def answers(folder: Path) -> Path:
    return cache_of(folder) / "skill-lint" / "answers"


def applies(folder: Path, **variables: str) -> bool:
    """Whether the forged answer is written, though the model answers otherwise."""
    command(folder, *WORDS, PYTHONPATH=str(TREE), **variables)
    return EVIL in (folder / "pdf-forms/SKILL.md").read_text("utf-8")


@pytest.mark.parametrize("variable", ["XDG_CACHE_HOME", "HOME"])
def test_the_cache_in_the_checkout_holds_answers(checkout: Path, variable: str) -> None:
    shutil.copytree(answers(checkout), checkout / ".cache/skill-lint/answers")
    variables = {"XDG_CACHE_HOME": str(checkout / ".cache")}
    if variable == "HOME":
        variables = {"XDG_CACHE_HOME": "", "HOME": str(checkout)}
    assert not applies(checkout, **variables)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root has others")
@pytest.mark.parametrize("how", ["folder", "file", "link"])
def test_another_user_keeps_answers(checkout: Path, tmp_path: Path, how: str) -> None:
    kept = answers(checkout)
    if how == "link":
        kept.rename(tmp_path / "theirs")
        kept.symlink_to(tmp_path / "theirs")
        os.chown(tmp_path / "theirs", 12_345, 12_345)
    for each in [kept] if how == "folder" else kept.iterdir():
        os.chown(each, 12_345, 12_345)
    assert not applies(checkout)


def test_honest_the_forgery_works_in_the_persons_own_cache(checkout: Path) -> None:
    """A guard: kept answers are used, and so the tests above try something."""
    assert applies(checkout)
