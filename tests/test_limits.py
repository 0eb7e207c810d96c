"""Limits: each can be set, each is a named finding when hit, and nothing is cut off in silence."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from skill_lint import Config, ConfigError, lint
from skill_lint.cli.main import main
from skill_lint.limits import DEFAULT, Limits, names
from skill_lint.text.spelling import MAX_HINTS

HEAD = "---\nname: a\ndescription: Use when testing.\n---\n\n# A\n"
DOCS = Path(__file__).parent.parent / "docs" / "configuration.md"


def skill(folder: Path, body: str = "", head: str = HEAD) -> Path:
    (folder / "a").mkdir(exist_ok=True)
    (folder / "a" / "SKILL.md").write_text(head + body, encoding="utf-8")
    return folder / "a"


def with_key(line: str) -> str:
    return HEAD.replace("---\n\n", f"{line}\n---\n\n")


def links(number: int, target: str = "gone-{}.md") -> str:
    """Links to as many targets, none of which is there."""
    return "".join(f"[x]({target.format(each)})\n\n" for each in range(number))


def found(folder: Path, **limits: int) -> Counter[str]:
    config = Config(limits={name.replace("_", "-"): each for name, each in limits.items()})
    return Counter(each.rule for each in lint([folder], config).diagnostics)


@pytest.mark.parametrize(
    ("limit", "most", "body", "head", "rule"),
    [
        ("file_bytes", 100, "text\n" * 20, HEAD, "unreadable-file"),
        ("yaml_depth", 2, "", with_key("metadata: [[[x]]]"), "invalid-yaml"),
        ("yaml_aliases", 10, "", with_key("x: {a: &a [1, 2, 3], b: *a, c: *a}"), "invalid-yaml"),
        ("markdown_nesting", 3, "> > > > x\n", HEAD, "deep-nesting"),
        ("findings_per_file", 3, links(5), HEAD, "too-many-findings"),
    ],
)
def test_each_is_a_finding(
    tmp_path: Path, limit: str, most: int, body: str, head: str, rule: str
) -> None:
    folder = skill(tmp_path, body, head)
    assert rule not in found(folder)
    assert found(folder, **{limit: most})[rule] == 1


def test_files_beyond_the_limit_are_said_and_not_called_missing(tmp_path: Path) -> None:
    folder = skill(tmp_path, "[x](references/f9.md)\n")
    (folder / "references").mkdir()
    for number in range(10):
        (folder / "references" / f"f{number}.md").write_text("# F\n")
    rules = found(folder, files_per_skill=5)
    assert rules["too-many-files"] == 1
    assert rules["broken-link"] == 0


def test_errors_are_kept_before_warnings_and_the_rest_is_counted(tmp_path: Path) -> None:
    folder = skill(tmp_path, links(10, "#no-{}") + links(10))
    report = lint([folder], Config(limits={"findings-per-file": 12}))
    kept = Counter(each.severity for each in report.diagnostics)
    whole = Counter(each.severity for each in lint([folder]).diagnostics)
    assert kept["error"] == whole["error"] == 10
    assert sum(kept.values()) == 13
    last = next(each for each in report.diagnostics if each.rule == "too-many-findings")
    assert f"{sum(whole.values()) - 12} more findings in this file are left out" in last.message


def test_what_is_kept_does_not_depend_on_the_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    skill(tmp_path, links(50))
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".skill-lint.yaml").write_text("limits: {findings-per-file: 7}\n")
    reports = []
    for jobs in ("1", "2"):
        assert main(["check", ".", "--jobs", jobs, "--output-format", "json"]) == 1
        reports.append(capfd.readouterr().out)
    assert reports[0] == reports[1]
    assert len(json.loads(reports[0])["diagnostics"]) == 8


def test_it_cannot_be_turned_off_and_fixes_are_done_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = skill(tmp_path, "".join(f"[e](references\\f{n}.md)\n" for n in range(9)))
    (folder / "references").mkdir()
    for number in range(9):
        (folder / "references" / f"f{number}.md").write_text("# F\n")
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".skill-lint.yaml").write_text("limits: {findings-per-file: 2}\n")
    main(["check", ".", "--select", "backslash-link", "--output-format", "concise"])
    assert "too-many-findings 7 more findings" in capfd.readouterr().out
    main(["check", ".", "--select", "backslash-link", "--fix", "--output-format", "concise"])
    assert "\\" not in (folder / "SKILL.md").read_text()


def test_fixed_entries_of_a_baseline_have_the_limit_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    skill(tmp_path, links(9))
    monkeypatch.chdir(tmp_path)
    assert main(["baseline", "."]) == 0
    skill(tmp_path)
    (tmp_path / ".skill-lint.yaml").write_text("limits: {findings-per-file: 4}\n")
    capfd.readouterr()
    main(["check", ".", "--output-format", "json"])
    data = json.loads(capfd.readouterr().out)["diagnostics"]
    assert {"stale-baseline", "too-many-findings"} <= {each["rule"] for each in data}
    (last,) = (each for each in data if each["rule"] == "too-many-findings")
    assert "5 more findings in this file are left out (5 warnings)" in last["message"]


def test_only_the_first_of_many_misspelt_rules_get_a_hint(tmp_path: Path) -> None:
    words = ", ".join(f"broken-linx{number}" for number in range(MAX_HINTS + 10))
    folder = skill(tmp_path, f"<!-- skill-lint: allow {words} -->\n")
    told = [each.message for each in lint([folder]).diagnostics]
    unknown = [message for message in told if message.startswith("there is no rule")]
    assert len(unknown) == MAX_HINTS + 10
    assert sum("did you mean `broken-link`?" in message for message in unknown) == MAX_HINTS


def test_a_limit_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ConfigError, match="did you mean `file-bytes`"):
        Config(limits={"file-byte": 3})
    for wrong in (0, True):
        with pytest.raises(ConfigError, match="whole number"):
            Config(limits={"file-bytes": wrong})


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("limits: {yaml-depth: 1000}", "`limits.yaml-depth` must be 100 or less"),
        ("limits: {yaml-depth: many}", "`limits.yaml-depth` must be a whole number"),
        ("limits: {yaml-depth: 0}", "`limits.yaml-depth` must be 1 or more"),
        ("limits: {yaml-dept: 3}", "there is no limit `yaml-dept`; did you mean `yaml-depth`?"),
        ("limits: 3", "`limits` must be a mapping"),
    ],
)
def test_a_wrong_limit_in_the_file(
    tmp_path: Path, line: str, words: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "c.yaml").write_text(f"fail-on: error\n{line}\n")
    skill(tmp_path)
    assert main(["check", str(tmp_path), "--config", str(tmp_path / "c.yaml")]) == 2
    complaint = capfd.readouterr().err
    assert words in complaint
    assert "c.yaml:2:" in complaint


def test_layers_add_up() -> None:
    below = Config(limits={"file-bytes": 7, "yaml-depth": 3})
    above = Config(limits={"yaml-depth": 4}).over(below)
    assert above.effective_limits == Limits(file_bytes=7, yaml_depth=4)
    assert Config().effective_limits == DEFAULT


def test_the_documentation_knows_each_with_its_default() -> None:
    text = DOCS.read_text("utf-8")
    rows = re.findall(r"^\| [^|]+ \| `([a-z-]+)` \| ([\d,]+) \|", text, re.MULTILINE)
    values = {name: getattr(DEFAULT, name.replace("-", "_")) for name in names()}
    assert {name: int(number.replace(",", "")) for name, number in rows} == values
