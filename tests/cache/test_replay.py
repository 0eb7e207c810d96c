"""Changes that random ones do not hit: after each a run is made anew. Equal bytes are no change."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skill_lint.cli.commands import check
from skill_lint.cli.main import main
from skill_lint.filesystem import read, recorder
from skill_lint.filesystem import snapshot as watch
from skill_lint.filesystem import status as disk
from tests.support.cached import Capture, lint, same_with_and_without
from tests.support.imports import PARSERS, imported

Event = Callable[[], object]


def during_a_run(capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch, change: Event) -> None:
    """Something changes between discovery and linting; the next run must see it."""
    whole = check._Run._lint

    def late(*given: Any) -> Any:
        change()
        return whole(*given)

    with monkeypatch.context() as patch:
        patch.setattr(check._Run, "_lint", late)
        lint(capfdbinary)
    same_with_and_without(capfdbinary)


def a_nested_skill() -> None:
    Path("skills/a/nested").mkdir()
    Path("skills/a/nested/SKILL.md").write_text("---\nname: Bad Name\n---\n")


CHANGES_DURING_A_RUN: list[Event] = [
    a_nested_skill,
    lambda: shutil.rmtree("skills/c"),
    lambda: Path(".skill-lint.yaml").write_text("ignore: [all]\n"),
    lambda: Path(".skill-lint-baseline.json").write_text('{"version": 1, "findings": []}'),
]


@pytest.mark.parametrize("number", range(len(CHANGES_DURING_A_RUN)))
def test_a_change_during_a_run(
    number: int, capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    during_a_run(capfdbinary, monkeypatch, CHANGES_DURING_A_RUN[number])


def test_what_a_baseline_names(capfdbinary: Capture) -> None:
    assert main(["baseline", "."]) == 0
    words = ["skills/a", "--severity", "stale-baseline=warning"]
    lint(capfdbinary, *words)
    shutil.rmtree("skills/b")
    same_with_and_without(capfdbinary, *words)


def test_a_file_that_one_skill_reads_and_another_only_sizes(capfdbinary: Capture) -> None:
    Path("x/y").mkdir(parents=True)
    Path("x/metadata.json").write_text('{"skill_id": "aa/x"}')
    Path("x/y/metadata.json").write_text('{"skill_id": "aa/y"}')
    words = ["--select", "metadata", "x/y", "x"]
    lint(capfdbinary, *words)
    Path("x/y/metadata.json").write_text('{"skill_id": "bb/y"}')
    same_with_and_without(capfdbinary, *words)


def test_a_file_that_could_not_be_read_once(
    capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "RACY", 0)

    def refuse(path: str, *given: Any, **more: Any) -> Any:
        if path.endswith("guide.md"):
            error = OSError(errno.EMFILE, "Too many open files")
            raise read.Unreadable("there are too many open files", disk.unreadable_digest(error))
        return whole(path, *given, **more)

    whole = read.read_bytes
    with monkeypatch.context() as patch:
        patch.setattr(recorder, "read_bytes", refuse)
        assert b"too many open files" in lint(capfdbinary)[0]
    same_with_and_without(capfdbinary)


@pytest.mark.parametrize("where", ["/outside", "."])
def test_an_environment_that_appears(where: str, tmp_path: Path, capfdbinary: Capture) -> None:
    """Folders that are not listed: a link that is not followed, and one beyond a limit."""
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    Path("skills/ext").symlink_to(outside)
    for name in ("z1", "z2"):
        Path("skills/a", name).mkdir()
        Path("skills/a", name, "f").write_text("")
    if where == ".":
        Path(".skill-lint.yaml").write_text("limits: {files-per-skill: 4}\n")
    lint(capfdbinary)
    (outside if where != "." else Path("skills/a/z1")).joinpath("pyvenv.cfg").write_text("")
    same_with_and_without(capfdbinary)


def test_a_configuration_beyond_what_is_read_to_know_it_again(
    capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "MOST_HASHED", 10)
    Path(".skill-lint.yaml").write_text("fail-on: error\n")
    lint(capfdbinary)
    Path(".skill-lint.yaml").write_text("fail-on: never\n")
    same_with_and_without(capfdbinary)


def test_a_checkout_that_is_a_dangling_link(
    capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(".git").symlink_to("gone")
    monkeypatch.chdir("skills")
    lint(capfdbinary, "--output-format", "github")
    Path("../gone").mkdir()
    same_with_and_without(capfdbinary, "--output-format", "github")


def test_files_are_known_by_their_bytes_after_a_checkout(capfdbinary: Capture) -> None:
    first = lint(capfdbinary)
    for path in Path("skills").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            path.unlink()
            path.write_bytes(data)
    assert not imported([]) & PARSERS
    assert lint(capfdbinary) == first
