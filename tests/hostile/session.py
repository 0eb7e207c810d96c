"""One process that runs the commands, so that not each case pays for its start."""

import json
import os
import resource
import select
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECONDS = 60
"""After which a command counts as a hang; all of them take far less than one."""
MEMORY = 3 << 30
"""Bytes that the process may ask for."""
SCRIPT = Path(__file__).parent / "every.py"


@dataclass(frozen=True)
class Outcome:
    """What became of one folder: exit codes by command, what was not allowed, where the outputs are."""

    codes: dict[str, int]
    violations: list[str]
    seconds: dict[str, float]
    out: Path

    def stdout(self, name: str) -> bytes:
        return (self.out / f"{name}.stdout").read_bytes()

    def stderr(self, name: str) -> bytes:
        return (self.out / f"{name}.stderr").read_bytes()

    def file(self, name: str) -> bytes:
        return (self.out / f"{name}.out").read_bytes()


class Session:
    """Runs commands; after a crash or a hang, in a new process."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def run(
        self, collection: Path, out: Path, steps: Sequence[str], meanwhile: str = ""
    ) -> Outcome:
        out.mkdir(exist_ok=True)
        request = {
            "collection": str(collection), "out": str(out), "steps": steps,
            "meanwhile": meanwhile, "limit": SECONDS,
        }  # fmt: skip
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], SECONDS * len(steps) + 10)
        line = process.stdout.readline() if ready else b""
        if not line:
            self.close()
            raise AssertionError("it crashed" if ready else "it hangs")
        answer: dict[str, Any] = json.loads(line)
        return Outcome(answer["codes"], answer["violations"], answer["seconds"], out)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            # Without -P the folder of the script would be in sys.path.
            command = [sys.executable, "-P", str(SCRIPT)]
            unset = ("GITHUB_ACTIONS", "CI")
            environment = {key: each for key, each in os.environ.items() if key not in unset}
            environment["SKILL_LINT_NO_CACHE"] = "1"
            # What Python itself writes at a first import is no fault of a case.
            environment["PYTHONDONTWRITEBYTECODE"] = "1"
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment,
                preexec_fn=_bounded,  # noqa: PLW1509 - no thread runs yet
            )  # fmt: skip
        return self._process

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream:
                    stream.close()
            self._process = None


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
