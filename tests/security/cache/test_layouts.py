"""Attacks by a database of another layout, and on what `cache clean` deletes."""

import hashlib
import os
import sqlite3
from pathlib import Path

import pytest

from tests.security.cache.conftest import (
    FILE,
    NOT_USED,
    own_cache,
)
from tests.security.conftest import GOOD, Lint, write

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


@pytest.mark.parametrize("tag", [b"", b"Signature: 8a477f597d28d172789f06886806bc55"])
def test_the_folder_of_another_tool_is_taken_for_ours(
    checkout: Path, lint: Lint, tag: bytes
) -> None:
    """Other tools write the first line of the tag only."""
    folder = checkout.parent / "other-tool"
    write(folder, {"CACHEDIR.TAG": tag, ".gitignore": "*\n", "0.5/data": "x"})
    lint(checkout, "cache", "clean", "--cache-dir", str(folder))
    lint(checkout, "check", "--cache-dir", str(folder))
    assert sorted(path.name for path in folder.iterdir()) == [".gitignore", "0.5", "CACHEDIR.TAG"]


@pytest.mark.parametrize("part", ["", FILE])
def test_a_cache_that_anybody_may_write_is_trusted(checkout: Path, lint: Lint, part: str) -> None:
    folder = checkout.parent / "shared"
    assert lint(checkout, "check", SKILL_LINT_CACHE_DIR=str(folder)).code == 1
    (folder / part).chmod(0o777)
    ran = lint(checkout, "check", SKILL_LINT_CACHE_DIR=str(folder))
    assert ran.code == 1
    assert f"{NOT_USED}: " in ran.err
