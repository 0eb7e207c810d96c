"""What must hold of what the commands print, whatever is in the files."""

import json
import os
import re
import stat
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.hostile.every import FORMATS
from tests.hostile.make import GOOD, Case, skill
from tests.hostile.session import Outcome, Session
from tests.support.github_page import plain

QUICK = ("check",)
READING = (
    "check", "show", "show-json", "score", "score-json", "migrate", "migrate-json",
    "graph", "graph-json", "validate", "baseline", "diff-unsafe",
)  # fmt: skip
MENDING = ("fix", "diff-after")
_RAW = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e0fff]"
)
_COMMAND = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)
_ANNOTATION = re.compile(
    r"::(error|warning|notice) file=[^:]*,line=\d+,[^:]*title=skill-lint%3A [a-z0-9-]+::"
)
_LARGE = 10_000_000


def prepare(case: Case, folder: Path) -> Path:
    """The collection with the hostile skill, a sound one, and files outside that nothing may read."""
    collection, outside = folder / "skills", folder / "outside"
    for path in (collection / "good", collection / "hostile", outside):
        path.mkdir(parents=True)
    (outside / "secret.md").write_text("---\nname: SECRET\n---\n# SECRET\n")
    (outside / "metadata.json").write_text('{"skill_id": "SECRET"}')
    skill(GOOD % b"good")(collection / "good")
    case.make(collection / "hostile")
    return collection


def read(case: Case, folder: Path, session: Session, steps: tuple[str, ...]) -> list[str]:
    """Run commands that read on the case. Returns the rules that speak of the hostile skill."""
    collection = prepare(case, folder)
    before = listing(folder / "skills")
    outcome = session.run(collection, folder / "out", steps, case.meanwhile)
    _sound(outcome)
    if not case.meanwhile:
        assert listing(folder / "skills") == before, "something was written"
    report = json.loads(outcome.file("json"))
    assert report["summary"]["linted"] == case.linted
    _speaks_of_all(outcome)
    for name in FORMATS:
        _harmless(name, outcome.file(name))
    for name in set(steps) - {"check", "diff-plain"}:
        printed(outcome.stdout(name))
        if name.endswith("-json"):
            json.loads(outcome.stdout(name))
    printed(outcome.stdout("check"))
    found = {each["rule"] for each in report["diagnostics"] if each["skill"] != "good"}
    # Both may have the same description, which is a fault of the two together.
    alone = [each for each in report["diagnostics"] if each["family"] != "collection"]
    assert not [each for each in alone if each["skill"] == "good"]
    assert "internal-error" not in found, outcome.stderr("check").decode()
    assert not case.wanted or found & case.wanted, found
    # Suppressed findings are shown among the others, and fail nothing.
    assert outcome.codes["check"] == int(report["summary"]["errors"] > 0)
    return sorted(found)


def fix(case: Case, folder: Path, session: Session) -> None:
    """A diff writes nothing, a fix nothing outside, and after it there is nothing left to fix."""
    collection = prepare(case, folder)
    apart = {name: listing(folder / name) for name in ("outside", "skills/good")}
    outcome = session.run(collection, folder / "out", MENDING)
    _sound(outcome)
    assert outcome.codes["diff-after"] == 0, outcome.stdout("diff-after").decode()[:2_000]
    assert {name: listing(folder / name) for name in apart} == apart
    for name in MENDING:
        assert b"is not fixed" not in outcome.stderr(name)


def _sound(outcome: Outcome) -> None:
    assert not outcome.violations, outcome.violations[:5]
    for name, code in outcome.codes.items():
        complaint = outcome.stderr(name)
        assert b"Traceback" not in complaint, complaint.decode()
        assert code in (0, 1), (name, code, complaint.decode())
        printed(complaint)


def _speaks_of_all(outcome: Outcome) -> None:
    linted = json.loads(outcome.file("json"))["summary"]["linted"]
    for name in ("text", "full", "concise"):
        assert f"{linted:,} skill{'s' * (linted != 1)} linted".encode() in outcome.file(name)


def printed(data: bytes) -> None:
    """Nothing in a text that a terminal or a build server would obey, and no hidden letter."""
    text = data.decode("utf-8")
    assert not (raw := _RAW.search(text)), (
        f"{raw[0]!r} in {text[max(0, raw.start() - 80) : raw.end()]!r}"
    )
    assert not (found := _COMMAND.search(text)), text[max(0, found.start() - 80) : found.end() + 40]


def _harmless(name: str, data: bytes) -> None:
    if name == "junit":
        ElementTree.fromstring(data)
    elif name in ("json", "sarif", "gitlab", "rdjson"):
        whole: Any = json.loads(data)
        assert whole is not None
        assert b"\x1b" not in data
        assert not re.search(rb"##\w*\[", data)
    elif name == "github":
        for line in data.decode("utf-8").splitlines():
            rest = _ANNOTATION.sub("", line, count=1)
            assert line.startswith("::") == (rest != line), line
            assert not _RAW.search(line)
            assert not re.search(r"##\w*\[", rest), line
    else:
        printed(data)
        if name == "markdown":
            plain(data.decode("utf-8"))


def listing(folder: Path) -> dict[str, object]:
    """Everything below a folder, by name; of a file its bytes, of a large one its size and time."""
    found: dict[str, object] = {}
    pending = [str(folder)]
    while pending:
        try:
            entries = list(os.scandir(pending.pop()))
        except OSError:
            continue
        for entry in entries:
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError:  # The path is longer than a path may be.
                continue
            found[entry.path] = _content(entry, status)
            if entry.is_dir(follow_symlinks=False):
                pending.append(entry.path)
    return found


def _content(entry: "os.DirEntry[str]", status: os.stat_result) -> object:
    kind = stat.S_IFMT(status.st_mode)
    if kind == stat.S_IFLNK:
        return os.readlink(entry.path)
    if kind != stat.S_IFREG:
        return kind
    if status.st_size > _LARGE:
        return status.st_size, status.st_mtime_ns
    return Path(entry.path).read_bytes()
