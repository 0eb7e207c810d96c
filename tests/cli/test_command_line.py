"""The command line as a person meets it, as a process of its own where that matters."""

import json
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from skill_lint import __version__
from skill_lint.cli.main import main
from skill_lint.schema import load

BAD = (
    "---\nname: a\ndescription: Use when testing.\n---\n\n# Title\n\n[x](gone.md)\n\n"
    + "Words. " * 20
)
GOOD = """---
name: b
description: Use when testing.
---

# Title

What it is, in a sentence that is long enough to say something about the thing at hand.

## When to Use This Skill

- Testing

## Quick Start

```sh
true
```
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    for name, text in (("a", BAD), ("b", GOOD)):
        Path(name).mkdir()
        Path(name, "SKILL.md").write_text(text, encoding="utf-8")
    return tmp_path


def run(*words: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "skill_lint", *words]
    return subprocess.run(command, capture_output=True, text=True, input=stdin, check=False)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], 1),
        (["b"], 0),
        (["--exit-zero"], 0),
        (["--fail-on", "never"], 0),
        (["--ignore", "broken-link,missing-when-to-use"], 0),
        (["--select", "broken-link", "--severity", "broken-link=warning"], 0),
        (["--select", "broken-link", "--severity", "broken-link=warning", "--fail-on", "info"], 1),
        (["a", "--select", "missing-quick-start"], 0),
        (["a", "--select", "missing-quick-start", "--fail-on", "info"], 1),
        (["a", "--select", "broken-link", "--severity", "broken-link=info"], 0),
        (["nowhere"], 2),
    ],
)
def test_exit_codes_are_the_same_in_every_format(words: list[str], code: int) -> None:
    for name in ("text", "full", "concise", "json"):
        assert main([*words, "--isolated", "--output-format", name]) == code


@pytest.mark.smoke
def test_version_help_and_wrong_options() -> None:
    assert run("--version").stdout == f"skill-lint {__version__}\n"
    assert run("--help").stdout.startswith("usage: skill-lint")
    assert run("check", "--help").returncode == 0
    wrong = run("--no-such-option")
    assert wrong.returncode == 2
    assert "there is no option `--no-such-option`" in wrong.stderr


def test_check_may_be_left_out(capfd: pytest.CaptureFixture[str]) -> None:
    main(["check", "a"])
    explicit = capfd.readouterr().out
    main(["a"])
    assert capfd.readouterr().out == explicit


def test_every_run_ends_with_the_counts(capfd: pytest.CaptureFixture[str]) -> None:
    Path("c").symlink_to("b")
    main([".", "c", "--isolated"])
    assert (
        "skipped c: a symbolic link to b\n"
        "2 skills linted, 1 skipped: 1 error, 1 warning, 3 infos\n"
        "skills: 1 with errors, 1 clean\n"
    ) in capfd.readouterr().out
    main(["b"])
    assert capfd.readouterr().out == "1 skill linted, 0 skipped: no findings\n"


@pytest.mark.smoke
def test_json_is_what_the_schema_says(capfd: pytest.CaptureFixture[str]) -> None:
    main([".", "--output-format", "json"])
    report = json.loads(capfd.readouterr().out)
    Draft202012Validator(load("report")).validate(report)
    assert report["summary"]["linted"] == 2
    broken = next(each for each in report["diagnostics"] if each["rule"] == "broken-link")
    place = [broken[key] for key in ("path", "line", "column", "end_line", "end_column")]
    assert place == ["a/SKILL.md", 8, 5, 8, 12]


def test_json_of_odd_values_is_json(capfd: pytest.CaptureFixture[str]) -> None:
    text = "---\nname: 2026-01-02\ndescription: .nan\nversion: 1.0\n---\n# T\n"
    Path("a/SKILL.md").write_text(text, encoding="utf-8")
    main(["a", "--output-format", "json"])
    messages = [each["message"] for each in json.loads(capfd.readouterr().out)["diagnostics"]]
    assert "`name` is a date, `2026-01-02`, not a string" in messages
    assert "`description` is a float, not a string" in messages


def test_several_outputs_come_from_one_pass(capfd: pytest.CaptureFixture[str]) -> None:
    main(["--output", "json=r.json", "--output", "concise=r.txt", "--output-format", "full"])
    assert "error[broken-link]" in capfd.readouterr().out
    assert "a/SKILL.md:8:5: error broken-link" in Path("r.txt").read_text(encoding="utf-8")
    assert json.loads(Path("r.json").read_text(encoding="utf-8"))["version"] == __version__


def test_an_output_that_fails_loses_no_other(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["b", "--output", "json=no/such/r.json", "--output", "json=r.json"]) == 2
    printed = capfd.readouterr()
    assert "no/such/r.json: cannot be written: no such file" in printed.err
    assert "1 skill linted" in printed.out
    assert Path("r.json").exists()


def test_statistics_count_each_rule(capfd: pytest.CaptureFixture[str]) -> None:
    main(["--statistics", "--select", "broken-link,missing-quick-start"])
    assert capfd.readouterr().out.startswith(
        "1  error    broken-link\n"
        "1  info     missing-quick-start\n"
        "\n"
        "2 skills linted, 0 skipped: 1 error, 1 info\n"
    )


def test_quiet_prints_findings_alone(capfd: pytest.CaptureFixture[str]) -> None:
    main(["b", "--quiet"])
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize(
    ("words", "environment", "colored"),
    [
        ([], {}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colors(
    words: list[str],
    environment: dict[str, str],
    colored: bool,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    main(words)
    assert ("\x1b[" in capfd.readouterr().out) is colored


def test_a_hint_names_the_preset_when_most_fail_for_what_it_only_warns_of(
    capfd: pytest.CaptureFixture[str],
) -> None:
    for name in ("a", "b", "sound-1", "sound-2", "sound-3"):
        dead = "" if name.startswith("sound") else "[x](gone.md)\n"
        Path(name).mkdir(exist_ok=True)
        text = GOOD.replace("name: b", f"name: {name}") + dead
        Path(name, "SKILL.md").write_text(text, encoding="utf-8")
    hint = (
        "hint: 2 of the 2 skills with errors would have none with `--preset agentskills`, which "
        "only warns of what the specification's reference validator accepts: `broken-link` (2)"
    )
    for words in ([], ["--isolated"]):
        main(words)
        assert hint in " ".join(capfd.readouterr().out.split())
    Path(".skill-lint.yaml").write_text("exclude: [x]\n", encoding="utf-8")
    main([])
    assert hint in " ".join(capfd.readouterr().out.split())
    Path(".skill-lint.yaml").write_text("extends: recommended\n", encoding="utf-8")
    for words in ([], ["--isolated", "--preset", "golden"], ["--isolated", "--select", "links"]):
        main(words)
        assert "hint" not in capfd.readouterr().out


def test_standard_input_stands_in_for_its_file() -> None:
    done = run("-", "--stdin-filename", "b/SKILL.md", "--output-format", "concise", "-q", stdin=BAD)
    assert "b/SKILL.md:8:5: error broken-link" in done.stdout
    assert "b/SKILL.md:2:7: error name-mismatch" in done.stdout
    assert Path("b/SKILL.md").read_text(encoding="utf-8") == GOOD
    Path("b/references").mkdir()
    reference = ("-", "--stdin-filename", "b/references/new.md", "--output-format", "concise", "-q")
    done = run(*reference, stdin="[x](gone.md)\n")
    orphan, broken = done.stdout.splitlines()
    assert orphan.startswith("b/references/new.md:1:1: warning orphan-file SKILL.md does not lead")
    assert broken == "b/references/new.md:1:5: warning broken-link no file at `gone.md`"


def test_a_skill_that_is_not_saved_yet_can_be_linted() -> None:
    Path("new").mkdir()
    done = run(
        "-", "--stdin-filename", "new/SKILL.md", "-q", "--output-format", "concise", stdin=BAD
    )
    assert "new/SKILL.md:2:7: error name-mismatch" in done.stdout


@pytest.mark.smoke
def test_explain_knows_every_rule_and_guesses_the_others(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "broken-link"]) == 0
    page = capfd.readouterr().out
    assert "Why: an agent follows links literally" in page
    assert "Good:\n    See [the guide](references/guide.md)" in page
    assert main(["explain", "borken-link"]) == 2
    assert "did you mean `broken-link`?" in capfd.readouterr().err


def test_full_underlines_wide_characters_and_long_lines(capfd: pytest.CaptureFixture[str]) -> None:
    text = BAD.replace(
        "[x](gone.md)", "漢字🔥 [x](gone.md)\n\n" + "w " * 300 + "[y](far.md) " + "w " * 300
    )
    Path("a/SKILL.md").write_text(text, encoding="utf-8")
    main(["a", "--select", "broken-link", "--output-format", "full", "-q"])
    lines = capfd.readouterr().out.splitlines()
    first = next(index for index, line in enumerate(lines) if "漢字" in line)
    # Three wide characters take two cells each, so the marks stand three columns further right.
    assert lines[first + 1].index("^") == lines[first].index("gone.md") + 3
    assert lines[first + 1].count("^") == len("gone.md")
    far = next(index for index, line in enumerate(lines) if "far.md" in line and line[0].isdigit())
    assert lines[far].count("...") == 2
    assert lines[far + 1].index("^") == lines[far].index("far.md")
    assert len(lines[far]) < 120


def test_no_text_of_a_skill_reaches_the_terminal_as_a_command(
    capfd: pytest.CaptureFixture[str],
) -> None:
    text = BAD.replace("gone.md", "<\x1bgone\x07\u202e.md>")
    Path("a/SKILL.md").write_text(text, encoding="utf-8")
    for name in ("text", "full", "concise"):
        main(["a", "--output-format", name])
        printed = capfd.readouterr().out
        assert not {"\x1b", "\x07", "\u202e"} & set(printed)
        assert "\\x1bgone\\x07\\u202e.md" in printed


def test_a_closed_pipe_ends_quietly() -> None:
    for number in range(300):
        Path(f"s{number}").mkdir()
        Path(f"s{number}", "SKILL.md").write_text(BAD, encoding="utf-8")
    command = [sys.executable, "-m", "skill_lint", "--output-format", "full"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait(timeout=60)


@pytest.mark.parametrize(
    ("words", "code"),
    [("a", 1), ("nowhere", 2), ("fix --diff", 0), ("- --stdin-filename a/SKILL.md", 1)],
)
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_where_a_stream_is_closed_the_exit_code_tells(words: str, code: int, closed: str) -> None:
    Path("a").mkdir(exist_ok=True)
    Path("a", "SKILL.md").write_text(BAD, encoding="utf-8")
    command = f"{shlex.quote(sys.executable)} -m skill_lint {words} {closed}"
    done = subprocess.run(
        ["sh", "-c", command], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_where_a_stream_is_closed_a_report_is_written(closed: str) -> None:
    Path("a").mkdir(exist_ok=True)
    Path("a", "SKILL.md").write_text(BAD, encoding="utf-8")
    command = f"{shlex.quote(sys.executable)} -m skill_lint a --output json=report.json {closed}"
    subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert json.loads(Path("report.json").read_text(encoding="utf-8"))["summary"]["errors"] == 1


def test_an_interrupt_is_one_line_and_130(here: Path) -> None:
    # The text is never complete: the run waits for the rest of it until it is interrupted.
    command = [sys.executable, "-m", "skill_lint", "-", "--stdin-filename", "b/SKILL.md"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stdin is not None
        # A pipe does not hold this much: once it is written, the run is in the middle of reading.
        process.stdin.write(b"a" * 1_000_000)
        # Python itself may lose an interrupt that comes between two of its steps.
        for _ in range(6):
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=10)
                break
            except subprocess.TimeoutExpired:
                continue
        out, err = process.communicate()
    assert (process.returncode, out, err) == (130, b"", b"interrupted\n")


def test_the_same_input_gives_the_same_bytes() -> None:
    first, second = (run("--output-format", "json").stdout for _ in range(2))
    assert first == second
    assert str(Path.cwd()) not in first


@pytest.mark.parametrize("columns", [80, 120])
def test_help_fits_the_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = run("--exit-zero", "--help").stdout.splitlines()
    assert columns - 20 < max(map(len, lines)) < columns
