"""`--jobs` and `--executor`: the processes or machines that lint the skills of a run."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from skill_lint.cli.error import UsageError

if TYPE_CHECKING:
    from concurrent.futures import Executor

CONNECT = 10
"""Seconds in which a cluster must answer."""
PAYS = 96
"""Minimum skills before using several processes (measured: no gain at 48, 25 % at 96)."""


@dataclass(frozen=True)
class JobsOptions:
    """How many processes to use (0: choose automatically), or the address of a cluster."""

    jobs: int = 0
    executor: str | None = None


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jobs", metavar="N", type=_number, default=0,
        help="processes to use (default: auto, one for each processor if that is faster)",
    )  # fmt: skip
    parser.add_argument(
        "--executor", metavar="dask://HOST:PORT",
        help="lint on the machines of a Dask cluster, which must see the same files",
    )  # fmt: skip


def settle(given: argparse.Namespace) -> JobsOptions:
    return JobsOptions(given.jobs, given.executor)


def _number(word: str) -> int:
    """The number of processes; 0 stands for `auto`."""
    if word == "auto":
        return 0
    if not word.isdecimal() or int(word) < 1:
        raise UsageError(f"--jobs takes a number from 1 on, or auto, not `{word}`")
    return int(word)


@contextmanager
def executor(options: JobsOptions, skills: int) -> Iterator["Executor | None"]:
    """The workers of a run, or None if this process is enough."""
    if options.executor and skills:
        with _cluster(options.executor) as cluster:
            yield cluster
        return
    jobs = options.jobs or (_cores() if skills >= PAYS else 1)
    if jobs == 1 or skills < 2:
        yield None
        return
    try:
        # Lazy import: multiprocessing takes longer to import than a small skill to lint.
        from skill_lint.engine import workers

        pool = workers.pool(min(jobs, skills))
    except (ImportError, NotImplementedError, OSError):
        # Some small systems cannot share a queue between processes; this process lints all skills.
        yield None
        return
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _cluster(address: str) -> Iterator["Executor"]:
    """The workers of a Dask cluster."""
    scheme, _, place = address.partition("://")
    if scheme != "dask" or not place:
        raise UsageError(f"--executor takes dask://HOST:PORT, not `{address}`")
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise UsageError("--executor needs Dask: pip install 'skill-lint[dask]'") from None
    try:
        client = distributed.Client(f"tcp://{place}", timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"--executor: no Dask scheduler answers at {place}: {error}") from None
    with client, client.get_executor() as executor:
        yield executor


def _cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
