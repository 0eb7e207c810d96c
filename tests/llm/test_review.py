"""`fix --llm --interactive`, driven as a person drives it: through a terminal."""

import os
import pty
import re
import select
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.model_server import Raw, serving
from tests.support.models import WEAK, command, configure, environment, good, skill
from tests.support.secret_samples import samples

pytestmark = pytest.mark.slow

PROMPT = "write this change [y,n,a,d,e,r,q,?]? "
SECONDS = 60
"""After which a session counts as a hang; all of them take far less."""


@dataclass
class Session:
    """A process behind a terminal: what it printed, and the lines that it is given."""

    process: "subprocess.Popen[bytes]"
    terminal: int
    printed: str = ""

    def until(self, text: str) -> str:
        """What is printed up to a text, which must come."""
        deadline = time.monotonic() + SECONDS
        while text not in self.printed:
            assert time.monotonic() < deadline, self.printed
            self._read()
        before, _, self.printed = self.printed.partition(text)
        return before

    def say(self, line: str) -> None:
        os.write(self.terminal, f"{line}\n".encode())

    def end(self) -> tuple[int, str]:
        """The exit code, and everything that was still printed."""
        deadline = time.monotonic() + SECONDS
        while self._read():
            assert time.monotonic() < deadline, self.printed
        return self.process.wait(SECONDS), self.printed

    def _read(self) -> bool:
        if not select.select([self.terminal], [], [], 1)[0]:
            return self.process.poll() is None
        try:
            data = os.read(self.terminal, 4096)
        except OSError:  # The other end is closed.
            return False
        self.printed += re.sub(r"\x1b\[K|\r", "", data.decode("utf-8", "replace"))
        return bool(data)


@contextmanager
def session(
    folder: Path, *words: str, way: str = "--interactive", **variables: str
) -> Iterator[Session]:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "skill_lint", "fix", "--llm", way, *words],
        cwd=folder, env=environment(folder, **variables), stdin=theirs, stdout=theirs,
        stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    try:
        yield Session(process, ours)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        os.close(ours)


def test_each_change_is_asked_for(tmp_path: Path) -> None:
    one, two = skill(tmp_path), skill(tmp_path, name="xls-forms")
    with serving(good) as server:
        configure(tmp_path, server)
        with session(tmp_path, ".", "--preset", "golden") as person:
            first = person.until(PROMPT)
            assert "4 of 8 answered" not in first.splitlines()[-1]
            assert "+description: Fills the fields of PDF forms." in first
            person.say("?")
            assert "ask the model again" in person.until(PROMPT)
            person.say("what")
            assert "one of y, n, a, d, e, r, q" in person.until(PROMPT)
            person.say("y")
            assert "Write an overview" in person.until(PROMPT)
            assert "Use when a form has fields" in one.read_text("utf-8")
            person.say("n")
            assert "When to Use This Skill" in person.until(PROMPT)
            # The rest of this file, and no other.
            person.say("a")
            assert "xls-forms/SKILL.md: Write the description" in person.until(PROMPT)
            assert "## Quick Start" in one.read_text("utf-8")
            person.say("d")
            code, printed = person.end()
    assert "8 questions: 3 applied, 5 declined; 8 calls" in printed
    assert code == 1
    assert "Lists the fields of PDF forms" not in one.read_text("utf-8")
    assert two.read_text("utf-8") == WEAK.replace("pdf-forms", "xls-forms")


def test_words_are_edited_and_judged_again(tmp_path: Path) -> None:
    file = skill(tmp_path)
    editor, words = tmp_path / "editor", tmp_path / "words"
    # The editor starts in a folder of its own.
    editor.write_text(f'#!/bin/sh\nsed -i "s/Fills the/$(cat {words}) the/" "$1"\n')
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    only = ("--select", "untriggered-description")
    with serving(good) as server:
        configure(tmp_path, server)
        with session(tmp_path, "pdf-forms", *only, EDITOR=str(editor), VISUAL="") as person:
            person.until(PROMPT)
            words.write_text("Fills 4711 of")
            person.say("e")
            assert "invented: the number `4711` is not in the skill" in person.until(PROMPT)
            words.write_text("Lists")
            person.say("e")
            assert "+description: Lists the fields of PDF forms." in person.until(PROMPT)
            person.say("y")
            assert person.end()[0] == 0
    assert "description: Lists the fields of PDF forms." in file.read_text("utf-8")
    assert len(server.requests) == 1


