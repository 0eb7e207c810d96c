"""Attacks on the cache: results that nobody found, and files that do more than hold results."""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, GOOD, TREE, Lint, git, write

Make = Callable[[Mapping[str, str | bytes]], Path]
FILE = next(
    found[1]
    for module in sorted((TREE / "skill_lint" / "cache").glob("*.py"))
    if (found := re.search(r'^FILE = "(.*)"', module.read_text(), re.MULTILINE))
)
"""The name of the database, which other revisions call otherwise."""
IN_CHECKOUT = ".skill_lint_cache"
NOT_USED = "the cache is not used"
FORGED = "NOTHING IS WRONG\n"
"""What a forged run prints."""


@pytest.fixture
def checkout(repository: Make) -> Path:
    """A checkout with an error, old enough that a cached run trusts its files."""
    folder = repository({"bad/SKILL.md": BROKEN.format(name="bad")})
    time.sleep(2.1)
    return folder


def own_cache(home: Path) -> Path:
    return home / ".cache" / "skill-lint" / "results"


def passed(text: str) -> list[object]:
    return [text, 0]


def forge(folder: Path) -> None:
    """Rewrite each kept run, so that it found nothing, and seal it anew."""
    with sqlite3.connect(folder / FILE) as connection:
        for key, sealed in connection.execute("SELECT key, value FROM entries").fetchall():
            lines = sealed[32:].split(b"\n")
            if len(lines) != 4:  # The entry of a skill, not of a run.
                continue
            lines[2] = json.dumps(passed(FORGED)).encode()
            value = b"\n".join(lines)
            seal = hashlib.blake2b(key.encode() + value, digest_size=16).hexdigest().encode()
            row = (seal + value, key)
            connection.execute("UPDATE entries SET value = ? WHERE key = ?", row)


def forged(lint: Lint, checkout: Path, into: Path, *words: str) -> Path:
    """A forged cache of a run in the checkout, made elsewhere and put into a folder."""
    workshop = checkout.parent / "workshop"
    assert lint(checkout, "check", *words, SKILL_LINT_CACHE_DIR=str(workshop)).code == 1
    forge(workshop)
    into.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(workshop, into)
    return into


def test_the_setting_forges_what_a_run_replays(checkout: Path, lint: Lint) -> None:
    """A guard: in a folder that the person named and filled, the forgery works."""
    folder = forged(lint, checkout, checkout.parent / "theirs")
    ran = lint(checkout, "check", SKILL_LINT_CACHE_DIR=str(folder))
    assert (ran.code, ran.out) == (0, FORGED)


@pytest.mark.parametrize("is_tracked", [True, False], ids=["committed", "in an archive"])
@pytest.mark.parametrize("words", [[], ["bad"], ["--output-format", "json"], ["-q"]])
def test_a_forged_cache_in_the_checkout_passes(
    checkout: Path, lint: Lint, words: list[str], is_tracked: bool
) -> None:
    forged(lint, checkout, checkout / IN_CHECKOUT, *words)
    if is_tracked:
        git(checkout, "add", "--all", "--force")
        git(checkout, "commit", "--quiet", "--message=Cache")
    ran = lint(checkout, "check", *words)
    assert ran.code == 1
    assert FORGED not in ran.said


@pytest.mark.parametrize("place", [IN_CHECKOUT, ".cache/x", ".git/cache", "bad/c", "bad/../c"])
@pytest.mark.parametrize("how", ["option", "variable", "absolute", "from below"])
def test_a_forged_cache_in_the_checkout_that_the_person_names_passes(
    checkout: Path, lint: Lint, place: str, how: str
) -> None:
    """CI configurations name such folders, and the attacker reads them."""
    folder = checkout / "bad" if how == "from below" else checkout
    given = {"absolute": str(checkout / place), "from below": f"../{place}"}.get(how, place)
    words = ["check"] if how == "variable" else ["check", "--cache-dir", given]
    cache = given if how == "variable" else ""
    lint(folder, *words, SKILL_LINT_CACHE_DIR=cache)
    if (checkout / place / FILE).exists():
        forge(checkout / place)
    ran = lint(folder, *words, SKILL_LINT_CACHE_DIR=cache)
    assert ran.code == 1
    assert FORGED not in ran.said
    assert ran.err.count(NOT_USED) == 1
    assert "outside" in ran.err
    assert not (checkout / place / FILE).exists()


