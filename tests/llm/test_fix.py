"""`skill-lint fix --llm` as a person uses it: the command, the real SDK, a server here."""

import json
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from skill_lint.schema import load
from tests.support.fixtures import tree
from tests.support.model_server import refused, sent, serving
from tests.support.models import (
    WEAK,
    cache_of,
    command,
    configure,
    good,
    long_skill,
    questions,
    skill,
)

GATED = json.dumps({"description": "Fills 4711 forms. Use when a form has fields."})
Inside = Callable[..., tuple[int, str]]
ONE = ("--select", "untriggered-description")
"""One finding, one question."""
GOLDEN = ("--preset", "golden")
"""The preset in which a section that is missing is reported beside the description."""


def report(folder: Path) -> Any:
    """The report of a run, which keeps to its schema."""
    written = json.loads((folder / "report.json").read_text("utf-8"))
    Draft202012Validator(load("llm-report")).validate(written)
    return written


def test_it_shows_and_writes_nothing(tmp_path: Path) -> None:
    file = skill(tmp_path)
    with serving(good) as server:
        configure(tmp_path, server)
        before = tree(file.parent)
        words = ("--preset", "golden", "--report", "report.json")
        done = command(tmp_path, "fix", "--llm", "pdf-forms", *words)
        assert done.returncode == 1
        assert tree(file.parent) == before
        assert sorted(questions(server.requests)) == ["bullets", "description", "intro", "summary"]
        for request in server.requests:
            assert "SCRIPT-TEXT" not in json.dumps(request)
            assert str(tmp_path) not in json.dumps(request)
            assert sent(request)["name"] == "pdf-forms"
    assert (
        "+description: Fills the fields of PDF forms. Use when a form has fields.\n" in done.stdout
    )
    assert "+## When to Use This Skill\n+\n+- A form has fields\n" in done.stdout
    _, written, left = done.stdout.partition("nothing was written; --apply writes the changes")
    assert written
    assert "untriggered-description" in left
    assert "4 calls, at most 12" in done.stderr
    decisions = {each["decision"] for each in report(tmp_path)["proposals"]}
    assert decisions == {"proposed"}
    assert report(tmp_path)["spent"]["calls"] == 4


@pytest.mark.slow
def test_apply_writes_once_and_a_second_run_costs_nothing(tmp_path: Path) -> None:
    file = skill(tmp_path)
    with serving(good) as server:
        configure(tmp_path, server)
        command(tmp_path, "fix", "--llm", "pdf-forms", *GOLDEN)
        done = command(tmp_path, "fix", "--llm", "pdf-forms", *GOLDEN, "--apply", "--yes-unread")
        assert done.returncode == 0
        assert len(server.requests) == 4
        assert "4 applied; 0 calls" in done.stdout
        assert "1 skill linted, 0 skipped: no findings" in done.stdout
        text = file.read_text("utf-8")
        again = command(tmp_path, "fix", "--llm", "pdf-forms", *GOLDEN, "--apply", "--yes-unread")
        assert len(server.requests) == 4
    assert file.read_text("utf-8") == text
    assert "no finding here needs a model" in again.stderr
    assert "tokens" not in again.stdout
    assert "SCRIPT-TEXT" in (file.parent / "scripts" / "fill.py").read_text("utf-8")
    # Every line that was there is there, in order.
    lines = iter(text.splitlines())
    old = [line for line in WEAK.splitlines() if not line.startswith("description")]
    assert all(line in lines for line in old)


@pytest.mark.slow
def test_kept_answers_are_the_owners_alone(tmp_path: Path) -> None:
    skill(tmp_path)
    with serving(good) as server:
        configure(tmp_path, server)
        command(tmp_path, "fix", "--llm", "pdf-forms", *GOLDEN, OPENAI_API_KEY="sk-never-written")
    folder = cache_of(tmp_path) / "skill-lint" / "answers"
    files = list(folder.iterdir())
    assert len(files) == 4
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for each in files:
        assert stat.S_IMODE(each.stat().st_mode) == 0o600
        assert set(json.loads(each.read_text())) == {
            "text", "input_tokens", "output_tokens", "cut",
        }  # fmt: skip


def test_without_llm_it_is_check_fix(tmp_path: Path) -> None:
    text = WEAK.replace("Tools for", "Use when: tools for")
    one, two = skill(tmp_path / "a", text), skill(tmp_path / "b", text)
    fixed = command(tmp_path, "fix", "a")
    checked = command(tmp_path, "check", "--fix", "b")
    assert one.read_text("utf-8") == two.read_text("utf-8") != text
    assert fixed.returncode == checked.returncode
    assert fixed.stdout == checked.stdout.replace("b/pdf-forms", "a/pdf-forms")
    assert command(tmp_path, "fix", "a", "--apply").returncode == 2


