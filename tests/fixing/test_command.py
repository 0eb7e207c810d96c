"""`--fix`, `--diff` and their kin, as a person uses them: the command, on files on the disk."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from skill_lint.cli.main import main
from tests.support.fixtures import let_everybody_in, tree

HEAD = "---\nname: pdf-forms\ndescription: {}\n---\n\n# PDF forms\n\n## When to Use\n\n- Now\n"
BROKEN = HEAD.format("Fills forms. Use when: a PDF has fields")
MENDED = HEAD.format('"Fills forms. Use when: a PDF has fields"')


@pytest.fixture
def skill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "pdf-forms"
    folder.mkdir()
    (folder / "SKILL.md").write_text(BROKEN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def fix_after(preparation: str, folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run `--fix` in a process that has run these lines before."""
    script = (
        "import os, resource, signal, sys\n"
        "from skill_lint.cli.main import main\n"
        f"{preparation}\n"
        f"sys.exit(main(['check', '.', '--isolated', '--fix', *{words!r}]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode == 77:
        pytest.skip("skill-lint is installed where nobody may read it")
    return done


@pytest.mark.smoke
def test_fix_mends_and_says_what_is_left(skill: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["pdf-forms", "--fix", "--show-fixes"]) == 0
    printed = capfd.readouterr().out
    assert (skill / "SKILL.md").read_text(encoding="utf-8") == MENDED
    assert "fixed pdf-forms/SKILL.md:3: invalid-yaml: Put the value in quotes\n" in printed
    assert "1 fixed" in printed
    assert main(["pdf-forms", "--fix"]) == 0
    assert "fixed" not in capfd.readouterr().out


@pytest.mark.parametrize("words", [["--diff"], ["--fix", "--diff"]])
def test_diff_writes_nothing(
    skill: Path, words: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["pdf-forms", *words]) == 1
    out, err = capfd.readouterr()
    assert "-description: Fills forms. Use when: a PDF has fields\n" in out
    assert '+description: "Fills forms. Use when: a PDF has fields"\n' in out
    assert err == "would fix 1 finding in 1 skill\n"
    assert (skill / "SKILL.md").read_text(encoding="utf-8") == BROKEN
    assert main(["pdf-forms", "--fix", "--quiet"]) == 0
    capfd.readouterr()
    assert main(["pdf-forms", "--diff"]) == 0
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_git_applies_the_diff(
    skill: Path, line_end: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (skill / "SKILL.md").unlink()
    text = BROKEN.rstrip("\n") + "\n\nRead [it](resources/a b.md)."
    (skill / "skill.md").write_bytes(text.replace("\n", line_end).encode())
    (skill / "resources" / "deep").mkdir(parents=True)
    (skill / "resources" / "a b.md").write_text("# It\n", encoding="utf-8")
    (skill / "assets").mkdir()
    (skill / "assets" / ".gitkeep").touch()
    main(["pdf-forms", "--diff", "--unsafe-fixes", "--isolated"])
    patch = capfd.readouterr().out
    applied = skill.parent.parent / f"applied{len(line_end)}"
    applied.mkdir()
    subprocess.run(["cp", "-r", str(skill), str(applied)], check=True)
    subprocess.run(["git", "init", "-q"], cwd=applied, check=True)
    subprocess.run(["git", "apply"], cwd=applied, input=patch.encode(), check=True)
    main(["pdf-forms", "--fix", "--unsafe-fixes", "--quiet", "--isolated"])
    assert tree(applied / "pdf-forms") == tree(skill)
    assert sorted(tree(skill)) == ["SKILL.md", "references/a b.md"]


def test_what_is_not_reported_is_not_mended(skill: Path) -> None:
    main(["pdf-forms", "--fix", "--select", "broken-link", "--quiet"])
    main(["pdf-forms", "--fix", "--ignore", "invalid-yaml", "--quiet"])
    assert (skill / "SKILL.md").read_text(encoding="utf-8") == BROKEN
    main(["baseline"])
    main(["pdf-forms", "--fix", "--quiet"])
    assert (skill / "SKILL.md").read_text(encoding="utf-8") == BROKEN
    allowed = BROKEN.replace("name:", "# skill-lint: allow-file invalid-yaml\nname:")
    (skill / "SKILL.md").write_text(allowed, encoding="utf-8")
    main(["pdf-forms", "--fix", "--quiet", "--no-baseline"])
    assert (skill / "SKILL.md").read_text(encoding="utf-8") == allowed


def test_full_output_shows_the_fix(skill: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["pdf-forms", "--select", "invalid-yaml", "--output-format", "full", "--isolated"])
    printed = capfd.readouterr().out
    assert "= fix: Put the value in quotes\n" in printed
    assert "    - description: Fills forms. Use when: a PDF has fields\n" in printed
    assert '    + description: "Fills forms. Use when: a PDF has fields"\n' in printed
    assert "--fix would fix 1 finding\n" in printed


def test_json_has_the_edits(skill: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["pdf-forms", "--select", "invalid-yaml", "--output-format", "json", "--isolated"])
    report = json.loads(capfd.readouterr().out)
    fix = report["diagnostics"][0]["fix"]
    assert report["summary"]["fixable"] == 1
    assert fix["safety"] == "safe"
    edit = fix["edits"][0]
    lines = BROKEN.splitlines()
    line = lines[edit["line"] - 1]
    lines[edit["line"] - 1] = line[: edit["column"] - 1] + edit["text"] + line[edit["end_column"] :]
    assert "\n".join(lines) + "\n" == MENDED


@pytest.mark.parametrize(
    "words",
    [
        ["--unsafe-fixes"],
        ["--show-fixes"],
        ["--diff", "--output-format", "json"],
        ["--fix", "--changed-since", "HEAD", "--new-only"],
    ],
)
def test_options_that_do_not_go_together(
    skill: Path, words: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["pdf-forms", *words]) == 2
    assert capfd.readouterr().err.startswith("skill-lint: --")
    assert (skill / "SKILL.md").read_text(encoding="utf-8") == BROKEN


def test_mode_and_time_stamps(skill: Path) -> None:
    file, other = skill / "SKILL.md", skill / "references" / "a.md"
    other.parent.mkdir()
    other.write_text("# A\n", encoding="utf-8")
    file.chmod(0o640)
    before = other.stat().st_mtime_ns
    main(["pdf-forms", "--fix", "--quiet"])
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert other.stat().st_mtime_ns == before
    node = file.stat().st_ino
    main(["pdf-forms", "--fix", "--quiet"])
    assert file.stat().st_ino == node, "what is not changed is not written"


def test_a_symbolic_link_stays_one(skill: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = skill / "SKILL.md"
    file.rename(skill / "text.md")
    file.symlink_to("text.md")
    assert main(["pdf-forms", "--fix", "--quiet"]) == 0
    assert file.is_symlink()
    assert (skill / "text.md").read_text(encoding="utf-8") == MENDED


def test_nothing_outside_the_skill_is_written(
    skill: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    outside = skill.parent / "shared.md"
    (skill / "SKILL.md").rename(outside)
    (skill / "SKILL.md").symlink_to("../shared.md")
    other = skill.parent / "other" / "SKILL.md"
    other.parent.mkdir()
    other.write_text(BROKEN.replace("pdf-forms", "other"), encoding="utf-8")
    assert main(["pdf-forms", "other", "--fix"]) == 1
    out, err = capfd.readouterr()
    assert "invalid-yaml is not fixed: it is a symbolic link out of the skill" in err
    assert "fixable" not in out
    assert "1 fixed" in out
    assert "invalid-yaml" in out
    assert outside.read_text(encoding="utf-8") == BROKEN
    assert '"' in other.read_text(encoding="utf-8")


AS_NOBODY = """
import tempfile  # which a run without fixes does not import
main(['check', '.', '--isolated', '--quiet'])  # imports what nobody may not read
if os.geteuid() == 0:
    os.setresgid(65534, 65534, 65534)
    os.setresuid(65534, 65534, 65534)
    import skill_lint
    if not os.access(os.path.dirname(skill_lint.__file__), os.R_OK):
        sys.exit(77)
"""
"""Root may write everything: what may not be written is tried as nobody."""


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_read_only(skill: Path, kind: str) -> None:
    let_everybody_in(skill.parent)
    if os.geteuid() == 0:
        os.chown(skill, 65534, 65534)
        os.chown(skill / "SKILL.md", 65534, 65534)
    (skill / "SKILL.md").chmod(0o444)
    skill.chmod(0o755 if kind == "file" else 0o555)
    done = fix_after(AS_NOBODY, skill.parent)
    skill.chmod(0o755)
    assert done.returncode == 2, done.stdout + done.stderr
    reason = (
        "the file is read-only" if kind == "file" else "it cannot be written: permission denied"
    )
    assert f"pdf-forms/SKILL.md: is not fixed: {reason}\n" in done.stderr
    assert "1 fixed" not in done.stdout
    assert tree(skill) == {"SKILL.md": BROKEN.encode()}


def test_the_file_of_another_user(skill: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can make a file of another user")
    let_everybody_in(skill.parent)
    (skill / "SKILL.md").chmod(0o666)
    skill.chmod(0o777)
    done = fix_after(AS_NOBODY, skill.parent)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "it belongs to another user" in done.stderr
    assert tree(skill) == {"SKILL.md": BROKEN.encode()}


def test_a_full_disk(skill: Path) -> None:
    """A limit on the size of a file is met where a full disk is: in the middle of a write."""
    filler = "word " * 40_000
    (skill / "SKILL.md").write_text(BROKEN + filler, encoding="utf-8")
    limit = (
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))"
    )
    done = fix_after(limit, skill.parent)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "SKILL.md: is not fixed: it cannot be written: file too large" in done.stderr
    assert tree(skill) == {"SKILL.md": (BROKEN + filler).encode()}


def test_an_empty_folder_that_becomes_the_home_of_another(skill: Path) -> None:
    (skill / "references").mkdir()
    (skill / "resources").mkdir()
    (skill / "resources" / "a.md").write_text("# A\n", encoding="utf-8")
    assert main(["pdf-forms", "--fix", "--unsafe-fixes", "--quiet", "--isolated"]) == 0
    assert sorted(tree(skill)) == ["SKILL.md", "references/a.md"]


def test_git_applies_a_rename_beside_a_change(
    skill: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (skill / "SKILL.md").rename(skill / "skill.md")
    (skill / "skill.md").write_text(MENDED, encoding="utf-8")
    other = skill.parent / "z"
    other.mkdir()
    (other / "SKILL.md").write_text(BROKEN.replace("pdf-forms", "z"), encoding="utf-8")
    odd = skill.parent / "a\tb"
    odd.mkdir()
    (odd / "SKILL.md").write_text(BROKEN, encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=skill.parent, check=True)
    # Paths count from the repository's root, wherever the run was.
    monkeypatch.chdir(other)
    main(["..", "--diff", "--isolated"])
    patch = capfd.readouterr().out
    subprocess.run(["git", "apply"], cwd=skill.parent, input=patch.encode(), check=True)
    assert main(["..", "--diff", "--isolated"]) == 0
    assert (skill / "SKILL.md").exists()


def test_a_file_that_is_linked_twice_is_written_once(
    skill: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (skill / "references").mkdir()
    (skill / "references" / "a.md").write_text("[up](../skill.MD)\n", encoding="utf-8")
    (skill / "references" / "b.md").symlink_to("a.md")
    assert main(["pdf-forms", "--fix", "--isolated", "--quiet"]) == 0
    assert capfd.readouterr().err == ""
    assert (skill / "references" / "a.md").read_text(encoding="utf-8") == "[up](../SKILL.md)\n"
    assert (skill / "references" / "b.md").is_symlink()
    assert main(["pdf-forms", "link", "--fix", "--isolated"]) == 2


def test_a_skill_that_is_named_twice_is_mended_once(
    skill: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (skill.parent / "link").symlink_to("pdf-forms")
    words = ["--owning-skills", "pdf-forms/SKILL.md", "link/SKILL.md", "--isolated"]
    assert main(["check", *words, "--diff"]) == 1
    assert capfd.readouterr().err == "would fix 1 finding in 1 skill\n"


def test_two_files_that_differ_in_case(skill: Path) -> None:
    (skill / "references").mkdir()
    for name in ("API.md", "api.md"):
        (skill / "references" / name).write_text("# A\n", encoding="utf-8")
    text = MENDED + "[a](references/Api.md)\n"
    (skill / "SKILL.md").write_text(text, encoding="utf-8")
    main(["pdf-forms", "--fix", "--isolated", "--quiet"])
    assert (skill / "SKILL.md").read_text(encoding="utf-8") == text


def test_what_cannot_be_moved_is_not_named_anew(skill: Path) -> None:
    """Links are not changed where the files that they lead to stay."""
    let_everybody_in(skill.parent)
    (skill / "SKILL.md").write_text(MENDED + "[a](resources/a.md)\n", encoding="utf-8")
    (skill / "resources").mkdir()
    (skill / "resources" / "a.md").write_text("# A\n", encoding="utf-8")
    if os.geteuid() == 0:
        for path in (skill, *skill.rglob("*")):
            os.chown(path, 65534, 65534)
    (skill / "resources").chmod(0o555)
    before = tree(skill)
    done = fix_after(AS_NOBODY, skill.parent, "--unsafe-fixes")
    (skill / "resources").chmod(0o755)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "resources/a.md: is not fixed: its folder is read-only" in done.stderr
    assert tree(skill) == before
    assert not (skill / "references").exists()


def test_a_file_that_appears_in_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "SKILL.md").write_text(MENDED, encoding="utf-8")
    (tmp_path / "assets" / "__pycache__").mkdir(parents=True)
    (tmp_path / "assets" / ".gitkeep").touch()
    assert main([str(tmp_path), "--diff", "--unsafe-fixes", "--select", "empty-subdirectory"]) == 0


def test_leftovers_of_a_killed_run_go(skill: Path) -> None:
    old, fresh = skill / ".skill-lint-old.tmp", skill / ".skill-lint-new.tmp"
    old.touch()
    fresh.touch()
    os.utime(old, (0, 0))
    main(["pdf-forms", "--fix", "--quiet"])
    assert sorted(tree(skill)) == [".skill-lint-new.tmp", "SKILL.md"]
