"""Three skills that refer to each other, and a cache that is on."""

from pathlib import Path

import pytest

from tests.support.cached import SKILL


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for each in ("home", "here"):
        (tmp_path / each).mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("XDG_CACHE_HOME", "GITHUB_ACTIONS", "SKILL_LINT_CACHE_DIR", "SKILL_LINT_NO_CACHE"):
        monkeypatch.delenv(name, raising=False)
    for name, other in (("a", "b"), ("b", "c"), ("c", "a")):
        folder = Path("skills", name, "references")
        folder.mkdir(parents=True)
        (folder.parent / "SKILL.md").write_text(SKILL.format(name=name, other=other))
        (folder / "guide.md").write_text("# Guide\n\n## Part\n\n[up](../SKILL.md)\n")