def test_a_cache_in_an_archive_that_the_person_names_passes(tmp_path: Path, lint: Lint) -> None:
    """No checkout: an unpacked archive."""
    folder = write(tmp_path / "archive", {"bad/SKILL.md": BROKEN.format(name="bad")})
    time.sleep(2.1)
    words = ["check", "--cache-dir", "cache"]
    lint(folder, *words)
    if (folder / "cache" / FILE).exists():
        forge(folder / "cache")
    ran = lint(folder, *words)
    assert ran.code == 1
    assert NOT_USED in ran.err


def test_the_cache_of_an_outer_checkout_passes(checkout: Path, lint: Lint) -> None:
    """A submodule's run, with the cache in the project around it."""
    inner = write(checkout / "inner", {"bad/SKILL.md": BROKEN.format(name="bad")})
    git(inner, "init", "--quiet")
    time.sleep(2.1)
    words = ["check", "--cache-dir", "../cache"]
    lint(inner, *words)
    if (checkout / "cache" / FILE).exists():
        forge(checkout / "cache")
    assert lint(inner, *words).code == 1


@pytest.mark.parametrize("link", ["cache", "deep/cache"])
@pytest.mark.parametrize("given", ["{link}", "{link}/below", "{link}/../sibling"])
def test_a_link_in_the_checkout_leads_the_cache_out(
    checkout: Path, lint: Lint, link: str, given: str
) -> None:
    target = checkout.parent / "elsewhere" / "target"
    target.mkdir(parents=True)
    (checkout / link).parent.mkdir(exist_ok=True)
    (checkout / link).symlink_to(target)
    ran = lint(checkout, "check", "--cache-dir", given.format(link=link))
    assert ran.code == 1
    assert NOT_USED in ran.err
    assert not [*target.parent.rglob("*.sqlite"), *target.parent.rglob("CACHEDIR.TAG")]


@pytest.mark.parametrize("kind", ["link", "dangling link", "file", "pipe"])
def test_a_default_cache_that_is_something_else_is_written(
    checkout: Path, lint: Lint, kind: str
) -> None:
    """In the place of the cache in the checkout lies a link out of it."""
    place, target = checkout / IN_CHECKOUT, checkout.parent / "target"
    if kind == "link":
        target.mkdir()
        place.symlink_to(target)
    elif kind == "dangling link":
        place.symlink_to(target)
    elif kind == "file":
        place.write_text("")
    else:
        os.mkfifo(place)
    assert lint(checkout, "check").code == 1
    assert lint(checkout, "cache", "clean").code == 0
    assert not target.is_dir() or not list(target.iterdir())
    assert os.path.lexists(place)


def plant(file: Path, how: str, target: Path) -> None:
    """Replace the database by something else."""
    data = file.read_bytes()
    file.unlink()
    if how == "a link":
        target.write_bytes(data)
        file.symlink_to(target)
    elif how == "a dangling link":
        file.symlink_to(target)
    elif how == "a hard link":
        target.write_bytes(data)
        os.link(target, file)
    elif how == "a pipe":
        os.mkfifo(file)
    elif how == "a folder":
        file.mkdir()
    elif how == "a device":
        file.symlink_to("/dev/zero")
    elif how == "a huge file":
        file.touch()
        os.truncate(file, 1 << 42)
    else:
        file.write_bytes(data)
        beside = file.with_name(f"{FILE}-{how.rpartition(' ')[2]}")
        if how.startswith("a link beside"):
            beside.symlink_to(target)
        else:
            beside.write_text("x")


PLANTED = [
    "a link", "a dangling link", "a hard link", "a pipe", "a folder", "a device", "a huge file",
    "a file beside it: journal", "a file beside it: wal", "a file beside it: shm",
    "a link beside it: journal", "a link beside it: wal",
]  # fmt: skip


@pytest.mark.parametrize("named", [False, True], ids=["default", "named"])
@pytest.mark.parametrize("how", PLANTED)
def test_a_file_of_the_cache_that_is_none_is_followed(
    checkout: Path, home: Path, lint: Lint, how: str, named: bool
) -> None:
    folder = checkout.parent / "named" if named else own_cache(home)
    given = str(folder) if named else ""
    expected = lint(checkout, "check", SKILL_LINT_NO_CACHE="1")
    lint(checkout, "check", SKILL_LINT_CACHE_DIR=str(folder))
    target = checkout.parent / "target"
    plant(folder / FILE, how, target)
    before = target.read_bytes() if target.exists() else None
    ran = lint(checkout, "check", SKILL_LINT_CACHE_DIR=given)
    assert (ran.code, ran.out) == (expected.code, expected.out)
    assert ran.err.count(NOT_USED) == 1, "one line says so"
    assert ("cache clean" in ran.err) or ("--cache-dir" in ran.err), "and what to do"
    assert (target.read_bytes() if target.exists() else None) == before


