"""The formats that other programs read, each judged by a program that is not ours."""

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from cmarkgfm import github_flavored_markdown_to_html
from junitparser import JUnitXml
from sarif_pydantic import Sarif

from skill_lint.cli.main import main
from skill_lint.config.config import ALWAYS
from skill_lint.reporters.formats import RENDERERS
from tests.support.tools import module

BODY = """\
---
name: {name}
description: Use when testing.
---

# Title

This skill has text enough below its title, so that nothing is said of a body that is thin; what is
said of it is about its links.

[x](gone.md) <!-- skill-lint: allow dead-anchor -- for the test -->
[y](#nowhere) <!-- skill-lint: allow dead-anchor -- for the test -->
"""

SOUND = """\
---
name: {name}
description: Fills in the form. Use when a person asks to fill in a form for {name}.
---

# Title

When a person asks for a form, read its fields, ask for the values, write them into the form, and
check that all of them have been written.
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def skill(name: str, text: str = BODY) -> None:
    Path(name).mkdir(parents=True, exist_ok=True)
    Path(name, "SKILL.md").write_text(text.format(name=Path(name).name), encoding="utf-8")


def links(number: int) -> str:
    """Links to as many files, none of which is there."""
    return "".join(f"[x](gone-{each}.md)\n\n" for each in range(number))


def rendered(capfd: pytest.CaptureFixture[str], name: str, *words: str) -> str:
    main(["--isolated", "--output-format", name, *words])
    return capfd.readouterr().out


def sarif(capfd: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    text = rendered(capfd, "sarif", *words)
    Sarif.model_validate_json(text)
    run: dict[str, Any] = json.loads(text)["runs"][0]
    return run


def test_sarif_has_what_github_requires(capfd: pytest.CaptureFixture[str]) -> None:
    skill("a")
    run = sarif(capfd)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(rule["id"] for rule in rules)
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        properties = {"tags", "precision", "problem.severity"}
        assert rule["properties"].keys() - {"security-severity"} == properties
        for text in (rule["help"]["text"], rule["help"]["markdown"]):
            assert text[0].isupper()
    levels = [result["level"] for result in run["results"]]
    assert levels == sorted(levels, key=["error", "warning", "note"].index)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region["startLine"] == region["endLine"]
        assert result["partialFingerprints"].keys() == {"primaryLocationLineHash"}
    assert run["columnKind"] == "unicodeCodePoints"
    assert "automationDetails" not in run
    assert str(Path.cwd()) not in json.dumps(run)


def test_sarif_says_that_a_leaked_secret_is_a_vulnerability(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """GitHub makes a security alert of a rule with this number and the tag `security`."""
    skill("a")
    rules = sarif(capfd)["tool"]["driver"]["rules"]
    severe = {each["id"]: each["properties"] for each in rules
              if "security-severity" in each["properties"]}  # fmt: skip
    assert severe.keys() == {"leaked-secret"}
    assert 0 < float(severe["leaked-secret"]["security-severity"]) <= 10
    assert "security" in severe["leaked-secret"]["tags"]


def test_sarif_of_a_clean_run_is_a_file_without_results(capfd: pytest.CaptureFixture[str]) -> None:
    skill("a")
    run = sarif(capfd, "--select", "long-body")
    assert run["results"] == []
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == sorted({"long-body", *ALWAYS})
    assert run["invocations"][0]["executionSuccessful"] is True


def test_sarif_category_and_suppressed_findings(capfd: pytest.CaptureFixture[str]) -> None:
    skill("a")
    assert not [r for r in sarif(capfd)["results"] if r["ruleId"] == "dead-anchor"]
    run = sarif(capfd, "--show-suppressed", "--sarif-category", "nightly")
    assert run["automationDetails"] == {"id": "nightly/"}
    (result,) = [r for r in run["results"] if r["ruleId"] == "dead-anchor"]
    assert result["suppressions"] == [{"kind": "inSource", "justification": "for the test"}]


@pytest.mark.parametrize("name", ["a b", "漢字", "100%", "🔥", "quo'te", "semi;colon"])
def test_uris_are_encoded(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    skill(f"skills/{name}")
    place = sarif(capfd)["results"][0]["locations"][0]["physicalLocation"]
    uri = place["artifactLocation"]["uri"]
    assert uri.isascii()
    assert " " not in uri
    assert unquote(uri) == f"skills/{name}/SKILL.md"


def test_a_fingerprint_stays_when_lines_are_inserted_above(
    capfd: pytest.CaptureFixture[str],
) -> None:
    skill("a")
    before = of_rule(sarif(capfd), "broken-link")
    skill("a", BODY.replace("# Title", "Some text.\n\n# Title"))
    after = of_rule(sarif(capfd), "broken-link")
    assert before["partialFingerprints"] == after["partialFingerprints"]
    assert before["locations"] != after["locations"]


def of_rule(run: dict[str, Any], name: str) -> dict[str, Any]:
    (result,) = [result for result in run["results"] if result["ruleId"] == name]
    return dict(result)


def test_paths_count_from_the_repository(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    skill("skills/a")
    Path(".git").mkdir()
    monkeypatch.chdir("skills")
    place = sarif(capfd)["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "skills/a/SKILL.md"
    assert "file=skills/a/SKILL.md" in rendered(capfd, "github")
    assert rendered(capfd, "concise", "-q").startswith("a/SKILL.md:")


def test_many_results_are_warned_of(capfd: pytest.CaptureFixture[str]) -> None:
    skill("a", BODY.replace("[x](gone.md)", links(5_001)))
    main(["--isolated", "--output", "sarif=out.sarif"])
    assert "GitHub keeps 5,000 of the" in capfd.readouterr().err
    Sarif.model_validate_json(Path("out.sarif").read_text(encoding="utf-8"))


def test_annotations_are_capped_and_the_most_severe_come_first(
    capfd: pytest.CaptureFixture[str],
) -> None:
    skill("a", BODY.replace("[x](gone.md)", links(14)))
    lines = rendered(capfd, "github").splitlines()
    errors = [line for line in lines if line.startswith("::error ")]
    assert len(errors) == 10
    assert "file=a/SKILL.md,line=11,endLine=11,col=5,endColumn=14," in "".join(errors)
    assert "title=skill-lint%3A broken-link::no file at `gone-0.md`%0ACorrect" in "".join(errors)
    assert lines.index(errors[-1]) < lines.index("4 more errors that GitHub would not show as annotations")  # fmt: skip # noqa: E501


def test_github_is_chosen_by_itself(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    skill("a")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    main(["--isolated"])
    assert capfd.readouterr().out.startswith("::error file=a/SKILL.md")


HOSTILE = "x ##[add-mask]e ::stop-commands::x"


@pytest.mark.smoke
@pytest.mark.parametrize("name", sorted(RENDERERS))
def test_no_text_of_a_skill_becomes_a_workflow_command(
    name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    text = (
        f'---\nname: "{HOSTILE}"\ndescription: "{HOSTILE}"\n"::error::{HOSTILE}": x\n'
        f"---\n\n# {HOSTILE}\n\n[x](<::error::gone.md>) [y](#::a)\n"
        "<!-- skill-lint: allow ::error:: -->\n"
    )
    skill("::error::a", text)
    skill("b ##[debug]c", text)
    out = rendered(capfd, name)
    assert "##[" not in out
    for line in out.splitlines():
        if line.lstrip().startswith("::"):
            assert name == "github"
            assert line.startswith(("::error file=", "::warning file=", "::notice file="))


def test_junit_is_read_by_a_parser(capfd: pytest.CaptureFixture[str]) -> None:
    skill("a", BODY.replace("gone.md", "<go&ne\x01\ufffe.md>"))
    skill("clean")
    text = rendered(capfd, "junit")
    (suite,) = JUnitXml.fromstring(text.encode())
    assert [case.name for case in suite] == ["a", "clean"]
    assert ET.fromstring(text.encode()).tag == "testsuites"


def test_junit_has_a_case_for_each_skill_and_fails_those_that_fail_the_run(
    capfd: pytest.CaptureFixture[str],
) -> None:
    skill("broken")
    skill("clean", SOUND)
    skill("warned", SOUND + "\n[x](#nowhere)\n")
    rules = ("--select", "broken-link,dead-anchor", "--severity", "dead-anchor=warning")
    for level, failing in (("error", 1), ("warning", 2), ("never", 0)):
        text = rendered(capfd, "junit", "--fail-on", level, *rules)
        (suite,) = JUnitXml.fromstring(text.encode())
        failed = [case.name for case in suite if case.is_failure]
        assert failed == ["broken", "warned"][:failing]
        assert (suite.tests, suite.failures, suite.errors) == (3, failing, 0)
    # What does not fail the run is there to be read.
    assert "dead-anchor" in str(next(case for case in suite if case.name == "warned").system_out)


def test_junit_names_skipped_skills(capfd: pytest.CaptureFixture[str]) -> None:
    skill("clean", SOUND)
    skill("left", SOUND)
    Path("skill-lint.toml").write_text('exclude = ["left"]\n')
    main(["--output-format", "junit"])
    (suite,) = JUnitXml.fromstring(capfd.readouterr().out.encode())
    assert {case.name: case.is_skipped for case in suite} == {"clean": False, "left": True}
    assert suite.skipped == 1


def test_gitlab_fingerprints_are_unique_and_stay(capfd: pytest.CaptureFixture[str]) -> None:
    skill("a", BODY.replace("[x](gone.md)", "[x](gone.md) [x](gone.md)"))
    before = json.loads(rendered(capfd, "gitlab"))
    prints = [issue["fingerprint"] for issue in before]
    assert len(set(prints)) == len(prints)
    skill("a", BODY.replace("[x](gone.md)", "text\n\n[x](gone.md) [x](gone.md)"))
    assert {issue["fingerprint"] for issue in json.loads(rendered(capfd, "gitlab"))} == set(prints)
    for issue in before:
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["positions"]["begin"]["line"] >= 1


@pytest.mark.slow
def test_gitlab_agrees_with_what_sarif_tools_makes_of_the_sarif() -> None:
    """GitLab publishes no schema of the format; this is another program that writes it."""
    module("sarif")
    skill("a", BODY + "[é](<gone too.md>)\n" * 3)
    skill("b c", "---\nname: b c\n---\n")
    main(["--isolated", "--quiet", "--output", "sarif=x.sarif", "--output", "gitlab=ours.json"])
    command = [sys.executable, "-m", "sarif", "codeclimate", "x.sarif", "-o", "theirs.json"]
    subprocess.run(command, check=True, capture_output=True)
    ours, theirs = (json.loads(Path(f"{name}.json").read_text()) for name in ("ours", "theirs"))
    assert sorted(
        (
            each["check_name"],
            each["location"]["path"],
            each["location"]["positions"]["begin"]["line"],
        )
        for each in ours
        if each["severity"] != "info"
    ) == sorted(
        # It leaves paths percent-encoded, as SARIF has them.
        (each["check_name"], unquote(each["location"]["path"]), each["location"]["lines"]["begin"])
        for each in theirs
        if each["severity"] != "info"
    )
    for each in theirs:
        keys = {"check_name", "description", "fingerprint", "location", "severity"}
        assert keys <= each.keys()
    # It does not know of the other places of a finding.
    assert {frozenset(each.keys() - {"other_locations"}) for each in ours} == {frozenset(keys)}


def test_rdjson_columns_are_bytes(capfd: pytest.CaptureFixture[str]) -> None:
    skill("a", BODY.replace("[x](gone.md)", "é🔥漢 [x](gone.md)"))
    report = json.loads(rendered(capfd, "rdjson", "--select", "broken-link"))
    (found,) = report["diagnostics"]
    line = (
        Path("a/SKILL.md")
        .read_bytes()
        .split(b"\n")[found["location"]["range"]["start"]["line"] - 1]
    )
    start, end = (found["location"]["range"][side]["column"] - 1 for side in ("start", "end"))
    assert line[start:end] == b"gone.md"


def test_markdown_shows_skill_text_as_text(capfd: pytest.CaptureFixture[str]) -> None:
    skill("a|b_c", BODY.replace("name: {name}", 'name: "a|b`<b>`![i](x)@user"'))
    html = github_flavored_markdown_to_html(rendered(capfd, "markdown"))
    assert "<h3><code>a|b_c</code></h3>" in html
    assert "<td><code>SKILL.md:2:7</code></td>" in html
    assert "name <code>a</code>|<code>b&lt;b&gt;![i](x)@user</code> has " in html


def test_a_long_markdown_summary_is_cut(capfd: pytest.CaptureFixture[str]) -> None:
    for number in range(12):
        skill(f"s{number}", BODY.replace("[x](gone.md)", links(1_000)))
    out = rendered(capfd, "markdown")
    assert len(out.encode()) < 1_000_000
    assert out.endswith("left out to keep the page short enough.\n")
