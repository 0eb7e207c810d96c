"""The editor of a review, which is a program of the person and runs outside of the checkout."""

import os
from pathlib import Path

import pytest

from skill_lint.cli.terminal.llm import Changes
from skill_lint.cli.terminal.review import Terminal

SCRIPT = '#!/bin/sh\nfor word; do last=$word; done\npwd > "$last"\necho "$0 $*" >> "$last"\n'


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "checkout"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("VISUAL", raising=False)
    return folder


def script(file: Path) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(SCRIPT)
    file.chmod(0o755)
    return file


def edited(text: str = "text\n") -> str | None:
    return Terminal(Changes({}, "")).edit(text)


def test_it_starts_elsewhere_and_gets_an_absolute_name(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = script(tmp_path / "bin" / "ed-of-mine")
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("EDITOR", "ed-of-mine --wait")
    place, words = (edited() or "").splitlines()
    assert not Path(place).is_relative_to(checkout)
    assert words.startswith(f"{program} --wait /")
    assert not Path(place).exists()


@pytest.mark.parametrize("entry", [".", "", "sub"])
def test_it_is_not_taken_from_the_working_directory(
    checkout: Path, entry: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script(checkout / entry / "ed-of-mine")
    monkeypatch.setenv("PATH", f"{entry}:{os.environ['PATH']}")
    monkeypatch.setenv("EDITOR", "ed-of-mine")
    assert edited() is None
    assert "there is no program `ed-of-mine` on the path" in capsys.readouterr().out


def test_one_with_a_path_is_meant(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(checkout / "ed-of-mine")
    monkeypatch.setenv("EDITOR", "./ed-of-mine")
    assert f"{checkout}/ed-of-mine /" in (edited() or "")


@pytest.mark.parametrize("editor", ["", " ", "'"])
def test_a_useless_variable_is_said(
    checkout: Path, editor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", editor)
    assert edited() is None
