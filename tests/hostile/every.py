"""Runs every command on one folder after the other, and watches what Python is asked to do.

Standard input has a line of JSON for each folder, standard output a line with the answer; what
the commands print goes to files. Started by `session.py`.
"""

import io
import json
import os
import re
import signal
import sys
import time
from pathlib import Path
from typing import Any

from skill_lint.cli.main import main
from skill_lint.reporters.formats import RENDERERS

FORMATS = tuple(RENDERERS)
INSTALLED = tuple(
    {os.path.realpath(each) for each in (sys.prefix, sys.base_prefix, *sys.path) if each}
)
SYSTEM = (
    "/usr/lib/",
    "/usr/share/zoneinfo",
    "/etc/localtime",
    "/dev/null",
    "/dev/urandom",
    "/proc/cpuinfo",
)

CONFIGURATIONS = (".skill-lint.yaml", "skill-lint.toml", "pyproject.toml")
"""What is looked for in the folders above, as it should be."""

TEMPORARY = re.compile(r"\.skill-lint-[0-9a-f]+\.tmp")
"""The name of a file that replaces another one."""

watching: dict[str, Any] = {}
"""`collection` and `out`: where may be read, and where written; `fixes`: written in both; `meanwhile`."""
violations: list[str] = []


def hook(event: str, arguments: tuple[Any, ...]) -> None:
    if not watching:
        return
    if event == "open":
        _opened(*arguments)
    elif event.startswith(("socket.", "os.exec", "os.spawn", "os.posix_spawn", "pty.", "ftplib.", "urllib.")) or event in (
        "os.system", "subprocess.Popen", "os.startfile", "ctypes.dlopen",
    ):  # fmt: skip
        violations.append(f"{event} {arguments[:2]}")
    elif event in ("os.remove", "os.rename", "os.rmdir", "os.mkdir"):
        _changed(event, arguments)
    elif event in ("exec", "compile", "import"):
        _touched(event, arguments)


def _touched(event: str, arguments: tuple[Any, ...]) -> None:
    collection = watching["collection"]
    name = getattr(arguments[0], "co_filename", "") if event == "exec" else arguments[1]
    if (
        isinstance(name, str | bytes)
        and name[:1] not in ("<", b"<")
        and _is_below(os.fsdecode(name), collection)
    ):
        violations.append(f"{event} {name!r}")
    if event == "import" and any(_is_below(each, collection) for each in sys.path):
        violations.append("the collection is in sys.path")


def _changed(event: str, arguments: tuple[Any, ...]) -> None:
    """Only fixes make, move and delete names in the collection; everything does in the output."""
    if event == "os.rename":
        old, new, *folders = arguments
        places = [_place(old, folders[0]), _place(new, folders[1])]
    else:
        places = [_place(arguments[0], arguments[-1])]
    allowed = [watching["out"]] + [watching["collection"]] * watching["fixes"]
    violations.extend(
        f"{event} {place}"
        for place in places
        if not any(_is_below(place, folder) for folder in allowed)
    )


def _place(name: str | bytes, folder: int) -> str:
    """The path of a name that may be relative to an open folder."""
    path = os.fsdecode(name)
    return path if folder < 0 else os.path.join(os.readlink(f"/proc/self/fd/{folder}"), path)


def _opened(path: Any, mode: Any, flags: Any) -> None:
    if not isinstance(path, str | bytes):
        return
    name = os.fsdecode(path)
    if watching["meanwhile"] and os.path.basename(name) == "SKILL.md" and "hostile" in name:
        _mischief(name, watching.pop("meanwhile"))
        watching["meanwhile"] = ""
    if isinstance(flags, int) and flags & os.O_NOFOLLOW and os.path.islink(name):
        return  # It will not be opened.
    if isinstance(flags, int) and flags & os.O_PATH:
        return  # Of a folder that is opened so, nothing can be read.
    if TEMPORARY.fullmatch(name):
        return  # In a folder that is open; what becomes of it shows in `os.rename`.
    real, writes = os.path.realpath(name), _writes(mode, flags)
    allowed = [watching["out"]] + [watching["collection"]] * (watching["fixes"] or not writes)
    if any(_is_below(real, folder) for folder in allowed):
        return
    if (
        not writes
        and Path(name).name in CONFIGURATIONS
        and _is_below(watching["collection"], str(Path(real).parent))
    ):
        return
    if writes or not (real.startswith(INSTALLED) or real.startswith(SYSTEM)):
        violations.append(f"open {real} {mode or flags}")


