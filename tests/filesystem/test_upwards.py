"""Where the search upwards ends."""

import os
from pathlib import Path

import pytest

from skill_lint.filesystem import paths


@pytest.fixture
def deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    folder = tmp_path / "a/b/c"
    folder.mkdir(parents=True)
    return folder


def found(folder: Path, top: Path) -> list[str]:
    """The folders in `top` that a search from `folder` passes, relative to it."""
    passed = map(Path, paths.upwards(str(folder)))
    return [str(each.relative_to(top)) for each in passed if each.is_relative_to(top)]


def test_the_outermost_checkout_is_the_end(deep: Path, tmp_path: Path) -> None:
    (tmp_path / "a/b/.git").mkdir()
    assert found(deep, tmp_path) == ["a/b/c", "a/b"]
    (tmp_path / "a/.git").touch()
    assert found(deep, tmp_path) == ["a/b/c", "a/b", "a"]
    assert paths.checkouts(str(deep)) == [str(tmp_path / "a/b"), str(tmp_path / "a")]


def test_the_root_of_a_checkout_has_nothing_above(deep: Path, tmp_path: Path) -> None:
    (deep / ".git").touch()
    assert found(deep, tmp_path) == ["a/b/c"]


def test_another_file_system_is_the_end(
    deep: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.stat

    def status(path: str, **options: bool) -> os.stat_result:
        values = list(real(path, **options))
        values[2] += str(path) == str(tmp_path / "a")
        return os.stat_result(values)

    monkeypatch.setattr(os, "stat", status)
    (tmp_path / "a/.git").touch()
    assert found(deep, tmp_path) == ["a/b/c", "a/b"]


def test_the_home_directory_is_the_end(
    deep: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "a"))
    assert found(deep, tmp_path) == ["a/b/c", "a/b", "a"]
    assert list(paths.upwards(str(deep), with_home=False)) == [str(deep), str(deep.parent)]
    assert list(paths.upwards(str(tmp_path / "a"), with_home=False)) == [str(tmp_path / "a")]


def test_a_folder_that_does_not_exist_counts_from_the_one_above(deep: Path, tmp_path: Path) -> None:
    (tmp_path / "a/.git").touch()
    assert found(deep / "new/one", tmp_path)[-1] == "a"


def test_the_root_directory_is_itself_only() -> None:
    assert list(paths.upwards("/")) == ["/"]
    assert "/" not in list(paths.upwards("/usr/lib"))