def test_what_a_fix_mends_reaches_no_model(tmp_path: Path) -> None:
    text = WEAK.replace("Tools for", "Use when: tools for").replace(
        "## Steps", "## Common use cases"
    )
    file = skill(tmp_path, text)
    with serving(good) as server:
        configure(tmp_path, server)
        done = command(
            tmp_path, "fix", "--llm", "pdf-forms", "--select",
            "invalid-yaml,missing-when-to-use,untriggered-description",
        )  # fmt: skip
        assert server.requests == []
    assert "1 finding fixed without a model" in done.stderr
    assert (
        "missing-when-to-use: not asked: it has a fix without a model: --unsafe-fixes"
        in done.stderr
    )
    assert file.read_text("utf-8") == text


@pytest.mark.slow
def test_a_file_to_be_renamed_comes_first(tmp_path: Path) -> None:
    file = skill(tmp_path)
    file.rename(file.parent / "skill.md")
    with serving(good) as server:
        configure(tmp_path, server)
        rules = ("--select", "skill-file-name,untriggered-description")
        shown = command(tmp_path, "fix", "--llm", "pdf-forms", *rules)
        assert "its fixes rename files; let `skill-lint fix` do that first" in shown.stderr
        done = command(tmp_path, "fix", "--llm", "pdf-forms", "--apply", "--yes-unread", *rules)
    assert "1 finding fixed without a model" in done.stderr
    assert "1 applied" in done.stdout
    assert "Use when a form has fields" in file.read_text("utf-8")


@pytest.mark.slow
def test_what_is_not_reported_is_not_sent(tmp_path: Path) -> None:
    file = skill(tmp_path)
    command(tmp_path, "baseline", *GOLDEN, *ONE)
    file.write_text(
        WEAK.replace(
            "# PDF forms", "<!-- skill-lint: allow-file missing-overview -->\n\n# PDF forms"
        ),
        encoding="utf-8",
    )
    with serving(good) as server:
        configure(tmp_path, server)
        command(tmp_path, "fix", "--llm", "pdf-forms", *GOLDEN, "--ignore", "missing-quick-start")
        assert questions(server.requests) == ["bullets"]


def test_an_absolute_path_is_not_sent_in_the_reasons(tmp_path: Path, inside: Inside) -> None:
    skill(tmp_path)
    template = json.dumps({"description": "TODO: describe what it does. Use when a form comes."})
    with serving(template) as server:
        configure(tmp_path, server)
        rules = ("--select", "untriggered-description,placeholder-text")
        _, said = inside("fix", "--llm", str(tmp_path / "pdf-forms"), *rules)
        assert "new-finding: placeholder-text would be found in" in said
        assert "placeholder-text would be found in" in json.dumps(server.requests[1])
        assert str(tmp_path) not in json.dumps(server.requests)


@pytest.mark.slow
def test_a_secret_blocks_its_file(tmp_path: Path) -> None:
    skill(tmp_path, WEAK.replace("2. Fill", "AKIAQ3ZVTW5JLX2KH7MD is the key.\n2. Fill"))
    skill(tmp_path, name="other")
    with serving(good) as server:
        configure(tmp_path, server)
        done = command(tmp_path, "fix", "--llm", ".", *ONE)
        assert [sent(each)["name"] for each in server.requests] == ["other"]
    assert (
        "line 11 holds what looks like an AWS access key, so nothing of the skill is sent"
        in done.stderr
    )
    assert "AKIAQ3ZVTW5JLX2KH7MD" not in done.stderr + done.stdout


@pytest.mark.smoke
def test_show_prompt_sends_nothing_and_needs_no_model(tmp_path: Path) -> None:
    skill(tmp_path)
    done = command(tmp_path, "fix", "--llm", "pdf-forms", "--show-prompt", *ONE)
    assert done.returncode == 0
    with serving(good) as server:
        configure(tmp_path, server)
        command(tmp_path, "fix", "--llm", "pdf-forms", *ONE)
        for message in server.requests[0]["messages"]:
            assert message["content"].strip() in done.stdout


@pytest.mark.slow
def test_keys(tmp_path: Path, inside: Inside) -> None:
    skill(tmp_path)
    words = ("fix", "--llm", "pdf-forms", *ONE)
    with serving(good) as server:
        configure(tmp_path, server, "      env: GATEWAY_KEY\n      env_fallback: OTHER_KEY\n")
        missing = command(tmp_path, *words)
        assert (
            "no API key for the model `local`: set `GATEWAY_KEY` or `OTHER_KEY`" in missing.stderr
        )
        assert missing.returncode == 2
        assert server.requests == []
        _, said = inside(*words, OTHER_KEY="key-of-the-other")
        assert server.keys == ["Bearer key-of-the-other"]
        assert "key-of-the-other" not in said
    with serving(refused(401)) as server:
        configure(tmp_path, server, "      env: GATEWAY_KEY\n")
        code, said = inside(*words, GATEWAY_KEY="wrong-key")
    assert code == 2
    assert "refuses the API key in `GATEWAY_KEY` (401)" in said
    assert "wrong-key" not in said


