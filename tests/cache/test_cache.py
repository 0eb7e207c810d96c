"""The cache: never a stale answer, and never in the way, whatever state it is in."""

import errno
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skill_lint.cache import database as store
from skill_lint.cache import location
from skill_lint.cli.commands import check
from skill_lint.cli.main import main
from skill_lint.filesystem import read, recorder
from skill_lint.filesystem import snapshot as watch
from skill_lint.filesystem import status as disk
from tests.support.imports import PARSERS, imported

CACHE = "../home/.cache/skill-lint/results"
"""Seen from the working directory, which the tests fill."""
SKILL = """---
name: {name}
description: Does {name}. Use when testing.
---

# Title

See [a guide](references/guide.md), [its part](references/guide.md#part),
[{other}](../{other}/SKILL.md) and `references/table.md`. <!-- skill-lint: allow broken-link -->
"""
Capture = pytest.CaptureFixture[bytes]
Event = Callable[[], object]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for each in ("home", "here"):
        (tmp_path / each).mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("XDG_CACHE_HOME", "GITHUB_ACTIONS", "SKILL_LINT_CACHE_DIR", "SKILL_LINT_NO_CACHE"):
        monkeypatch.delenv(name, raising=False)
    for name, other in (("a", "b"), ("b", "c"), ("c", "a")):
        folder = Path("skills", name, "references")
        folder.mkdir(parents=True)
        (folder.parent / "SKILL.md").write_text(SKILL.format(name=name, other=other))
        (folder / "guide.md").write_text("# Guide\n\n## Part\n\n[up](../SKILL.md)\n")


def lint(capfdbinary: Capture, *words: str) -> tuple[bytes, int]:
    code = main(["check", *words])
    return capfdbinary.readouterr().out, code


def same_with_and_without(capfdbinary: Capture, *words: str) -> None:
    cached = lint(capfdbinary, *words)
    assert cached == lint(capfdbinary, "--no-cache", *words)


# What may happen to a tree between two runs. Each takes the random numbers it decides by.


def any_file(rng: random.Random) -> Path:
    files = sorted(path for path in Path().rglob("*") if path.is_file())
    return rng.choice(files)


def folders_of_skills() -> list[Path]:
    return sorted(path for path in Path("skills").iterdir() if path.is_dir())


def change_a_byte(rng: random.Random) -> None:
    path = any_file(rng)
    data = bytearray(path.read_bytes() or b"x")
    data[rng.randrange(len(data))] = rng.choice(b"ax#[](`\n- \xff")
    kept = path.stat()
    path.write_bytes(data)
    if rng.random() < 0.5:
        os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns))


def add_text(rng: random.Random) -> None:
    with any_file(rng).open("a") as file:
        file.write(rng.choice(["\n[x](gone.md)\n", "\n## When to Use\n", "\n```\n", " "]))


def rename(rng: random.Random) -> None:
    path = any_file(rng)
    new = path.with_name(rng.choice(["guide.md", "table.md", "skill.md", "SKILL.md", "other.txt"]))
    if not new.exists():
        path.rename(new)


def delete(rng: random.Random) -> None:
    path = any_file(rng)
    if len(list(Path().rglob("SKILL.md"))) > 1:
        path.unlink()


def copy_a_skill(rng: random.Random) -> None:
    name = f"skills/new{rng.randrange(3)}"
    if not Path(name).exists():
        shutil.copytree(rng.choice(folders_of_skills()), name, symlinks=True)


def add_a_file(rng: random.Random) -> None:
    folder = rng.choice(sorted(path for path in Path("skills").rglob("*") if path.is_dir()))
    folder.joinpath(rng.choice(["table.md", "metadata.json", "pyvenv.cfg", ".git"])).write_text(
        rng.choice(["", "# T\n", '{"skill_id": "a/b"}'])
    )


def add_a_link(rng: random.Random) -> None:
    place = rng.choice(folders_of_skills()) / rng.choice(["linked", "references/l.md"])
    if not os.path.lexists(place) and place.parent.is_dir():
        place.symlink_to(rng.choice(["../a", "nowhere", "guide.md", "../references"]))


def change_the_mode(rng: random.Random) -> None:
    any_file(rng).chmod(rng.choice([0o644, 0o600, 0o000]))


def touch(rng: random.Random) -> None:
    os.utime(any_file(rng))


