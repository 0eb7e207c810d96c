"""`show`: what a skill is, in which format, and where each of its values comes from."""

import json
from pathlib import Path
from typing import Any

import pytest

from skill_lint.cli.main import main


def shown(path: Path, capfd: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["show", str(path), "--output-format", "json"]) == 0
    page: dict[str, Any] = json.loads(capfd.readouterr().out)["skills"][0]
    return page


@pytest.mark.smoke
def test_both_sources(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The mixed skill of the project's migration guide, with the metadata that it gives."""
    folder = tmp_path / "skills" / "python" / "decorators"
    folder.mkdir(parents=True)
    (folder / "SKILL.md").write_text(
        "---\nname: python-decorators\n"
        "description: Use when implementing cross-cutting concerns.\n---\n\n# Decorators\n",
        encoding="utf-8",
    )
    data = {
        "skill_id": "python/decorators",
        "version": "2.0.0",
        "type": "technical",
        "weight": "lightweight",
        "dependencies": ["python/basics"],
    }
    (folder / "metadata.json").write_text(json.dumps(data), encoding="utf-8")
    page = shown(folder, capfd)
    assert page["format"] == "v1"
    assert {each["name"]: (each["value"], each["source"]) for each in page["metadata"]} == {
        "name": ("python-decorators", "frontmatter"),
        "description": ("Use when implementing cross-cutting concerns.", "frontmatter"),
        "skill_id": ("python/decorators", "metadata.json"),
        "version": ("2.0.0", "metadata.json"),
        "type": ("technical", "metadata.json"),
        "weight": ("lightweight", "metadata.json"),
        "dependencies": (["python/basics"], "metadata.json"),
        "load_priority": ("on_demand", "default"),
        "capabilities": ([], "default"),
    }
    assert page["metadata_json"]["deletable"] is False
    assert main(["show", str(folder)]) == 0
    assert "metadata.json must stay:\n" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("length", "files", "style"),
    [
        (600, 2, "navigation_hub"),
        (3_943, 2, "navigation_hub"),
        (6_000, 3, "navigation_hub"),
        (1_900, 0, "none"),
        (2_500, 0, "none"),
        (3_500, 0, "minimal"),
        (5_000, 1, "minimal"),
        (6_000, 0, "none"),
        (8_001, 0, "comprehensive"),
        (20_000, 4, "comprehensive"),
    ],
)
def test_styles(
    tmp_path: Path, length: int, files: int, style: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "references").mkdir()
    for number in range(files):
        (tmp_path / "references" / f"a{number}.md").write_text("# A\n", encoding="utf-8")
    text = "---\nname: x\n---\n# X\n"
    text += "".join(f"[a](references/a{number}.md)\n" for number in range(files))
    (tmp_path / "SKILL.md").write_text(text.ljust(length - 1, "x") + "\n", encoding="utf-8")
    page = shown(tmp_path, capfd)
    assert page["style"] == style
    named = f"names {files} file{'' if files == 1 else 's'}"
    assert page["style_reason"] == f"{length:,} characters, {named}"


@pytest.mark.parametrize(
    ("skill_id", "name"),
    [
        ("python/async", "async"),
        ("a/_core_syntax", "core-syntax"),
        ("a/b__c!d", "b-cd"),
        ("a/" + "x" * 80, "x" * 64),
        ("", "the-folder"),
    ],
)
def test_a_name_is_inferred(
    tmp_path: Path, skill_id: str, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "the-folder"
    folder.mkdir()
    (folder / "SKILL.md").write_text("---\nlicense: MIT\n---\n", encoding="utf-8")
    (folder / "metadata.json").write_text(json.dumps({"skill_id": skill_id}), encoding="utf-8")
    first = shown(folder, capfd)["metadata"][0]
    assert (first["value"], first["source"]) == (name, "inferred")


@pytest.mark.slow
def test_styles_of_the_golden_examples(corpus: Path, capfd: pytest.CaptureFixture[str]) -> None:
    skills = corpus / "Qredence+skill-fleet" / ".skills"
    styles = {path.name: shown(path, capfd)["style"] for path in sorted(skills.iterdir())
              if (path / "SKILL.md").exists()}  # fmt: skip
    assert styles["dspy-basics"] == "navigation_hub"
    assert styles["product-management"] == "comprehensive"
    assert styles["frontend-ui-integration"] == "minimal"