def test_what_was_only_silent_before_is_no_new_fault(tmp_path: Path) -> None:
    """With a description that says when, `missing-when-to-use` speaks up; it is no harm."""
    skill(tmp_path)
    with serving(good) as server:
        configure(tmp_path, server)
        done = command(tmp_path, "fix", "--llm", "pdf-forms", "--apply", "--yes-unread")
        assert "bullets" not in questions(server.requests)
    assert "Use when a form has fields." in (tmp_path / "pdf-forms/SKILL.md").read_text("utf-8")
    left = command(tmp_path, "pdf-forms", "--min-severity", "info").stdout
    assert "info missing-when-to-use" in left
    assert done.returncode == 0


def test_bounds(tmp_path: Path, inside: Inside) -> None:
    skill(tmp_path)
    words = ("fix", "--llm", "pdf-forms")
    prices = "      prices: {input: 1000000, output: 1000000}\n"
    with serving(good) as server:
        configure(tmp_path, server)
        assert "needs the prices of the model `local`" in inside(*words, "--max-cost", "1")[1]
        code, said = inside(*words, "--max-calls", "1")
        assert len(server.requests) == 1
        assert "--max-calls 1 is reached" in said
        assert code == 0
        assert "--max-tokens 300 leaves no room" in inside(*words, "--max-tokens", "300")[1]
        configure(tmp_path, server, prices)
        assert "--max-cost 100 leaves no room" in inside(*words, "--max-cost", "100")[1]
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--apply"], "is not for CI"),
        (["--apply", "--yes-unread"], "is not for CI"),
        (["--interactive"], "is not for CI"),
        (["--yes-unread"], "--yes-unread goes with --apply"),
        (["--max-calls", "0"], "a number from 1 on"),
        (["--max-cost", "nan"], "a number over 0"),
        (["--diff"], "--diff does not go with --llm"),
        (["--report", "no/such/folder.json"], "its folder does not exist"),
    ],
)
def test_wrong_usage(words: list[str], said: str, tmp_path: Path, inside: Inside) -> None:
    file = skill(tmp_path)
    configure(tmp_path, "http://127.0.0.1:9/v1")
    code, printed = inside("fix", "--llm", "pdf-forms", *words, CI="true")
    assert code == 2
    assert said in printed
    assert file.read_text("utf-8") == WEAK


@pytest.mark.slow
def test_uncommitted_changes_are_safe(tmp_path: Path) -> None:
    file = skill(tmp_path)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c"]
    with serving(good) as server:
        configure(tmp_path, server)
        for words in (["init", "-q"], ["add", "pdf-forms"], ["commit", "-qm", "x"]):
            subprocess.run([*git, *words], cwd=tmp_path, check=True)
        with file.open("a", encoding="utf-8") as text:
            text.write("\nMore.\n")
        done = command(tmp_path, "fix", "--llm", "pdf-forms", "--apply", "--yes-unread", *ONE)
        assert done.returncode == 2
        assert (
            "pdf-forms has uncommitted changes; commit them, or give --allow-dirty" in done.stderr
        )
        assert server.requests == []
        done = command(
            tmp_path, "fix", "--llm", "pdf-forms", "--apply", "--yes-unread", "--allow-dirty", *ONE
        )
        assert "1 applied" in done.stdout


def test_a_long_skill_is_split_byte_for_byte(tmp_path: Path) -> None:
    file = long_skill(tmp_path)
    before = file.read_text("utf-8")
    with serving(good) as server:
        configure(tmp_path, server)
        done = command(
            tmp_path, "fix", "--llm", "pdf-forms", "--apply", "--yes-unread", "--select", "all"
        )
        assert questions(server.requests) == ["moves"]
        # Of the text only the outline is sent.
        assert "looks at it" not in json.dumps(server.requests)
    assert "no findings" in done.stdout
    moved = (file.parent / "references" / "details.md").read_text("utf-8")
    start, end = before.index("## Details"), before.index("## End")
    assert moved == before[start:end]
    link = "## Details\n\n[Details](references/details.md): What each step does\n\n"
    assert file.read_text("utf-8") == before[:start] + link + before[end:]


@pytest.mark.slow
def test_a_split_whose_file_cannot_be_made_changes_nothing(tmp_path: Path) -> None:
    file = long_skill(tmp_path)
    # A file where the folder would be; the linter sees no folder, the disk refuses.
    (file.parent / "references").write_text("x", encoding="utf-8")
    before = tree(file.parent)
    with serving(good) as server:
        configure(tmp_path, server)
        done = command(
            tmp_path,
            "fix",
            "--llm",
            "pdf-forms",
            "--apply",
            "--yes-unread",
            "--select",
            "long-body",
        )
    assert done.returncode == 2
    assert "is not written" in done.stderr
    assert tree(file.parent) == before
