"""The terminal in `fix --llm`: a bar while models are asked, and the questions of a review."""

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from skill_lint.cli.terminal import llm
from skill_lint.llm.gate.verdict import Passed
from skill_lint.llm.session.outcome import Outcome
from skill_lint.llm.session.propose import Proposal
from skill_lint.llm.session.review import KEYS
from skill_lint.llm.tasks.case import State
from skill_lint.reporters.escape import visible

_WIDTH = 30


class Bar:
    """A bar of how many questions are answered. Shown only on a terminal."""

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0
        self._draw()

    def step(self, _: Proposal) -> None:
        self.done += 1
        self._draw()

    def clear(self) -> None:
        if sys.stderr.isatty():
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def _draw(self) -> None:
        if sys.stderr.isatty():
            full = _WIDTH * self.done // max(1, self.total)
            bar = "#" * full + "." * (_WIDTH - full)
            text = f"\r[{bar}] {self.done} of {self.total} answered"
            print(text, end="", file=sys.stderr, flush=True)


class Terminal:
    """The input and output of a review, line by line."""

    def __init__(self, changes: llm.Changes) -> None:
        self._changes = changes

    def show(self, text: str) -> None:
        print(*(visible(line) for line in text.splitlines()), sep="\n")

    def propose(self, proposal: Proposal, before: State, passed: Passed) -> None:
        self._changes.show(proposal, before, passed)

    def rejected(self, outcome: Outcome) -> None:
        llm.rejected(outcome)

    def key(self) -> str:
        while True:
            word = self._read("write this change [y,n,a,d,e,r,q,?]? ").lower()
            if word is not None and word[:1] and word[:1] in KEYS:
                return word[:1]
            self.show("one of y, n, a, d, e, r, q; ? explains them")

    def line(self, question: str) -> str:
        return self._read(question, at_end="")

    def edit(self, text: str) -> str | None:
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if not editor:
            self.show("EDITOR is not set; set it to the program to edit with")
            return None
        try:
            # A folder that only this user can enter: editors keep copies beside the file.
            with tempfile.TemporaryDirectory(
                prefix="skill-lint-", ignore_cleanup_errors=True
            ) as folder:
                path = Path(folder, "change.yaml")
                path.write_text(text, encoding="utf-8")
                done = subprocess.run([*shlex.split(editor), path], check=False)
                if done.returncode:
                    self.show(f"the editor ended with code {done.returncode}; nothing was changed")
                    return None
                return path.read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            self.show(f"the text could not be edited: {error}")
            return None

    def _read(self, question: str, at_end: str = "q") -> str:
        print(question, end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            print()
            return at_end
        return line.strip()
