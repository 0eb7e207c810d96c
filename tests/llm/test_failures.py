"""Servers that misbehave, files that change or cannot be written, a run that is broken off."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.fixtures import let_everybody_in, tree
from tests.support.model_server import Behaviour, Raw, answer, refused, serving
from tests.support.models import (
    GOOD,
    WEAK,
    cache_of,
    command,
    configure,
    environment,
    good,
    long_skill,
    own_file,
    skill,
)

pytestmark = pytest.mark.slow

AS_NOBODY = """
import os, sys
from skill_lint.cli.main import main
main(sys.argv[1:-2])  # imports what nobody may not read
if os.geteuid() == 0:
    os.setresgid(65534, 65534, 65534)
    os.setresuid(65534, 65534, 65534)
sys.exit(main(sys.argv[1:]))
"""
"""The superuser may write everything: what may not be written is tried as nobody."""

GATED = json.dumps({"description": "Fills 4711 forms. Use when a form has fields."})
Inside = Callable[..., tuple[int, str]]
ONE = ("--select", "untriggered-description")
"""One finding, one question."""

GOLDEN = ("--preset", "golden")
"""Four findings that ask a model, where the default has one."""

# behaviours → exit code, calls, a part of what is said
FAILING: dict[str, tuple[list[Behaviour], int, int, str]] = {
    "429-then-good": ([refused(429, Retry_After="0.01"), good], 0, 2, "1 applied"),
    "429-storm": ([refused(429, Retry_After="0.01")], 2, 3, "gets too many requests (429)"),
    "500-then-good": ([refused(500), good], 0, 2, "1 applied"),
    "500": ([refused(500)], 2, 3, "answers with status 500"),
    "html": ([Raw(200, b"<html>Log in</html>", {"Content-Type": "text/html"})], 2, 1, "`/v1`"),
    "truncated-json": ([Raw(200, b'{"choices": [{"mess')], 2, 1, "no chat completion"),
    "no-choices": ([Raw(200, b'{"choices": []}')], 2, 1, "no chat completion"),
    "breaks-off": ([Raw(200, b'{"choices"', length=900)], 2, 1, "in the middle of its answer"),
    "oversized": ([Raw(200, b" " * 2_100_000)], 2, 1, "over 2,000,000 bytes"),
    "redirect": ([Raw(302, b"", {"Location": "http://127.0.0.1:9/v1"})], 2, 1, "another address"),
    "wrong-key": ([refused(401)], 2, 1, "refuses calls without an API key"),
    "unknown-model": ([refused(404)], 2, 1, "does not know the model `scripted`"),
    "bad-request": ([refused(400)], 2, 1, "rejects the request (400)"),
    "prose-then-good": (["Here you are!", good], 0, 2, "1 applied"),
    "prose": (["Here you are!"], 1, 2, "malformed: it is no JSON object"),
    "wrong-fields-then-good": (['{"descriptoin": "x"}', good], 0, 2, "1 applied"),
    "thinks-and-fences": (
        ["<think>{hm}</think>\n```json\n" + json.dumps(GOOD["description"]) + "\n```"],
        0, 1, "1 applied",
    ),
    "gated-then-good": ([GATED, good], 0, 2, "1 applied"),
    "gated": ([GATED], 1, 2, "invented: the number `4711` is not in the skill"),
    "malformed-gated-good": (["x", GATED, good], 0, 3, "1 applied"),
    "gated-malformed-good": ([GATED, "x", good], 0, 3, "1 applied"),
    "malformed-gated-malformed": (["x", GATED, "x"], 1, 3, "malformed: it is no JSON object"),
    **{
        f"usage-{name}": (
            [answer(good_answer, usage={"prompt_tokens": number, "completion_tokens": 5})],
            2, 1, "its `usage.prompt_tokens` is no possible number of tokens",
        )
        for good_answer in [json.dumps(GOOD["description"])]
        for name, number in {
            "nan": float("nan"), "infinite": float("inf"), "negative": -1, "half": 0.5,
            "absurd": 10**12, "text": "400", "boolean": True,
        }.items()
    },
    "usage-list": ([answer("{}", usage=[1])], 2, 1, "its `usage` is no object"),
    "usage-unknown": (
        [answer(json.dumps(GOOD["description"]), usage={"total_tokens": None})], 0, 1, "1 applied",
    ),
    "long-text": (["{" + "x" * 30_000], 1, 2, "over 20,000 characters"),
}  # fmt: skip


@pytest.mark.parametrize("case", FAILING)
def test_whatever_the_server_does(case: str, tmp_path: Path, inside: Inside) -> None:
    behaviours, code, calls, said = FAILING[case]
    file = skill(tmp_path)
    words = ["fix", "--llm", "pdf-forms", "--apply", "--yes-unread", "--fail-on", "warning", *ONE]
    with serving(*behaviours) as server:
        configure(tmp_path, server)
        outcome = inside(*words)
        assert len(server.requests) == calls
    assert said in outcome[1]
    assert outcome[0] == code
    assert (file.read_text("utf-8") == WEAK) == (code != 0)
    assert not list(tmp_path.rglob("*.tmp"))


def test_a_server_that_stalls(tmp_path: Path) -> None:
    skill(tmp_path)
    with serving(Raw(stall=2)) as server:
        configure(tmp_path, server)
        file = own_file(tmp_path)
        file.write_text(file.read_text().replace("timeout: 5", "timeout: 0.2"))
        done = command(tmp_path, "fix", "--llm", "pdf-forms", *ONE)
    assert done.returncode == 2
    assert "did not answer in time" in done.stdout


def test_a_port_that_refuses_is_tried_once(tmp_path: Path) -> None:
    skill(tmp_path)
    configure(tmp_path, "http://127.0.0.1:9/v1")
    done = command(tmp_path, "fix", "--llm", "pdf-forms", "--preset", "golden")
    assert done.returncode == 2
    assert "`http://127.0.0.1:9/v1` cannot be reached" in done.stdout
    assert "4 failed" in done.stdout


def test_one_failing_question_fails_no_other(tmp_path: Path) -> None:
    skill(tmp_path)

    def moody(request: Any) -> Raw | str:
        return refused(400) if "summary" in request["messages"][0]["content"] else good(request)

    with serving(moody) as server:
        configure(tmp_path, server)
        words = ("fix", "--llm", "pdf-forms", "--preset", "golden", "--apply", "--yes-unread")
        done = command(tmp_path, *words)
    assert "3 applied, 1 failed" in done.stdout
    assert done.returncode == 2


def test_a_skill_edited_while_the_model_thinks(tmp_path: Path) -> None:
    file = skill(tmp_path)

    def slow(request: Any) -> str:
        file.write_text(WEAK + "\nEdited.\n", encoding="utf-8")
        return good(request)

    with serving(slow) as server:
        configure(tmp_path, server)
        done = command(tmp_path, "fix", "--llm", "pdf-forms", "--apply", "--yes-unread", *ONE)
    assert "file-changed: the file was changed while the model was asked" in done.stdout
    assert file.read_text("utf-8") == WEAK + "\nEdited.\n"


@pytest.mark.parametrize("make", [skill, long_skill])
def test_a_file_that_cannot_be_written(make: Callable[[Path], Path], tmp_path: Path) -> None:
    file = make(tmp_path)
    if os.geteuid() == 0:
        os.chown(file.parent, 65534, 65534)
        os.chown(file, 65534, 65534)
    file.chmod(0o444)
    let_everybody_in(tmp_path)
    before = tree(file.parent)
    rules = ("--select", "untriggered-description,long-body")
    with serving(good) as server:
        configure(tmp_path, server)
        own = own_file(tmp_path)
        own.chmod(0o644)
        words = ("--models", str(own), "--llm", "pdf-forms", *rules, "--apply", "--yes-unread")
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, "fix", *words],
            cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "pdf-forms/SKILL.md: is not written: the file is read-only" in done.stderr
    # Of a split the new file is taken back, and its folder with it.
    assert tree(file.parent) == before
    assert not (file.parent / "references").exists()


def test_breaking_off_keeps_what_was_paid_for(tmp_path: Path) -> None:
    file = skill(tmp_path)

    def waits(request: Any) -> Raw | str:
        return Raw(stall=20) if "summary" in request["messages"][0]["content"] else good(request)

    with serving(waits) as server:
        configure(tmp_path, server, "      parameters: {max_tokens: 100}\n")
        process = subprocess.Popen(
            [
                sys.executable, "-m", "skill_lint", "fix", "--llm", "pdf-forms", "--apply",
                "--yes-unread", "--preset", "golden",
            ],
            cwd=tmp_path, env=environment(tmp_path), stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        kept = cache_of(tmp_path) / "skill-lint" / "answers"
        for _ in range(600):
            if kept.is_dir() and len(list(kept.iterdir())) == 3:
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 130
        assert said.endswith("interrupted\n")
        assert "Traceback" not in said
        assert file.read_text("utf-8") == WEAK
        server.behaviours[:] = [good]
        done = command(tmp_path, "fix", "--llm", "pdf-forms", "--apply", "--yes-unread", *GOLDEN)
        assert "4 applied; 1 call" in done.stdout
        assert "3 answers kept from before" in done.stdout
    assert done.returncode == 0
