"""A name exists in exactly its case: told without listing a folder wherever that is possible."""

import os
from pathlib import Path

import pytest

from skill_lint.filesystem.status import exists_exact_case


@pytest.mark.parametrize("names", [["Guide.md"], ["Guide.md", "gUIDE.MD"], ["Guide.md", "x", "é"]])
def test_names_that_are_there(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text("")
    listed: dict[str, frozenset[str]] = {}
    assert all(exists_exact_case(str(tmp_path / name), listed) for name in names)
    assert not exists_exact_case(str(tmp_path / "guide.md"), listed)


def test_where_case_does_not_matter_to_the_system_the_listing_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Guide.md").write_text("")
    names = {each.name.lower() for each in tmp_path.iterdir()}
    monkeypatch.setattr(os.path, "lexists", lambda path: Path(path).name.lower() in names)
    assert exists_exact_case(str(tmp_path / "Guide.md"), {})
    assert not exists_exact_case(str(tmp_path / "guide.md"), {})
    assert not exists_exact_case(str(tmp_path / "gone.md"), {})


def test_a_folder_is_not_listed_for_a_name_that_case_alone_tells(tmp_path: Path) -> None:
    (tmp_path / "next").mkdir()
    listed: dict[str, frozenset[str]] = {}
    assert exists_exact_case(str(tmp_path / "next"), listed)
    assert not listed or (tmp_path / "NEXT").exists()
