"""What a person reads: each cause once, errors first, and many skills on one screen."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from skill_lint.cli.main import main
from skill_lint.diagnostic import SEVERITIES
from skill_lint.report import golden
from skill_lint.reporters.folding import LACKING
from skill_lint.rule import level_of
from skill_lint.rules.registry import load_rules

HEAD = """\
---
name: {name}
description: Does a thing with files. Use when testing.
{keys}---

# Title

What it is, in a sentence that is long enough to say something about the thing at hand, and
about the files.

"""
SECTIONS_OF_GOLDEN = "## When to Use\n\n- Testing\n\n## Quick Start\n\n```sh\ntrue\n```\n\n"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_ACTIONS", "COLUMNS", "FORCE_COLOR", "CLICOLOR_FORCE", "FORCE_HYPERLINK"):
        monkeypatch.delenv(name, raising=False)


def skill(path: str, body: str = "", *, keys: str = "", sections: bool = True) -> None:
    Path(path).mkdir(parents=True)
    text = HEAD.format(name=Path(path).name, keys=keys) + SECTIONS_OF_GOLDEN * sections + body
    Path(path, "SKILL.md").write_text(text, encoding="utf-8")


def text(capfd: Capture, *words: str) -> str:
    """What a run says, of everything but how the descriptions of these skills are alike."""
    main([*words, "--ignore", "collection"])
    return capfd.readouterr().out


def findings(capfd: Capture, *words: str) -> list[dict[str, Any]]:
    whole = json.loads(text(capfd, *words, "--output-format", "json"))
    return list(whole["diagnostics"])


def test_errors_come_first_and_each_place_can_be_opened(capfd: Capture) -> None:
    skill("skills/a", "[x](#nowhere)\n")
    skill("skills/b", "[x](gone.md)\n")
    assert text(capfd, "-q").splitlines() == [
        "error broken-link: no file at `gone.md`",
        "    skills/b/SKILL.md:21:5",
        "",
        "warning dead-anchor: no heading has the anchor `#nowhere`",
        "    skills/a/SKILL.md:21:5",
    ]


def test_one_cause_in_several_skills_is_one_entry(capfd: Capture) -> None:
    for name in ("a", "b", "c"):
        skill(name, keys="banner: x\n")
    said = text(capfd, "-q")
    assert said.count("unknown key `banner`") == 1
    assert [line for line in said.splitlines() if line.startswith("    ")] == [
        f"    {name}/SKILL.md:4:1" for name in "abc"
    ]
    assert text(capfd, "-q", "--all").count("unknown key `banner`") == 3
    for name in ("concise", "full"):
        assert text(capfd, "-q", "--output-format", name).count("unknown key `banner`") == 3
    assert len(findings(capfd)) == 3


def test_of_many_places_a_few_are_named(capfd: Capture) -> None:
    for number in range(12):
        skill(f"s{number:02}", keys="banner: x\n")
    assert "    s04/SKILL.md:4:1\n    and 7 more places in 7 more skills\n" in text(capfd)


def test_what_is_the_same_in_a_copy_is_said_once(capfd: Capture) -> None:
    skill("skills/pdf", "[x](gone.md)\n[y](far.md)\n")
    shutil.copytree("skills/pdf", ".claude/skills/pdf")
    said = text(capfd, "-q")
    assert said.count("no file at `gone.md`") == 1
    assert "    skills/pdf/SKILL.md:21:5\n    and in its copy `.claude/skills/pdf`\n" in said
    assert len([each for each in findings(capfd) if each["rule"] == "broken-link"]) == 4


def test_a_copy_says_what_the_other_does_not(capfd: Capture) -> None:
    """A baseline and a suppression hold for one of two copies."""
    skill("skills/pdf", "[x](gone.md)\n")
    main(["baseline"])
    shutil.copytree("skills/pdf", ".claude/skills/pdf")
    said = text(capfd, "-q")
    assert "    .claude/skills/pdf/SKILL.md:21:5\n" in said
    assert "copy" not in said


def test_skills_of_one_body_with_other_files_are_no_copies(capfd: Capture) -> None:
    skill("skills/pdf", "[x](gone.md)\n")
    shutil.copytree("skills/pdf", ".claude/skills/pdf")
    Path("skills/pdf/notes.txt").write_text("A file that the other one lacks.")
    assert "its copy" not in text(capfd, "-q")


def test_the_sections_that_a_skill_lacks_are_one_entry(capfd: Capture) -> None:
    skill("a", sections=False)
    said = text(capfd, "-q", "--preset", "golden", "--min-severity", "info")
    assert 'missing "When to Use" section' in said
    assert "also missing: Quick Start" in said
    assert "there is no Quick Start section" not in said


def test_the_fields_that_a_file_lacks_are_one_entry(capfd: Capture) -> None:
    skill("a")
    Path("a/metadata.json").write_text('{"skill_id": "a/b", "version": "1.0.0"}')
    whole = findings(capfd, "--select", "missing-metadata-field")
    assert len(whole) > 2
    said = " ".join(text(capfd, "--select", "missing-metadata-field").split())
    assert said.count("error missing-metadata-field") == 1
    for each in whole:
        assert each["message"].split("`")[1] in said


@pytest.mark.parametrize(
    ("words", "setting", "shown"),
    [
        ("", "", "error warning"),
        ("--min-severity info", "", "error warning info"),
        ("--min-severity error", "", "error"),
        ("", "min-severity: error", "error"),
        ("--min-severity info", "min-severity: error", "error warning info"),
        ("--fail-on info", "", "error warning info"),
        ("--output-format full", "", "error warning"),
        ("--output-format concise", "", "error warning"),
        ("--output-format markdown", "", "error warning"),
        ("--output-format json", "", "error warning info"),
        ("--output-format json", "min-severity: warning", "error warning"),
        ("--output-format json --min-severity error", "", "error"),
    ],
)
def test_what_is_shown_by_severity(words: str, setting: str, shown: str, capfd: Capture) -> None:
    skill("a", "[x](gone.md)\n[y](#nowhere)\n```\ncode\n```\n")
    rules = {"error": "broken-link", "warning": "dead-anchor", "info": "fence-without-language"}
    Path(".skill-lint.yaml").write_text(f"{setting}\n")
    said = text(capfd, *words.split(), "--select", ",".join(rules.values()))
    assert [level for level, rule in rules.items() if rule in said] == shown.split()


def test_what_is_not_shown_is_counted(capfd: Capture) -> None:
    skill("a", "```\ncode\n```\n")
    assert main(["a", "--select", "fence-without-language", "--fail-on", "info"]) == 1
    assert "fence-without-language" in capfd.readouterr().out
    said = text(capfd, "a", "--select", "fence-without-language")
    assert said.startswith("1 skill linted, 0 skipped: 1 info\n")
    assert "not shown: 1 info; see --min-severity info\n" in said
    whole = json.loads(text(capfd, "a", "--output-format", "json", "--min-severity", "error"))
    assert whole["diagnostics"] == []
    assert whole["summary"]["hidden"] == whole["summary"]["infos"] > 0


def test_the_last_lines_say_what_matters(capfd: Capture) -> None:
    skill("a", "[x](gone.md)\n[y](far.md)\n")
    skill("b", keys="allowed_tools: Read\n")
    skill("c")
    said = " ".join(text(capfd).partition("3 skills linted")[2].split())
    assert "skills: 1 with errors, 1 with warnings only, 1 clean" in said
    assert "most often: broken-link (2), unknown-key (1); `skill-lint explain RULE`" in said
    assert "--fix would fix 1 finding in 1 skill" in said


def test_whoever_keeps_the_golden_standard_finds_it(capfd: Capture) -> None:
    skill("a", sections=False)
    Path(".skill-lint.yaml").write_text("rules: {missing-when-to-use: info}\n")
    said = " ".join(text(capfd).split())
    assert re.search(r"golden standard: it asks for \d of the \d infos; see `skill-lint val", said)
    assert "golden standard" not in text(capfd, "--severity", "missing-when-to-use=error")


def test_the_rules_that_reports_know_by_name_exist() -> None:
    rules = load_rules()
    assert golden.RULES | LACKING.keys() <= rules.keys()
    levels = [*SEVERITIES, "off"]
    asked_for = {
        name
        for name, rule in rules.items()
        if levels.index(level_of(rule.presets["golden"])) < levels.index(rule.level)
    }
    assert asked_for <= golden.RULES, "what golden has as more severe is the standard's own"


def many(number: int) -> None:
    for each in range(number):
        body = "".join(f"[x](gone{link}.md)\n" for link in range(each + 1))
        skill(f"skills/s{each:03}", body, keys="banner: x\n" if each % 2 else "")


@pytest.mark.parametrize(("number", "is_overview"), [(20, False), (21, True), (60, True)])
def test_many_skills_are_an_overview(number: int, is_overview: bool, capfd: Capture) -> None:
    many(number)
    said = text(capfd)
    assert ("The worst skills" in said) is is_overview
    if is_overview:
        assert len(said.splitlines()) <= 80
        worst, _, rest = said.partition("\n\n")
        assert worst.splitlines()[1].split() == [
            str(number), "errors", *(["1", "warning"] if number % 2 == 0 else []),
            f"skills/s{number - 1:03}",
        ]  # fmt: skip
        assert f"  {number}  broken-link" in rest
        assert f"  {number // 2}  unknown-key" in rest
        assert "skill-lint check --all --select broken-link" in rest


def test_commands_to_type_next_can_be_copied(
    capfd: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(21)
    Path("skills").rename("my skills")
    said = text(capfd, "my skills", "--preset", "strict")
    assert "skill-lint check 'my skills' --preset strict --all\n" in said
    assert "skill-lint check 'my skills/s020' --preset strict\n" in said


def test_all_and_other_formats_print_every_finding(capfd: Capture) -> None:
    many(21)
    number = len([each for each in findings(capfd) if each["severity"] != "info"])
    assert text(capfd, "-q", "--all").count("\n    skills/") == number
    assert text(capfd, "-q", "--output-format", "concise").count("\n") == number


def test_the_form_is_the_same_in_a_file(capfd: Capture) -> None:
    many(21)
    said = text(capfd, "--output", "text=r.txt")
    assert Path("r.txt").read_text(encoding="utf-8") == said


@pytest.mark.parametrize("columns", [20, 40, 80, 120])
@pytest.mark.parametrize("name", ["text", "full"])
def test_lines_fit_the_terminal_and_words_stay_whole(
    columns: int, name: str, capfd: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = f"[x](gone.md)\n{'漢字' * 60} [y](#nowhere) {'word ' * 60}\n"
    skill("a", body, keys="author: x\n")
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = text(capfd, "a", "--output-format", name).splitlines()
    for line in lines:
        is_one_word = len(line.split()) == 1 or line.lstrip().startswith("-->")
        assert len(line) <= columns or is_one_word, line
    assert "specification" in " ".join(lines)


BAD = {
    "links": "".join(f"[x](gone{number}.md)\n" for number in range(5_000)),
    "target": "[x](gone.md)\n" * 9_900,
    "heading": f"[x](#{'y' * 5_000})\n\n[x](#{'漢' * 5_000})\n\n## {'word ' * 1_000}\n",
    "right-to-left": "## مرحبا بالعالم\n\n[x](#שלום-עולם) [y](\u202eevil.md) [z](مرحبا.md)\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("columns", ["20", "80"])
@pytest.mark.parametrize("body", BAD.values(), ids=BAD)
def test_a_flood_is_bounded_and_readable_and_nothing_is_lost_in_json(
    body: str, columns: str, capfd: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    skill("a", body)
    monkeypatch.setenv("COLUMNS", columns)
    said = text(capfd, "a", "--select", "links")
    assert len(said.splitlines()) < 120
    assert len(said) < 4_000
    assert "\u202e" not in said
    wanted = len(re.findall(r"\]\(", body))
    found = findings(capfd, "a", "--select", "links")
    assert sum(1 + len(each["related"]) for each in found) == wanted