def _writes(mode: Any, flags: Any) -> bool:
    if isinstance(mode, str):
        return bool(set("wax+") & set(mode))
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def _is_below(name: str, folder: str) -> bool:
    real = os.path.realpath(name or ".")
    return real == folder or real.startswith(folder + os.sep)


def _mischief(name: str, what: str) -> None:
    """Something else is at work on the file that is about to be read."""
    was = dict(watching)
    watching.clear()
    path = Path(name)
    content = path.read_bytes()
    if what == "grow":
        with path.open("ab") as file:
            file.truncate(1 << 32)
    else:
        path.unlink()
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    elif what == "link":
        path.symlink_to("../../outside/secret.md")
    elif what == "all":
        (path.parent / "references" / "a.md").unlink()
        (path.parent / "references").rmdir()
        path.parent.rmdir()
    assert content
    watching.update(was)


def run(name: str, words: list[str], out: Path, environment: dict[str, str]) -> int:
    streams = [
        io.TextIOWrapper((out / f"{name}.{end}").open("wb"), "utf-8")
        for end in ("stdout", "stderr")
    ]
    sys.stdout, sys.stderr = streams
    os.environ.update(environment)
    try:
        code = main(words)
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 2
    finally:
        for key in environment:
            del os.environ[key]
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
        for stream in streams:
            stream.close()
    return code


def steps(out: Path) -> dict[str, tuple[list[str], dict[str, str]]]:
    """Each command by its name: its words, and what is in its environment."""
    files = [f"--output={name}={out / name}.out" for name in FORMATS]
    log = {"GITHUB_ACTIONS": "true"}
    fix = ["check", ".", "--isolated", "--unsafe-fixes"]
    return {
        "check": (["check", ".", "--isolated", "--verbose", "--show-suppressed", *files], {}),
        "statistics": (["check", ".", "--isolated", "--select", "all", "--statistics"], {}),
        "validate": (["validate", ".", "--isolated"], {}),
        "baseline": (["baseline", ".", "--isolated", f"--baseline={out / 'baseline.json'}"], {}),
        "graph": (["graph", "."], {}),
        "graph-json": (["graph", ".", "--output-format", "json"], {}),
        "show": (["show", "."], {}),
        "show-json": (["show", ".", "--output-format", "json"], {}),
        "score": (["score", "."], {}),
        "score-json": (["score", ".", "--output-format", "json"], {}),
        "migrate": (["migrate", ".", "--dry-run"], log),
        "migrate-json": (["migrate", ".", "--dry-run", "--output-format", "json"], {}),
        "diff": (["check", ".", "--isolated", "--diff"], log),
        "diff-unsafe": ([*fix, "--diff"], log),
        "diff-plain": ([*fix, "--diff"], {}),
        "fix": ([*fix, "--fix", "--quiet"], {}),
        "diff-after": ([*fix, "--diff"], log),
    }


def answer(request: dict[str, Any]) -> dict[str, Any]:
    out, collection = Path(request["out"]), request["collection"]
    os.chdir(collection)
    violations.clear()
    codes, seconds = {}, {}
    for name in request["steps"]:
        words, environment = steps(out)[name]
        start = time.monotonic()
        signal.alarm(request["limit"])
        watching.update(
            collection=os.path.realpath(collection), out=os.path.realpath(out),
            fixes=name == "fix", meanwhile=request["meanwhile"],
        )  # fmt: skip
        try:
            codes[name] = run(name, words, out, environment)
        finally:
            watching.clear()
            signal.alarm(0)
        seconds[name] = time.monotonic() - start
    os.chdir("/")
    return {"codes": codes, "violations": violations, "seconds": seconds}


def serve() -> None:
    sys.addaudithook(hook)
    answers = sys.stdout
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    serve()