def test_the_model_is_asked_again_with_a_word(tmp_path: Path) -> None:
    file = skill(tmp_path)
    better = '{"description": "Fills PDF forms quickly. Use when a form has fields."}'
    only = ("--select", "untriggered-description,missing-overview")
    with serving(good) as server:
        configure(tmp_path, server)
        with session(tmp_path, "pdf-forms", *only) as person:
            person.until(PROMPT)
            server.behaviours[:] = [better]
            person.say("r")
            person.until("what should be different? ")
            person.say("say that it is quick")
            assert "+description: Fills PDF forms quickly." in person.until(PROMPT)
            person.say("y")
            person.until(PROMPT)
            # Also after something was written: the question is about the file as it is now.
            server.behaviours[:] = ['{"summary": "Fills forms, one field after another, quickly."}']
            person.say("r")
            person.until("what should be different? ")
            person.say("shorter")
            assert "+Fills forms, one field after another, quickly." in person.until(PROMPT)
            person.say("y")
            _, printed = person.end()
    assert "2 applied; 4 calls" in printed
    assert "say that it is quick" in server.requests[2]["messages"][-1]["content"]
    assert "Fills PDF forms quickly." in file.read_text("utf-8")


def test_breaking_off_leaves_whole_files_and_the_next_run_goes_on(tmp_path: Path) -> None:
    file = skill(tmp_path)
    with serving(good) as server:
        configure(tmp_path, server)
        with session(tmp_path, "pdf-forms", "--report", "report.json") as person:
            person.until(PROMPT)
            person.say("y")
            person.until(PROMPT)
            os.killpg(person.process.pid, signal.SIGINT)
            code, printed = person.end()
        assert code == 130
        assert "Traceback" not in printed
        approved = file.read_text("utf-8")
        assert "Use when a form has fields" in approved
        assert "## Quick Start" not in approved
        assert '"decision": "applied"' in (tmp_path / "report.json").read_text("utf-8")
        with session(tmp_path, "pdf-forms", "--allow-dirty") as person:
            person.until(PROMPT)
            person.say("q")
            code, printed = person.end()
    assert "1 declined" in printed
    assert file.read_text("utf-8") == approved


def test_a_file_edited_during_the_review(tmp_path: Path) -> None:
    file = skill(tmp_path)
    with serving(good) as server:
        configure(tmp_path, server)
        with session(tmp_path, "pdf-forms", "--select", "untriggered-description") as person:
            person.until(PROMPT)
            file.write_text(WEAK + "\nEdited.\n", encoding="utf-8")
            person.say("y")
            code, printed = person.end()
    assert code == 2
    assert "the file was changed while it was linted" in printed
    assert file.read_text("utf-8") == WEAK + "\nEdited.\n"


def test_without_a_terminal_nobody_is_asked(tmp_path: Path) -> None:
    skill(tmp_path)
    with serving(Raw(500)) as server:
        configure(tmp_path, server)
        done = command(tmp_path, "fix", "--llm", "--interactive", "pdf-forms")
    assert done.returncode == 2
    assert "this is not a terminal" in done.stderr
    assert server.requests == []


def test_a_remark_with_a_secret_is_not_sent(tmp_path: Path) -> None:
    skill(tmp_path)
    only = ("--select", "untriggered-description")
    secret = samples()["github-p"]
    with serving(good) as server:
        configure(tmp_path, server)
        with session(tmp_path, "pdf-forms", *only) as person:
            person.until(PROMPT)
            person.say("r")
            person.until("what should be different? ")
            person.say(f"Name the token {secret}")
            assert "what looks like a GitHub token; it is not sent" in person.until(PROMPT)
            person.say("q")
            person.end()
        assert len(server.requests) == 1
        assert secret.encode() not in bytes(server.received)


def test_apply_writes_where_a_terminal_shows_it(tmp_path: Path) -> None:
    file = skill(tmp_path)
    words = ("fix", "--llm", "pdf-forms", "--select", "untriggered-description", "--apply")
    with serving(good) as server:
        configure(tmp_path, server)
        refused = command(tmp_path, *words)
        assert refused.returncode == 2
        assert "add --yes-unread" in refused.stderr
        assert (server.connections, file.read_text("utf-8")) == (0, WEAK)
        with session(tmp_path, *words[2:-1], way="--apply") as person:
            assert "+description: Fills the fields" in person.until("1 applied")
            assert person.end()[0] == 0
    assert "Use when a form has fields" in file.read_text("utf-8")
