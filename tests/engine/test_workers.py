"""Several processes: the same bytes for any number of them, and no skill lost with a worker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from skill_lint import Config, lint
from skill_lint.cli.main import main
from skill_lint.engine.workers import pool
from skill_lint.rule import Finding
from skill_lint.rules.registry import load_rules
from skill_lint.skill import Skill

COUNT = 100
"""Skills enough for `--jobs auto` to use several processes."""
SKILL = "---\nname: {0}\ndescription: Use when testing.\n---\n\n# Title\n\n[x](gone.md)\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for number in range(COUNT):
        folder = Path(f"s{number:02}")
        folder.mkdir()
        (folder / "SKILL.md").write_text(SKILL.format(folder.name), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["2", "7", "auto"])
@pytest.mark.parametrize("name", ["text", "json", "sarif"])
def test_the_same_bytes(jobs: str, name: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["--isolated", "--output-format", name, "--jobs", "1"]) == 1
    alone = capfdbinary.readouterr().out
    assert main(["--isolated", "--output-format", name, "--jobs", jobs]) == 1
    assert capfdbinary.readouterr().out == alone


@pytest.mark.smoke
def test_any_executor_of_the_library() -> None:
    alone = lint(["."])
    with ThreadPoolExecutor(3) as threads:
        assert lint(["."], executor=threads) == alone
    with pool(2) as processes:
        assert lint(["."], executor=processes) == alone


@pytest.mark.slow
@pytest.mark.parametrize("what", ["killed", "raises"])
def test_a_worker_that_dies_is_a_finding_of_its_skill(
    what: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    parent = os.getpid()

    def deadly(skill: Skill) -> Iterator[Finding]:
        if skill.tree.directory_name == "s07" and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        yield from ()

    def unreadable(skill: Skill) -> str:
        if skill.tree.directory_name == "s07":
            raise MemoryError("too large")
        return "none"

    if what == "killed":
        rules = dict(load_rules())
        rules["long-body"] = rules["long-body"]._replace(check=deadly)
        for module in ("config.config", "rules.registry"):
            monkeypatch.setattr(f"skill_lint.{module}.load_rules", lambda: rules)
    else:
        monkeypatch.setattr("skill_lint.engine.task.style", lambda skill: (unreadable(skill), ""))
    with pool(2) as processes:
        report = lint(["."], Config(), executor=processes)
    assert len(report.linted) == COUNT
    crashes = [each for each in report.diagnostics if each.rule == "internal-error"]
    assert [each.skill for each in crashes] == ["s07"]
    assert crashes[0].message.startswith("the skill could not be examined: ")
    broken = [each.skill for each in report.diagnostics if each.rule == "broken-link"]
    assert broken == [name for name in report.linted if name != "s07"]
    assert main(["--isolated", "--jobs", "2", "--quiet"]) == 2
    assert capfd.readouterr().out.count("internal-error") == 1


@pytest.mark.parametrize("word", ["0", "-1", "many", "1.5"])
def test_a_wrong_number(word: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["--jobs", word]) == 2
    assert f"--jobs takes a number from 1 on, or auto, not `{word}`" in capfd.readouterr().err


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_no_worker_outlives_a_run_that_is_killed() -> None:
    """The workers wait in a skill for ever; the first process is killed without a word."""
    script = (
        "import signal\n"
        "from skill_lint.cli.main import main\n"
        "import skill_lint.engine.task\n"
        "skill_lint.engine.task.style = lambda skill: signal.pause()\n"
        "main(['--isolated', '--no-cache', '--jobs', '2'])\n"
    )
    run = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.DEVNULL)
    while len(workers := children(run.pid)) < 2:
        assert run.poll() is None
        time.sleep(0.05)
    run.kill()
    run.wait()
    while any(is_alive(pid) for pid in workers):
        time.sleep(0.05)


def children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(word) for task in tasks for word in task.read_text().split()]


def is_alive(pid: int) -> bool:
    """Whether a process is there and runs; one that nobody has waited for is dead as well."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
