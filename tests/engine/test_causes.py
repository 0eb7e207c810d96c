"""One cause in one file is one finding, and no place of it is lost."""

import json
import subprocess
import time
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from skill_lint.cli.main import main

HEAD = "---\nname: a\ndescription: Use when testing.\n---\n\n# Title\n\n"
SKILL = Path("a", "SKILL.md")
SELECT = ["--isolated", "--select", "broken-link"]
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    SKILL.parent.mkdir()


def write(*lines: str) -> None:
    """A skill whose body begins in line 8, with an empty line below each of these."""
    SKILL.write_text(HEAD + "\n\n".join(lines) + "\n", encoding="utf-8")


def printed(capfd: Capture, name: str, *words: str) -> str:
    capfd.readouterr()
    main([*(words or SELECT), "--output-format", name])
    return capfd.readouterr().out


def found(capfd: Capture, *words: str) -> list[tuple[int, list[int]]]:
    """Each finding: its line, and the lines of its other places."""
    whole = json.loads(printed(capfd, "json", *words))
    return [
        (each["line"], [other["line"] for other in each["related"]])
        for each in whole["diagnostics"]
    ]


def test_one_target_is_one_finding(capfd: Capture) -> None:
    write("[x](gone.md) and [y](./gone.md)", "[z](lost.md)", "[x](gone.md)")
    assert found(capfd) == [(8, [8, 12]), (10, [])]
    places = "".join(f"    a/SKILL.md:{place}\n" for place in ("8:5", "8:22", "12:5"))
    assert f"no file at `gone.md`\n{places}" in printed(capfd, "text")
    assert "no file at `gone.md` (and 2 more places)\n" in printed(capfd, "concise")
    assert "no file at `gone.md` (and 2 more places)\n" in printed(capfd, "concise")
    other = json.loads(printed(capfd, "json"))["diagnostics"][0]["related"]
    assert [each["message"] for each in other] == ["no file at `./gone.md`", "here too"]


def test_another_file_is_another_finding(capfd: Capture) -> None:
    write("[x](gone.md)", "[the guide](guide.md)")
    Path("a", "guide.md").write_text("# Guide\n\n[x](gone.md)\n")
    assert len(found(capfd)) == 2


def test_each_place_is_suppressed_on_its_own_line(capfd: Capture) -> None:
    allow = "<!-- skill-lint: allow broken-link -->"
    write("[x](gone.md)", f"[x](gone.md) {allow}", "[x](gone.md)")
    assert found(capfd) == [(8, [12])]
    write(f"[x](gone.md) {allow}", "[x](gone.md)", "[x](gone.md)")
    assert found(capfd) == [(10, [12])]
    write(f"[x](gone.md) {allow}", "[x](gone.md)")
    shown = found(capfd, *SELECT, "--show-suppressed")
    assert shown == [(8, []), (10, [])], "what is suppressed is no place of what is reported"
    for form in ("text", "full", "concise"):
        capfd.readouterr()
        main([*SELECT, "--show-suppressed", "--output-format", form])
        assert capfd.readouterr().out.count("(suppressed)") == 1
    main([*SELECT, "--show-suppressed", "--output-format", "json"])
    diagnostics = json.loads(capfd.readouterr().out)["diagnostics"]
    assert [each.get("suppression") for each in diagnostics] == ["", None]


def test_a_new_place_of_an_old_cause_is_reported(capfd: Capture) -> None:
    write("[x](gone.md)", "[y](gone.md)")
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "one"]):
        author = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *author, *words], check=True)
    main(["baseline", *SELECT])
    assert found(capfd) == []
    write("[x](gone.md)", "[new](gone.md)", "[y](gone.md)", "[newer](gone.md)")
    assert found(capfd) == [(10, [14])], "not in the baseline"
    new_only = ["--no-baseline", "--changed-since", "HEAD", "--new-only"]
    assert found(capfd, *SELECT, *new_only) == [(10, [14])], "on changed lines"


def test_the_baseline_has_an_entry_for_each_place() -> None:
    write("[x](gone.md)", "[y](gone.md)", "[x](gone.md)")
    main(["baseline", *SELECT])
    entries = json.loads(Path(".skill-lint-baseline.json").read_text())["findings"]
    assert sorted(each["count"] for each in entries) == [1, 2]


def test_a_fix_mends_every_place(capfd: Capture) -> None:
    Path("a", "references").mkdir()
    Path("a", "references", "guide.md").write_text("# Guide\n")
    select = ["--isolated", "--select", "wrong-case-link"]
    write("[x](references/Guide.md)", "[y](references/Guide.md)", "[z](references/GUIDE.md)")
    fix = json.loads(printed(capfd, "json", *select))["diagnostics"][0]["fix"]
    assert [each["line"] for each in fix["edits"]] == [8, 10]
    result = json.loads(printed(capfd, "rdjson", *select))["diagnostics"][0]
    assert len(result["suggestions"]) == 2
    main([*select, "--fix"])
    assert SKILL.read_text("utf-8").count("references/guide.md") == 3
    printed(capfd, "text")


def test_two_secrets_are_two_findings_and_one_is_one(capfd: Capture) -> None:
    one, other = ("AKIA" + rest for rest in ("J7WQ2MZP4KXN6RTD", "X3BV5HQY7GLS2CWF"))
    write(f"`{one}`", f"`{other}`", f"`{one}`")
    assert found(capfd, "--isolated", "--select", "leaked-secret") == [(8, [12]), (10, [])]


def test_every_format_has_every_place(capfd: Capture) -> None:
    write(*["[x](gone.md)"] * 5)
    others = [10, 12, 14, 16]
    sarif = json.loads(printed(capfd, "sarif"))["runs"][0]["results"][0]
    places = [each["physicalLocation"]["region"] for each in sarif["relatedLocations"]]
    assert [each["startLine"] for each in places] == others
    assert sarif["message"]["text"] == "no file at `gone.md` (and [4 more places](1))"
    rdjson = json.loads(printed(capfd, "rdjson"))["diagnostics"][0]
    related = [each["location"]["range"]["start"] for each in rdjson["relatedLocations"]]
    assert [each["line"] for each in related] == others
    gitlab = json.loads(printed(capfd, "gitlab"))[0]
    begins = [each["positions"]["begin"]["line"] for each in gitlab["other_locations"]]
    assert begins == others
    failure = ET.fromstring(printed(capfd, "junit")).find(".//failure")
    assert failure is not None
    assert [line.split(":")[1] for line in (failure.text or "").splitlines()[1:]] == [
        str(line) for line in others
    ]
    github = printed(capfd, "github")
    assert "(and 4 more places)%0Aa/SKILL.md:10: here too" in github


def test_the_fingerprint_of_gitlab_does_not_count_places(capfd: Capture) -> None:
    def fingerprint() -> Any:
        return json.loads(printed(capfd, "gitlab"))[0]["fingerprint"]

    write("[x](gone.md)")
    alone = fingerprint()
    write("[x](gone.md)", "[x](gone.md)")
    assert fingerprint() == alone


def test_ten_thousand_places_are_a_short_report_and_a_whole_json(capfd: Capture) -> None:
    write(*["[x](gone.md)"] * 9_999)
    began = time.monotonic()
    text, full = printed(capfd, "text"), printed(capfd, "full")
    assert "and 9,994 more places\n" in text
    assert "and in 9,993 more places" in full
    assert max(len(text), len(full)) < 2_000
    ((line, others),) = found(capfd)
    assert len({line, *others}) == 9_999
    assert time.monotonic() - began < 60
