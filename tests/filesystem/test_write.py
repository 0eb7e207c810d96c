"""The one writer, and open folders, also where the system has none."""

import os
import stat
from pathlib import Path

import pytest

from skill_lint.filesystem import folder as folders
from skill_lint.filesystem.folder import Folder
from skill_lint.filesystem.walk import Unwritable
from skill_lint.filesystem.write import write_file, write_private
from skill_lint.fixing.disk import opened


@pytest.fixture(params=["held", "by path"], autouse=True)
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Everything works in the same way where folders cannot be held open, as on Windows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(folders, "HELD", request.param == "held")
    return str(request.param)


def left(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    write_file("a", b"one")
    write_file(tmp_path / "a", b"two")
    Path("b").mkdir()
    write_file("./b/../a", b"three")
    assert Path("a").read_bytes() == b"three"
    assert left(tmp_path) == ["a", "b"]


def test_what_exists_is_not_replaced_by_a_new_file(tmp_path: Path) -> None:
    write_file("a", b"one", is_new=True)
    with pytest.raises(Unwritable, match="file exists"):
        write_file("a", b"two", is_new=True)
    assert Path("a").read_bytes() == b"one"
    assert left(tmp_path) == ["a"]


def test_a_link_of_the_working_directory_is_refused(tmp_path: Path) -> None:
    Path("a").write_bytes(b"one")
    Path("link").symlink_to("a")
    with pytest.raises(Unwritable, match="`link` is a symbolic link in the checkout"):
        write_file("link", b"two")
    assert Path("a").read_bytes() == b"one"


def test_too_many_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("here").mkdir()
    Path("one").symlink_to("two")
    Path("two").symlink_to("one")
    monkeypatch.chdir("here")
    with pytest.raises(Unwritable, match="too many symbolic links"):
        write_file("../one", b"")


def test_a_name_that_no_system_has() -> None:
    with pytest.raises(Unwritable, match="null"):
        write_file("a\0b", b"")


def test_a_private_file_has_a_private_folder(tmp_path: Path) -> None:
    write_private("one/two", "a", b"x")
    write_private("one/two", "a", b"y")
    assert Path("one/two/a").read_bytes() == b"y"
    modes = [stat.S_IMODE(Path(name).stat().st_mode) for name in ("one", "one/two", "one/two/a")]
    assert modes == [0o700, 0o700, 0o600]


def test_a_private_file_is_not_led_elsewhere(tmp_path: Path) -> None:
    Path("real").mkdir()
    Path("cache").symlink_to("real")
    with pytest.raises(Unwritable, match="symbolic link in the checkout"):
        write_private("cache", "a", b"x")
    assert left(Path("real")) == []


def test_a_folder_that_is_swapped_meanwhile(tmp_path: Path, kind: str) -> None:
    """What is done goes into the folder that was opened, or nowhere."""
    Path("one").mkdir()
    Path("victim").mkdir()
    folder = Folder(str(tmp_path)).enter("one")
    Path("one").rename("moved")
    Path("one").symlink_to("victim")
    if kind == "held":
        os.close(folder.open("a", os.O_CREAT | os.O_WRONLY))
        assert left(Path("moved")) == ["a"]
    else:
        with pytest.raises(OSError, match="replaced meanwhile"):
            folder.open("a", os.O_CREAT | os.O_WRONLY)
    assert left(Path("victim")) == []
    folder.close()


def test_the_files_of_a_skill(tmp_path: Path) -> None:
    Path("x").mkdir()
    Path("x/a.md").write_bytes(b"a")
    Path("x/link.md").symlink_to("a.md")
    Path("x/out.md").symlink_to("../victim.md")
    Path("victim.md").write_bytes(b"a")
    with opened("x") as skill:
        skill.create("new/b.md", b"b")
        skill.replace("link.md", b"a", b"c")
        skill.move("new/b.md", "other/b.md")
        skill.delete("new", None)
        with pytest.raises(Unwritable, match="out of the skill"):
            skill.replace("out.md", b"a", b"c")
        with pytest.raises(Unwritable, match="appeared meanwhile"):
            skill.create("out.md", b"c")
        with pytest.raises(Unwritable, match="out of the skill"):
            skill.create("../victim.md", b"c")
        with pytest.raises(Unwritable, match="was changed"):
            skill.delete("a.md", b"a")
        with pytest.raises(Unwritable, match="exists already"):
            skill.move("a.md", "out.md")
    assert Path("x/a.md").read_bytes() == b"c"
    assert left(Path("x")) == ["a.md", "link.md", "other", "other/b.md", "out.md"]
    assert Path("victim.md").read_bytes() == b"a"
