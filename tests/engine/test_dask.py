"""A run over several machines."""

import subprocess
import sys
from pathlib import Path

import pytest

from skill_lint import lint
from skill_lint.cli.main import main
from tests.support.tools import module

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
    distributed = module("distributed")
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
    module("distributed")
    monkeypatch.setattr("skill_lint.cli.options.jobs.CONNECT", 1)
    collection(2)
    assert main(["--executor", address]) == 2
    assert message in capfd.readouterr().err
