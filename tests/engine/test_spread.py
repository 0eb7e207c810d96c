"""A run over several machines, and one that people wait for."""

import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from skill_lint import lint
from skill_lint.cli.main import main

SKILL = "---\nname: {0}\ndescription: Use when testing.\n---\n\n# Title\n\n[x](gone.md)\n"
PROCESSES = """
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def collection(number: int, more: str = "") -> None:
    for name in (f"s{each:03}" for each in range(number)):
        Path(name).mkdir()
        Path(name, "SKILL.md").write_text(SKILL.format(name) + more, encoding="utf-8")


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_dask_cluster_gives_the_same_bytes(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    distributed = pytest.importorskip("distributed", reason="pip install -e '.[dask]'")
    collection(60)
    Path("elsewhere").mkdir()
    cluster = subprocess.Popen(
        [sys.executable, "-c", PROCESSES],
        cwd="elsewhere", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert cluster.stdout
    address = cluster.stdout.readline().strip().removeprefix("tcp://")
    try:
        for name in ("text", "json", "sarif"):
            words = ["--isolated", "--output-format", name]
            assert main([*words, "--jobs", "1"]) == 1
            alone = capfdbinary.readouterr().out
            assert main([*words, "--executor", f"dask://{address}"]) == 1
            assert capfdbinary.readouterr().out == alone
        with distributed.Client(f"tcp://{address}") as client, client.get_executor() as executor:
            assert lint(["."], executor=executor) == lint(["."])
            assert len(client.has_what()) == 2, "two workers"
    finally:
        cluster.communicate("")


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("dask://127.0.0.1:1", "no Dask scheduler answers at 127.0.0.1:1"),
        ("ray://127.0.0.1:1", "--executor takes dask://HOST:PORT, not `ray://127.0.0.1:1`"),
        ("dask://", "--executor takes dask://HOST:PORT, not `dask://`"),
    ],
)
def test_no_such_cluster(
    address: str, message: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("distributed", reason="pip install -e '.[dask]'")
    monkeypatch.setattr("skill_lint.cli.options.jobs.CONNECT", 1)
    collection(2)
    assert main(["--executor", address]) == 2
    assert message in capfd.readouterr().err


def screen(*words: str, **environment: str) -> bytes:
    """What a run writes to a terminal on standard error."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    kept = {name: value for name, value in os.environ.items() if name != "CI"}
    with subprocess.Popen(
        [sys.executable, "-m", "skill_lint", "--jobs", "1", *words],
        stdout=subprocess.DEVNULL, stderr=theirs, env={**kept, **environment},
    ) as run:  # fmt: skip
        os.close(theirs)
        shown = b""
        while True:
            try:
                shown += os.read(ours, 4_096)
            except OSError:  # Linux says so at the end.
                break
            if run.poll() is not None:
                break
    os.close(ours)
    return shown


@pytest.mark.slow
def test_a_long_run_shows_its_progress_to_people_alone() -> None:
    collection(300, "\n\n".join(["- a `word` and a [link](x.md)"] * 200))
    assert b"/300" in screen()
    assert screen(CI="true") == b""
    assert screen("s000") == b"", "a short run shows nothing"
