"""A name that only looks like `SKILL.md` hides a skill from whoever looks for that name."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, GOOD, Lint, write

NAMES = [
    "SKILL.markdown", "SKILL.mdown", "SKILL.MARKDOWN", "SKILL.mkd", "SKILL.mdx", "SKILL.mdc",
    "SKILL.md ", "SKILL.md  ", " SKILL.md", "SKILL .md", "SKILL. md", "SKILL.md.", "SKILL..md",
    "SKILL.md\n", "\tSKILL.md", "SKILL.md\u00a0", "SKILL.md\u3000", "SKILL.md\u200b",
    "SKILL\u200d.md", "\ufeffSKILL.md", "SK\u00adILL.md", "SKILL.md\ufe0f", "SKI\u034fLL.md",
    "SK\u0130LL.md", "SK\u0131LL.md", "\u017fkill.md", "S\u212aILL.md",
    "\uff33\uff2b\uff29\uff2c\uff2c.md",
    "SKILL\uff0emd", "SKILL\u3002md", "SKILL\u2024md", "\u0405KILL.md", "SKI\u04c0L.md",
    "S\u041aILL.md", "S\u039aILL.md", "SKILL.\u041cD", "SKILL.m\u0501", "SKIL\u216c.md",
    "\ua731\u1d0b\u026a\u029f\u029f.\u1d0d\u1d05", "S\u0336KILL.md", "SKlLL.md", "SK1LL.md",
    "SK|LL.md", "SKILL.md.md", "SKILL.md.txt", "SKILL.\u202edm", "\u202edm.LLIKS",
    "SKILL.md" + "\u200b" * 60, "SKILL\U000e0041.md", "SKI\u3164LL.md",
    "SKILL\u2219md", "SKILL\u2027md", "SKILL\u22c5md", "SKILL.m\u0111", "S\u2c94ILL.md",
    "SK\u202eLLI\u202c.md", "\u202edm.\u202dSKILL", "SKILL.md\x1b[0m",
]  # fmt: skip
OTHERS = [
    "SKILLS.md", "skills.md", "SKILL.zh.md", "SKILL.zh-CN.md", "SKILL.md.bak", "SKILL.md~",
    "SKILL.md.orig", "SKILL.txt", "SKILL.html", "SKILL.json", "SKILL_RULES.md", "skill.mdx",
    "skill.markdown", "SKILL", "SKILL.md.j2", "SKILL.template.md", "skill-template.md", ".SKILL.md",
    "._SKILL.md", "SKILL.pdf", "my-SKILL.md", "SKILLFUL.md", "SKILL.md.license", "SKILL2.md",
]  # fmt: skip
Make = Callable[..., Path]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_the_only_file(repository: Make, lint: Lint, name: str) -> None:
    folder = repository(
        {"good/SKILL.md": GOOD.format(name="good"), f"evil/{name}": BROKEN.format(name="evil")}
    )
    ran = lint(folder)
    assert ran.code == 1, ran.said
    assert "skill-file-name" in ran.out
    assert lint(folder, "--preset", "agentskills").code == 1
    assert lint(folder, "--owning-skills", f"evil/{name}").code == 1


@pytest.mark.parametrize("name", NAMES)
def test_it_stands_beside_the_real_one(repository: Make, lint: Lint, name: str) -> None:
    files = {f"pdf/{each}": GOOD.format(name="pdf") for each in ("SKILL.md", name)}
    ran = lint(repository(files))
    assert ran.code == 1, ran.said
    assert "skill-file-name" in ran.out


@pytest.mark.parametrize("place", ["pdf/references", "pdf/a/b", ".claude/skills/x", "."])
def test_it_lies_in_an_odd_place(repository: Make, lint: Lint, place: str) -> None:
    folder = repository({"pdf/SKILL.md": GOOD.format(name="pdf"), f"{place}/SKILL.mdx": "x"})
    assert "skill-file-name" in lint(folder).out
    assert lint(folder, "--owning-skills", f"{place}/SKILL.mdx").code == 1


def test_it_takes_the_files_of_a_skill_over(repository: Make, lint: Lint) -> None:
    files = {"pdf/SKILL.md": BROKEN.format(name="pdf"), "pdf/references/SKILL.mdx": "x"}
    folder = repository({**files, "pdf/references/a.md": "x\n"})
    assert "broken-link" in lint(folder, "--owning-skills", "pdf/references/a.md").out


def test_a_name_of_bytes_that_are_no_text(lint: Lint, tmp_path: Path) -> None:
    write(tmp_path, {"in/a/SKILL.md": GOOD.format(name="a"), "in/b/x": ""})
    name = os.fsdecode(b"SKILL\xff.md")
    (tmp_path / "in/b" / name).write_text(BROKEN.format(name="b"))
    assert lint(tmp_path / "in").code == 1


@pytest.mark.parametrize("name", OTHERS)
def test_honest_other_names(repository: Make, lint: Lint, name: str) -> None:
    """Guards honest use: none of these is the name of a skill's file."""
    files = {"pdf/SKILL.md": GOOD.format(name="pdf"), f"pdf/references/{name}": "x\n"}
    folder = repository({**files, f"docs/{name}": "x\n"})
    ran = lint(folder)
    assert "skill-file-name" not in ran.out
    assert "1 skill linted" in ran.out


def test_honest_the_small_name_of_the_reference(repository: Make, lint: Lint) -> None:
    """Guards honest use: the specification's reference accepts `skill.md`."""
    ran = lint(repository({"pdf/skill.md": GOOD.format(name="pdf")}), "--preset", "agentskills")
    assert ran.code == 0
    assert "skill-file-name" in ran.out


@pytest.mark.parametrize("name", ["skill.md", "Skill.md", "SKILL.MD"])
def test_another_case_passes(repository: Make, lint: Lint, name: str) -> None:
    assert lint(repository({f"pdf/{name}": GOOD.format(name="pdf")})).code == 1