LAYOUTS = {
    "a trigger that never ends": """CREATE TRIGGER t BEFORE UPDATE ON entries BEGIN
        INSERT INTO entries SELECT hex(randomblob(8)), 1, 1, x'00' FROM (WITH RECURSIVE r(n) AS
        (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r); END""",
    "a trigger on insert": """CREATE TRIGGER t AFTER INSERT ON entries BEGIN
        INSERT OR IGNORE INTO entries SELECT n, 1, 1, x'00' FROM (WITH RECURSIVE r(n) AS
        (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r); END""",
    "a trigger that deletes": """CREATE TRIGGER t AFTER INSERT ON entries
        BEGIN DELETE FROM entries; END""",
    "another table": "CREATE TABLE other (x)",
    "an index": "CREATE INDEX i ON entries (used)",
    "a view": "CREATE VIEW v AS SELECT * FROM entries",
    "a view named entries": """DROP TABLE entries; CREATE VIEW entries AS
        WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r)
        SELECT n AS key, 1 AS size, 1 AS used, x'00' AS value FROM r""",
    "another column": "ALTER TABLE entries ADD extra TEXT",
    "a generated column": "ALTER TABLE entries ADD g AS (zeroblob(1000000000))",
    "a check": """DROP TABLE entries; CREATE TABLE entries (key TEXT PRIMARY KEY,
        size INTEGER NOT NULL, used INTEGER NOT NULL, value BLOB NOT NULL
        CHECK (length(randomblob(900000000)))) WITHOUT ROWID""",
    "a default": """DROP TABLE entries; CREATE TABLE entries (key TEXT PRIMARY KEY,
        size INTEGER, used INTEGER, value BLOB)""",
    "a virtual table": """DROP TABLE entries;
        CREATE VIRTUAL TABLE entries USING fts5(key, size, used, value)""",
    "a thousand tables": ";".join(f"CREATE TABLE t{n} (x)" for n in range(1_000)),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_database_of_another_layout_hangs_or_is_off_in_silence(
    checkout: Path, lint: Lint, layout: str
) -> None:
    given = str(checkout.parent / "named")
    expected = lint(checkout, "check", SKILL_LINT_CACHE_DIR=given)
    with sqlite3.connect(checkout.parent / "named" / FILE) as connection:
        connection.executescript(LAYOUTS[layout])
    write(checkout, {"new/SKILL.md": GOOD.format(name="new")})
    ran = lint(checkout, "check", SKILL_LINT_CACHE_DIR=given)
    assert ran.code == expected.code
    assert "2 skills" in ran.out
    assert ran.err.count(NOT_USED) == 1
    assert "cache clean" in ran.err
    assert lint(checkout, "cache", "info", SKILL_LINT_CACHE_DIR=given).code == 2
    assert lint(checkout, "cache", "clean", SKILL_LINT_CACHE_DIR=given).code == 0
    assert NOT_USED not in lint(checkout, "check", SKILL_LINT_CACHE_DIR=given).err, (
        "the remedy helps"
    )


def test_a_database_in_the_mode_wal_makes_files_beside_it(checkout: Path, lint: Lint) -> None:
    folder = checkout.parent / "named"
    lint(checkout, "check", SKILL_LINT_CACHE_DIR=str(folder))
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    assert lint(checkout, "check", SKILL_LINT_CACHE_DIR=str(folder)).code == 1
    assert not list(folder.glob("*-wal"))


VALUES = {
    "nested": b"[" * 200_000,
    "digits": b"9" * 100_000,
    "infinite": b'{}\n{}\n["x", 1e999]\n',
    "null": b"null\nnull\nnull\nnull",
    "types": b'[[],[],[],[]]\n[{},{},{},{}]\n[[], {}]\n',
    "no UTF-8": b"\xff\n\xff\n\xff\n\xff",
    "nested inputs": b'[' * 50_000 + b"\n{}\n[]\n",
    "keys": b'[{"a": {"b": {"c": 1}}}, {}, {}, {}]\n[{}, {}, {}, {}]\n["x", 0]\n',
}  # fmt: skip


@pytest.mark.parametrize("value", VALUES)
def test_a_value_of_another_making_ends_the_run(checkout: Path, lint: Lint, value: str) -> None:
    """In a folder that the person named. What is kept is data, whoever wrote it."""
    given = str(checkout.parent / "named")
    expected = lint(checkout, "check", SKILL_LINT_CACHE_DIR=given)
    with sqlite3.connect(checkout.parent / "named" / FILE) as connection:
        for (key,) in connection.execute("SELECT key FROM entries").fetchall():
            whole = key.encode() + VALUES[value]
            seal = hashlib.blake2b(whole, digest_size=16).hexdigest().encode()
            row = (seal + VALUES[value], key)
            connection.execute("UPDATE entries SET value = ? WHERE key = ?", row)
    ran = lint(checkout, "check", SKILL_LINT_CACHE_DIR=given)
    assert (ran.code, ran.out) == (expected.code, expected.out)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root has others")
@pytest.mark.parametrize("part", ["", FILE, "CACHEDIR.TAG"])
def test_the_cache_of_another_user_is_trusted(checkout: Path, lint: Lint, part: str) -> None:
    folder = forged(lint, checkout, checkout.parent / "shared")
    os.chown(folder / part, 12_345, 12_345)
    ran = lint(checkout, "check", SKILL_LINT_CACHE_DIR=str(folder))
    assert ran.code == 1
    assert f"{NOT_USED}: " in ran.err
    assert "another user" in ran.err


@pytest.mark.parametrize("how", ["link", "link above", "no tag", "other tag"])
def test_clean_deletes_what_it_did_not_make(checkout: Path, lint: Lint, how: str) -> None:
    target = checkout.parent / "target" / "inner"
    lint(checkout, "check", SKILL_LINT_CACHE_DIR=str(target))
    write(target, {".gitignore": "*\n"})
    given = str(target)
    if how == "link":
        (checkout / "cache").symlink_to(target)
        given = "cache"
    elif how == "link above":
        (checkout / "cache").symlink_to(target.parent)
        given = "cache/inner"
    elif how == "no tag":
        (target / "CACHEDIR.TAG").unlink()
    else:
        (target / "CACHEDIR.TAG").write_text(
            "Signature: 8a477f597d28d172789f06886806bc55\n# ours\n"
        )
    before = sorted(path.name for path in target.iterdir())
    ran = lint(checkout, "cache", "clean", "--cache-dir", given)
    assert ran.code == 2
    assert sorted(path.name for path in target.iterdir()) == before


def test_clean_follows_a_link_in_the_cache(checkout: Path, home: Path, lint: Lint) -> None:
    """A guard: links and folders with our names are left, and named."""
    folder = own_cache(home)
    lint(checkout, "check", SKILL_LINT_CACHE_DIR=str(folder))
    precious = write(checkout.parent, {"precious": "x"}) / "precious"
    (folder / ".gitignore").unlink(missing_ok=True)
    (folder / ".gitignore").symlink_to(precious)
    (folder / f"{FILE}-wal").mkdir()
    (folder / "notes.txt").write_text("")
    ran = lint(checkout, "cache", "clean", SKILL_LINT_CACHE_DIR=str(folder))
    assert ran.code == 0
    for name in (".gitignore", f"{FILE}-wal", "notes.txt"):
        assert os.path.lexists(folder / name)
        assert name in ran.out
    assert precious.read_text() == "x"


def test_a_folder_of_other_files_becomes_a_cache(checkout: Path, lint: Lint) -> None:
    """A tag in it would keep a person's files out of the backup."""
    folder = write(checkout.parent / "documents", {"letter.txt": "x"})
    ran = lint(checkout, "check", SKILL_LINT_CACHE_DIR=str(folder))
    assert NOT_USED in ran.err
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


# What honest users do goes on working.


def is_replayed(lint: Lint, folder: Path, cache: Path, *words: str, given: str = "") -> bool:
    """Whether a second run prints what the first one has kept. `given` is the named folder."""
    first = lint(folder, *words, SKILL_LINT_CACHE_DIR=given)
    assert NOT_USED not in first.err
    if not (cache / FILE).exists():
        return False
    forge(cache)
    return lint(folder, *words, SKILL_LINT_CACHE_DIR=given).out == FORGED


def test_honest_the_default_is_the_users_own_cache(checkout: Path, home: Path, lint: Lint) -> None:
    assert is_replayed(lint, checkout, own_cache(home), "check")
    assert not git(checkout, "status", "--porcelain", "--ignored"), "nothing in the checkout"
    assert own_cache(home).stat().st_mode & 0o777 == 0o700
    assert (own_cache(home) / FILE).stat().st_mode & 0o777 == 0o600


def test_honest_a_folder_beside_the_checkout(checkout: Path, lint: Lint) -> None:
    """As the action names it, in the runner's folder for temporary files."""
    cache = checkout.parent / "temp" / "skill-lint-cache"
    assert is_replayed(lint, checkout, cache, "check", given=str(cache))


def test_honest_a_folder_that_was_restored(checkout: Path, lint: Lint) -> None:
    """actions/cache unpacks the folder: new inodes, new times."""
    cache = checkout.parent / "cache"
    first = lint(checkout, "check", SKILL_LINT_CACHE_DIR=str(cache))
    shutil.copytree(cache, checkout.parent / "copy")
    shutil.rmtree(cache)
    shutil.copytree(checkout.parent / "copy", cache, copy_function=shutil.copyfile)
    forge(cache)
    ran = lint(checkout, "check", SKILL_LINT_CACHE_DIR=str(cache))
    assert (first.code, ran.out, ran.err) == (1, FORGED, "")


def test_honest_an_empty_folder_such_as_a_volume(checkout: Path, lint: Lint) -> None:
    cache = checkout.parent / "volume"
    cache.mkdir(mode=0o777)
    assert is_replayed(lint, checkout, cache, "check", given=str(cache))


def test_honest_a_folder_behind_a_link_outside(checkout: Path, lint: Lint) -> None:
    disk = checkout.parent / "disk"
    disk.mkdir()
    (checkout.parent / "link").symlink_to(disk)
    given = str(checkout.parent / "link" / "cache")
    assert is_replayed(lint, checkout, disk / "cache", "check", given=given)


def test_honest_a_home_that_is_a_checkout(checkout: Path, home: Path, lint: Lint) -> None:
    git(home, "init", "--quiet")
    assert is_replayed(lint, checkout, own_cache(home), "check")
    named = home / "named"
    assert is_replayed(lint, checkout, named, "check", given=str(named))


def test_honest_skills_in_the_home_directory(home: Path, lint: Lint) -> None:
    write(home, {".claude/skills/bad/SKILL.md": BROKEN.format(name="bad")})
    time.sleep(2.1)
    assert is_replayed(lint, home, own_cache(home), "check", ".claude/skills")


def test_honest_a_worktree(checkout: Path, home: Path, lint: Lint) -> None:
    git(checkout, "worktree", "add", "--quiet", "../tree")
    time.sleep(2.1)
    assert is_replayed(lint, checkout.parent / "tree", own_cache(home), "check")


@pytest.mark.parametrize("home", ["/nonexistent", "", ".", "/proc", "/dev/null", "no/where"])
def test_honest_no_home_is_no_news(checkout: Path, lint: Lint, home: str) -> None:
    ran = lint(checkout, "check", HOME=home)
    assert (ran.code, ran.err) == (1, "")
    assert "broken-link" in ran.out
    assert not Path("/nonexistent").exists()
    assert not git(checkout, "status", "--porcelain", "--ignored")


@pytest.mark.parametrize("inside", ["HOME", "XDG_CACHE_HOME"])
def test_a_home_in_the_checkout_holds_a_forged_cache(
    checkout: Path, home: Path, lint: Lint, inside: str
) -> None:
    """Some CI systems set it so. It is not used, and nobody asked for it: no line."""
    place = checkout / "h"
    below = ".cache/skill-lint/results" if inside == "HOME" else "skill-lint/results"
    forged(lint, checkout, place / below)
    base = str(place) if inside == "XDG_CACHE_HOME" else ""
    own = str(home if base else place)
    ran = lint(checkout, "check", HOME=own, XDG_CACHE_HOME=base)
    assert (ran.code, ran.err) == (1, "")
    info = lint(checkout, "cache", "info", HOME=own, XDG_CACHE_HOME=base)
    assert info.code == 2
    assert "outside of it" in info.err


def test_honest_a_relative_variable_is_ignored(checkout: Path, home: Path, lint: Lint) -> None:
    lint(checkout, "check", XDG_CACHE_HOME="cache")
    assert (own_cache(home) / FILE).exists()
    assert not (checkout / "cache").exists()
