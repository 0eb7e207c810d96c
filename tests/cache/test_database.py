"""A cache in any state costs no answer: damaged, of another version, full, used twice at once."""

import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from skill_lint.cache import database as store
from skill_lint.cache import location
from skill_lint.cli.main import main
from skill_lint.filesystem import snapshot as watch
from tests.support.cached import CACHE, SKILL, Capture, lint, rewrite, same_with_and_without

RUN, SKILL_ENTRY = 4, 5
"""Lines of the entry of a run, and of the entry of a skill."""


NOT_OURS = ["", "null", "[]", "5", "{}", "x", "[[true, [], []], [], [[1]]]", "[" * 100_000]


def replace_line(number: int, line: str, lines: int) -> None:
    """Give another line to each entry with this number of lines, under a seal of ours."""
    with sqlite3.connect(Path(CACHE, location.FILE)) as connection:
        for key, value in connection.execute("SELECT key, value FROM entries").fetchall():
            whole = (store._unsealed(key, value) or b"").split(b"\n")
            if len(whole) == lines:
                whole[number] = line.encode()
                row = (store._sealed(key, b"\n".join(whole)), key)
                connection.execute("UPDATE entries SET value = ? WHERE key = ?", row)


@pytest.mark.parametrize("number", range(RUN))
@pytest.mark.parametrize("line", [*NOT_OURS, '["forged", "2"]', '["forged", 18446744073709551617]'])
def test_a_run_of_another_making(number: int, line: str, capfdbinary: Capture) -> None:
    lint(capfdbinary)
    replace_line(number, line, RUN)
    rewrite("a", "# Title", "# Another title")
    same_with_and_without(capfdbinary)


@pytest.mark.parametrize("number", range(SKILL_ENTRY))
@pytest.mark.parametrize("line", NOT_OURS)
def test_the_result_of_a_skill_of_another_making(
    number: int, line: str, capfdbinary: Capture
) -> None:
    lint(capfdbinary)
    replace_line(number, line, SKILL_ENTRY)
    same_with_and_without(capfdbinary, "--severity", "broken-link=warning")
    lint(capfdbinary)
    replace_line(number, line, SKILL_ENTRY)
    same_with_and_without(capfdbinary, "--output-format=json")


def test_the_result_of_another_skill(capfdbinary: Capture) -> None:
    lint(capfdbinary)
    with sqlite3.connect(Path(CACHE, location.FILE)) as connection:
        rows = connection.execute("SELECT key, value FROM entries").fetchall()
        found = {key: store._unsealed(key, value) for key, value in rows}
        (*_, first) = (value for value in found.values() if value and value.count(b"\n") == 4)
        for key in found:
            row = (store._sealed(key, first), key)
            connection.execute("UPDATE entries SET value = ? WHERE key = ?", row)
    same_with_and_without(capfdbinary, "--output-format=json")


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
