"""Only what changed: real repositories, made by the test."""

import subprocess
from pathlib import Path

import pytest

from skill_lint.cli.main import main

SKILL = "---\nname: {name}\ndescription: Use when testing.\n---\n\n# Title\n\n[x](old.md)\n"
OPTIONS = ["--isolated", "--select", "broken-link", "--output-format", "concise", "-q"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def git(*words: str) -> str:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *identity, *words], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def repository(skills: int) -> None:
    git("init", "-q", "-b", "main")
    for number in range(skills):
        write(f"skills/s{number}/SKILL.md", SKILL.format(name=f"s{number}"))
    git("add", "-A")
    git("commit", "-qm", "first")


def found(capfd: pytest.CaptureFixture[str], *words: str) -> list[str]:
    main([*words, *OPTIONS])
    return [line.partition(": ")[0] for line in capfd.readouterr().out.splitlines()]


def test_three_of_two_hundred(capfd: pytest.CaptureFixture[str]) -> None:
    repository(200)
    git("checkout", "-qb", "topic")
    write("skills/s7/SKILL.md", SKILL.format(name="s7") + "\n[y](new.md)\n")
    write("skills/s20/references/a.md", "[z](gone.md)\n")
    git("add", "-A")
    git("commit", "-qm", "second")
    write("skills/s150/references/b.md", "[z](gone.md)\n")
    assert found(capfd, "--changed-since", "main") == [
        "skills/s150/SKILL.md:8:5",
        "skills/s150/references/b.md:1:5",
        "skills/s20/SKILL.md:8:5",
        "skills/s20/references/a.md:1:5",
        "skills/s7/SKILL.md:8:5",
        "skills/s7/SKILL.md:10:5",
    ]
    assert found(capfd, "--changed-since", "main", "--new-only") == [
        "skills/s150/references/b.md:1:5",
        "skills/s20/references/a.md:1:5",
        "skills/s7/SKILL.md:10:5",
    ]


def test_deletions_renames_and_odd_names(capfd: pytest.CaptureFixture[str]) -> None:
    repository(3)
    write("skills/s0/references/gone.md", "text\n")
    write("skills/s1/references/old.md", "text\n" * 20)
    write("skills/s2/references/café 漢字.md", "text\n")
    git("add", "-A")
    git("commit", "-qm", "second")
    Path("skills/s0/references/gone.md").unlink()
    git("mv", "skills/s1/references/old.md", "skills/s1/references/new.md")
    write("skills/s2/references/café 漢字.md", "text\n[z](gone.md)\n")
    assert found(capfd, "--changed-since", "HEAD") == [
        "skills/s0/SKILL.md:8:5",
        "skills/s1/SKILL.md:8:5",
        "skills/s2/SKILL.md:8:5",
        "skills/s2/references/café 漢字.md:2:5",
    ]
    only_new = found(capfd, "--changed-since", "HEAD", "--new-only")
    assert only_new == ["skills/s2/references/café 漢字.md:2:5"]


def test_the_merge_base_counts_and_not_what_main_did_since(
    capfd: pytest.CaptureFixture[str],
) -> None:
    repository(2)
    git("checkout", "-qb", "topic")
    git("checkout", "-q", "main")
    write("skills/s0/SKILL.md", SKILL.format(name="s0") + "\nmore\n")
    git("commit", "-qam", "on main")
    git("checkout", "-q", "topic")
    write("skills/s1/SKILL.md", SKILL.format(name="s1") + "\nmore\n")
    assert found(capfd, "--changed-since", "main") == ["skills/s1/SKILL.md:8:5"]


def test_paths_and_excludes_still_count(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    repository(3)
    for name in ("s0", "s1"):
        write(f"skills/{name}/SKILL.md", SKILL.format(name=name) + "\nmore\n")
    assert found(capfd, "skills/s1", "skills/s2", "--changed-since", "HEAD") == [
        "skills/s1/SKILL.md:8:5"
    ]
    monkeypatch.chdir("skills")
    assert found(capfd, "--changed-since", "HEAD") == ["s0/SKILL.md:8:5", "s1/SKILL.md:8:5"]


def test_nothing_changed_is_a_clean_run(capfd: pytest.CaptureFixture[str]) -> None:
    repository(1)
    assert main(["--changed-since", "HEAD", "--isolated"]) == 0
    assert "0 skills linted" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("state", "revision", "message"),
    [
        ("none", "HEAD", "needs a git checkout"),
        ("empty", "HEAD", "this repository has none yet"),
        ("full", "no-such", "git knows no revision `no-such` here"),
        ("full", "--output=x", "git knows no revision `--output=x` here"),
        ("unrelated", "other", "have no common commit here; if this is a shallow clone"),
    ],
)
def test_what_git_cannot_say_is_exit_2(
    state: str, revision: str, message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    write("skills/s0/SKILL.md", SKILL.format(name="s0"))
    if state == "empty":
        git("init", "-q")
    if state in ("full", "unrelated"):
        repository(1)
    if state == "unrelated":
        git("checkout", "-q", "--orphan", "other")
        git("commit", "-qm", "other")
        git("checkout", "-q", "main")
    assert main([f"--changed-since={revision}"]) == 2
    assert message in capfd.readouterr().err


def test_a_shallow_clone_without_the_merge_base_says_what_to_fetch(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    repository(1)
    git("checkout", "-qb", "topic")
    for number in range(2):
        write("skills/s0/SKILL.md", SKILL.format(name="s0") + f"\n{number}\n")
        git("commit", "-qam", "on topic")
    here = Path.cwd().as_uri()
    git("clone", "-q", "--depth", "1", "--no-single-branch", "--branch", "topic", here, "shallow")
    monkeypatch.chdir("shallow")
    assert main(["--changed-since", "origin/main"]) == 2
    assert "fetch-depth: 0" in capfd.readouterr().err


def test_a_linked_worktree_is_a_checkout(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    repository(1)
    git("worktree", "add", "-q", "tree")
    monkeypatch.chdir("tree")
    write("skills/s0/SKILL.md", SKILL.format(name="s0") + "\n[y](new.md)\n")
    assert found(capfd, "--changed-since", "main", "--new-only") == ["skills/s0/SKILL.md:10:5"]
    git("checkout", "-q", "--detach")
    assert found(capfd, "--changed-since", "main", "--new-only") == ["skills/s0/SKILL.md:10:5"]


def test_owning_skills_of_changed_files(capfd: pytest.CaptureFixture[str]) -> None:
    repository(3)
    write("README.md", "text\n")
    write("skills/s1/references/a.md", "text\n")
    files = ["README.md", "skills/s1/references/a.md", "skills/s1/SKILL.md"]
    assert found(capfd, "--owning-skills", *files) == ["skills/s1/SKILL.md:8:5"]
    assert main(["--owning-skills", "README.md"]) == 0
    assert main(["--owning-skills"]) == 0
    printed = capfd.readouterr()
    assert printed.out + printed.err == "", "a commit that touches no skill is silent"