def configure(rng: random.Random) -> None:
    Path(rng.choice([".", "skills"]), ".skill-lint.yaml").write_text(
        rng.choice(["ignore: [broken-link]\n", "extends: agentskills\n", "fail-on: never\n"])
    )


def leave_a_baseline(rng: random.Random) -> None:
    if rng.random() < 0.5:
        Path(".skill-lint-baseline.json").unlink(missing_ok=True)
    else:
        Path(".skill-lint-baseline.json").write_text('{"version": 1, "findings": []}')


def describe(rng: random.Random) -> None:
    """Say what another skill says too, perhaps, or allow that."""
    path = rng.choice([each for each in folders_of_skills() if (each / "SKILL.md").is_file()])
    lines = (path / "SKILL.md").read_bytes().split(b"\n")
    lines[min(2, len(lines) - 1)] = rng.choice(
        [
            b"description: Fills forms of the tax office. Use when a form is to be filled.",
            b"description: Fills forms of the tax office. Use when a form is to be filled. "
            b"# skill-lint: allow duplicate-description, overlapping-description -- on purpose",
            b"description: Fills tax office forms and reads them. Use when a form is to be filled.",
        ]
    )
    (path / "SKILL.md").write_bytes(b"\n".join(lines))


EVENTS: list[Callable[[random.Random], None]] = [
    change_a_byte, change_a_byte, add_text, rename, delete, copy_a_skill, add_a_file, add_a_link,
    change_the_mode, touch, configure, leave_a_baseline, describe, describe, add_text,
]  # fmt: skip


@pytest.mark.parametrize("trusting", [False, True], ids=["young files", "old files"])
@pytest.mark.parametrize("seed", range(4))
def test_never_a_stale_answer(
    seed: int, trusting: bool, capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    if trusting:
        # Files of this test are never old enough to be known by their status alone.
        monkeypatch.setattr(watch, "RACY", 0)
    rng = random.Random(seed)
    Path("skills/a/scripts").mkdir()
    Path("skills/a/scripts/run.py").write_text("print()\n")
    shutil.copytree("skills/a", ".claude/skills/a")
    formats = ([], ["-q"], *(["--output-format", name] for name in ("full", "json", "sarif")))
    for _ in range(25):
        for event in rng.choices(EVENTS, k=rng.randint(1, 2)):
            event(rng)
        if trusting:
            time.sleep(0.01)  # The file system's clock must have ticked.
        same_with_and_without(capfdbinary, *rng.choice(formats))


# What a reviewer found by reading, and no random change would have.


def during_a_run(capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch, change: Event) -> None:
    """Something changes between discovery and linting; the next run must see it."""
    whole = check._Run._lint

    def late(*given: Any) -> Any:
        change()
        return whole(*given)

    with monkeypatch.context() as patch:
        patch.setattr(check._Run, "_lint", late)
        lint(capfdbinary)
    same_with_and_without(capfdbinary)


def a_nested_skill() -> None:
    Path("skills/a/nested").mkdir()
    Path("skills/a/nested/SKILL.md").write_text("---\nname: Bad Name\n---\n")


CHANGES_DURING_A_RUN: list[Event] = [
    a_nested_skill,
    lambda: shutil.rmtree("skills/c"),
    lambda: Path(".skill-lint.yaml").write_text("ignore: [all]\n"),
    lambda: Path(".skill-lint-baseline.json").write_text('{"version": 1, "findings": []}'),
]


@pytest.mark.parametrize("number", range(len(CHANGES_DURING_A_RUN)))
def test_a_change_during_a_run(
    number: int, capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    during_a_run(capfdbinary, monkeypatch, CHANGES_DURING_A_RUN[number])


def test_what_a_baseline_names(capfdbinary: Capture) -> None:
    assert main(["baseline", "."]) == 0
    words = ["skills/a", "--severity", "stale-baseline=warning"]
    lint(capfdbinary, *words)
    shutil.rmtree("skills/b")
    same_with_and_without(capfdbinary, *words)


def test_a_file_that_one_skill_reads_and_another_only_sizes(capfdbinary: Capture) -> None:
    Path("x/y").mkdir(parents=True)
    Path("x/metadata.json").write_text('{"skill_id": "aa/x"}')
    Path("x/y/metadata.json").write_text('{"skill_id": "aa/y"}')
    words = ["--select", "metadata", "x/y", "x"]
    lint(capfdbinary, *words)
    Path("x/y/metadata.json").write_text('{"skill_id": "bb/y"}')
    same_with_and_without(capfdbinary, *words)


def test_a_file_that_could_not_be_read_once(
    capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "RACY", 0)

    def refuse(path: str, *given: Any, **more: Any) -> Any:
        if path.endswith("guide.md"):
            error = OSError(errno.EMFILE, "Too many open files")
            raise read.Unreadable("there are too many open files", disk.unreadable_digest(error))
        return whole(path, *given, **more)

    whole = read.read_bytes
    with monkeypatch.context() as patch:
        patch.setattr(recorder, "read_bytes", refuse)
        assert b"too many open files" in lint(capfdbinary)[0]
    same_with_and_without(capfdbinary)


@pytest.mark.parametrize("where", ["/outside", "."])
def test_an_environment_that_appears(where: str, tmp_path: Path, capfdbinary: Capture) -> None:
    """Folders that are not listed: a link that is not followed, and one beyond a limit."""
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    Path("skills/ext").symlink_to(outside)
    for name in ("z1", "z2"):
        Path("skills/a", name).mkdir()
        Path("skills/a", name, "f").write_text("")
    if where == ".":
        Path(".skill-lint.yaml").write_text("limits: {files-per-skill: 4}\n")
    lint(capfdbinary)
    (outside if where != "." else Path("skills/a/z1")).joinpath("pyvenv.cfg").write_text("")
    same_with_and_without(capfdbinary)


def test_a_configuration_beyond_what_is_read_to_know_it_again(
    capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "MOST_HASHED", 10)
    Path(".skill-lint.yaml").write_text("fail-on: error\n")
    lint(capfdbinary)
    Path(".skill-lint.yaml").write_text("fail-on: never\n")
    same_with_and_without(capfdbinary)


def test_a_checkout_that_is_a_dangling_link(
    capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(".git").symlink_to("gone")
    monkeypatch.chdir("skills")
    lint(capfdbinary, "--output-format", "github")
    Path("../gone").mkdir()
    same_with_and_without(capfdbinary, "--output-format", "github")


def kept() -> dict[str, bytes]:
    with sqlite3.connect(Path(CACHE, location.FILE)) as connection:
        return dict(connection.execute("SELECT key, value FROM entries").fetchall())


def test_after_one_change_only_that_skill_is_linted(capfdbinary: Capture) -> None:
    lint(capfdbinary)
    before = kept()
    assert len(before) == 4, "three skills, and the run"
    Path("skills/a/SKILL.md").write_text("---\nname: a\n---\n")
    lint(capfdbinary)
    after = kept()
    assert before.keys() == after.keys()
    assert sum(before[key] != after[key] for key in before) == 2, "one skill, and the run"


def test_files_are_known_by_their_bytes_after_a_checkout(capfdbinary: Capture) -> None:
    first = lint(capfdbinary)
    for path in Path("skills").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            path.unlink()
            path.write_bytes(data)
    assert not imported([]) & PARSERS
    assert lint(capfdbinary) == first


def test_a_run_from_another_place_shows_its_own_paths(
    capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    lint(capfdbinary)
    monkeypatch.chdir("skills")
    same_with_and_without(capfdbinary)


def rewrite(name: str, old: str, new: str) -> None:
    path = Path("skills", name, "SKILL.md")
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_after_an_edit_the_others_are_not_judged(capfdbinary: Capture) -> None:
    rewrite("c", "../a/SKILL.md", "https://example.org")
    lint(capfdbinary)
    rewrite("a", "# Title", "# Another title")
    found = imported([])
    assert "skill_lint.cache.incremental" in found
    assert "skill_lint.engine.check_collection" not in found
    same_with_and_without(capfdbinary)


WORDS = [
    "", "-q", "--output-format full", "--output-format concise --color always", "--statistics",
    "--show-suppressed", "--output-format github", "--fail-on warning", "--select collection",
    "--output-format full --exit-zero", "skills/b skills", "skills/b", "--preset agentskills",
    "--output-format json",
]  # fmt: skip
OVERLAP = "description: Does a. Use when testing."
ALLOWED = f"{OVERLAP} # skill-lint: allow duplicate-description -- on purpose"


@pytest.mark.parametrize("line", WORDS)
def test_what_one_skill_changes_in_what_is_said_of_another(line: str, capfdbinary: Capture) -> None:
    """Each step changes one skill, and with it a finding of another one."""
    words = line.split()
    same_with_and_without(capfdbinary, *words)
    for name, old, new in (
        ("b", "description: Does b. Use when testing.", OVERLAP),
        ("a", OVERLAP, ALLOWED),
        ("b", OVERLAP, "description: Something else."),
        ("a", ALLOWED, OVERLAP),
        ("c", "name: c", "name: a"),
        ("c", "[a](../a/SKILL.md)", "[a](../a/references/gone.md)"),
        ("a", "# Title", "## When to Use\n\nAlways."),
    ):
        rewrite(name, old, new)
        same_with_and_without(capfdbinary, *words)


def test_a_copy_that_drifts(capfdbinary: Capture) -> None:
    shutil.copytree("skills/a", ".claude/skills/a")
    for text in ("# Title", "# Other", "# Title\n\nMore.", "# Title"):
        for folder in ("skills/a", ".claude/skills/a"):
            path = Path(folder, "SKILL.md")
            head, _, rest = path.read_text().partition("# ")
            path.write_text(f"{head}{text}\n\nSee{rest.partition('See')[2]}")
            same_with_and_without(capfdbinary)


def test_a_file_outside_of_the_skill_that_links_to_it(capfdbinary: Capture) -> None:
    """The one skill is shown by its folder's name, which the other one's link tells."""
    words = ["skills/a", "skills/b"]
    lint(capfdbinary, *words)
    Path("skills/c").rename("skills/d")
    same_with_and_without(capfdbinary, *words)
    Path("skills/d").rename("skills/c")
    same_with_and_without(capfdbinary, *words)


@pytest.mark.parametrize("part", ["", "null", "[]", "[[true, [], []], [], [[1]]]", "x"])
def test_parts_of_another_making(part: str, capfdbinary: Capture) -> None:
    lint(capfdbinary)
    with sqlite3.connect(Path(CACHE, location.FILE)) as connection:
        for key, value in connection.execute("SELECT key, value FROM entries").fetchall():
            whole = store._unsealed(key, value)
            assert whole is not None
            other = b"\n".join((*whole.split(b"\n")[:-1], part.encode()))
            row = (store._sealed(key, other), key)
            connection.execute("UPDATE entries SET value = ? WHERE key = ?", row)
    rewrite("a", "# Title", "# Another title")
    same_with_and_without(capfdbinary)


def damage(how: str) -> None:
    file = Path(CACHE, location.FILE)
    data = file.read_bytes()
    if how == "no database":
        file.write_bytes(b"no database at all")
    elif how == "truncated":
        file.write_bytes(data[: len(data) // 2])
    elif how == "empty":
        file.write_bytes(b"")
    elif how == "a folder":
        file.unlink()
        file.mkdir()
    elif how == "flipped bytes":
        rng, damaged = random.Random(0), bytearray(data)
        for _ in range(2_000):
            damaged[rng.randrange(4_096, len(data))] ^= 0xFF
        file.write_bytes(damaged)
    else:
        with sqlite3.connect(file) as connection:
            sql = {
                "no table": "DROP TABLE entries",
                "other table": "ALTER TABLE entries ADD x TEXT",
                "no day": "UPDATE entries SET used = 'never'",
            }
            connection.execute(sql[how])


@pytest.mark.parametrize(
    "how",
    ["no database", "truncated", "empty", "a folder", "flipped bytes", "no table", "other table",
     "no day"],
)  # fmt: skip
def test_a_damaged_cache_is_as_good_as_none(how: str, capfdbinary: Capture) -> None:
    first = lint(capfdbinary)
    damage(how)
    assert lint(capfdbinary) == first
    assert not capfdbinary.readouterr().err
    assert lint(capfdbinary) == first


@pytest.mark.skipif(
    not shutil.which("setpriv") or os.geteuid() != 0, reason="only root can give up its powers"
)
def test_who_may_read_less_is_told_nothing_else(
    capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "RACY", 0)
    Path("skills/a/references").mkdir(exist_ok=True)
    secret = Path("skills/a/references/secret.md")
    secret.write_text("[gone](gone.md)\n")
    secret.chmod(0)
    os.utime(secret, (0, 0))
    rewrite("a", "# Title", "# Title\n\n[secret](references/secret.md)")
    assert b"gone.md" in lint(capfdbinary)[0]
    words = [
        "setpriv",
        "--bounding-set=-all",
        "--inh-caps=-all",
        sys.executable,
        "-m",
        "skill_lint",
    ]
    done = subprocess.run(words, capture_output=True, check=False)
    assert b"permission denied" in done.stdout


@pytest.mark.parametrize("text", ["null", "[]", "{}", '[[{}, {}], "text", 0]', '{"watch": 3}', "x"])
def test_values_of_another_making_are_linted_anew(text: str, capfdbinary: Capture) -> None:
    first = lint(capfdbinary)
    with sqlite3.connect(Path(CACHE, location.FILE)) as connection:
        for (key,) in connection.execute("SELECT key FROM entries").fetchall():
            value = store._sealed(key, text.encode())
            connection.execute("UPDATE entries SET value = ? WHERE key = ?", (value, key))
    assert lint(capfdbinary) == first


def test_a_full_disk_costs_the_cache_and_nothing_else() -> None:
    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))

    command = [sys.executable, "-m", "skill_lint"]
    plain = subprocess.run([*command, "--no-cache"], capture_output=True, check=False)
    for words, warnings in (([], 0), (["--cache-dir", "../elsewhere"], 1)):
        done = subprocess.run(
            [*command, *words], capture_output=True, check=False, preexec_fn=no_room
        )
        assert (done.stdout, done.returncode) == (plain.stdout, plain.returncode)
        assert done.stderr.count(b"the cache is not used") == warnings


def test_a_folder_that_cannot_be_written(capfdbinary: Capture) -> None:
    Path("../taken").write_text("a file")
    first = lint(capfdbinary, "--no-cache")
    code = main(["check", "--cache-dir", "../taken/cache"])
    captured = capfdbinary.readouterr()
    assert (captured.out, code) == first
    assert captured.err.count(b"the cache is not used") == 1


def test_two_runs_at_once() -> None:
    command = [sys.executable, "-m", "skill_lint"]
    plain = subprocess.run([*command, "--no-cache"], capture_output=True, check=False)
    runs = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(6)
    ]
    for run in runs:
        assert run.communicate() == (plain.stdout, b"")
        assert run.returncode == plain.returncode


def test_the_cache_stays_small(capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_BYTES", 20_000)
    monkeypatch.setattr(store, "_MOST_FILE", 2_000_000)
    for number in range(10):
        Path("skills/a/SKILL.md").write_text(SKILL.format(name="a", other=str(number)))
        lint(
            capfdbinary,
            "--select",
            "broken-link",
            "--ignore",
            f"{['key-case', 'long-name'][number % 2]}",
        )
        assert store.Database(str(Path(CACHE).resolve()), 0).totals()[1] <= 20_000


def test_git_does_not_see_it(capfdbinary: Capture) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    before = subprocess.check_output(["git", "status", "--porcelain", "-uall"])
    lint(capfdbinary)
    assert Path(CACHE, "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06")
    assert subprocess.check_output(["git", "status", "--porcelain", "-uall"]) == before


def test_a_run_that_lints_nothing_leaves_nothing(capfdbinary: Capture) -> None:
    Path("empty").mkdir()
    assert main(["check", "empty"]) == 2
    assert main(["check", "--list-skills"]) == 0
    assert main(["check", "--diff"]) in (0, 1)
    assert not Path(CACHE).exists()


def test_where_it_is(capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    lint(capfdbinary, "--no-cache")
    assert not Path(CACHE).exists()
    monkeypatch.setenv("SKILL_LINT_CACHE_DIR", "../from-the-environment")
    lint(capfdbinary)
    lint(capfdbinary, "--cache-dir", "../given")
    assert Path("../from-the-environment", location.FILE).exists()
    assert Path("../given", location.FILE).exists()
    assert not Path(CACHE).exists()


def test_info_and_clean(capfdbinary: Capture) -> None:
    lint(capfdbinary)
    Path(CACHE, "someone-elses").write_text("")
    assert main(["cache", "info"]) == 0
    assert b"4 results, 0.0 MB" in capfdbinary.readouterr().out
    assert main(["cache", "clean"]) == 0
    assert b"deleted 4 results" in capfdbinary.readouterr().out
    left = sorted(path.name for path in Path(CACHE).iterdir())
    assert left == [location.TAG, "someone-elses"], "still known as a cache"
    Path(CACHE, "someone-elses").unlink()
    assert main(["cache", "clean"]) == 0
    assert not Path(CACHE).exists()
