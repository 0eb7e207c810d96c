"""What the trusted revision says about a file: attacks by the way to it, and honest ways."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, GOOD, Lint, git, write

Make = Callable[[Mapping[str, str | bytes]], Path]

STRICT = ("--trusted-config", "main", "--strict-gate", "--output-format=concise")
ALLOWED = BROKEN.format(name="a") + "\n<!-- skill-lint: allow-file broken-link -->\n"
GOOD_A = {"skills/a/SKILL.md": GOOD.format(name="a")}


def commit(folder: Path) -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message=Change")
    return git(folder, "rev-parse", "HEAD")


def branch(folder: Path) -> Path:
    git(folder, "checkout", "--quiet", "-b", "change")
    return folder


def other(folder: Path, files: Mapping[str, str]) -> Path:
    """Another repository, with one commit."""
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    write(folder, files)
    commit(folder)
    return folder


def submodule(folder: Path, source: Path, name: str) -> None:
    words = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add")
    git(folder, *words, str(source), name)


def replaced_by_link(path: Path, target: str) -> None:
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


WAYS = ["", "{link}/", "{deep}/", "{up}/checkout/", "{file}"]


@pytest.mark.parametrize("way", WAYS, ids=["plain", "link", "deep", "up", "file"])
@pytest.mark.parametrize("turned", ["file", "folder"])
def test_the_way_to_a_setting_leads_through_a_link_of_the_change(
    way: str, turned: str, repository: Make, lint: Lint, tmp_path: Path
) -> None:
    folder = branch(repository({**GOOD_A, "ci/lint.yaml": "fail-on: error\n"}))
    write(folder, {"ex/lint.yaml": "ignore: [links]\n", "bad/SKILL.md": BROKEN.format(name="bad")})
    if turned == "file":
        replaced_by_link(folder / "ci/lint.yaml", "../ex/lint.yaml")
    else:
        (folder / "ci/lint.yaml").unlink()
        (folder / "ci").rmdir()
        (folder / "ci").symlink_to("ex")
    commit(folder)
    links = {"link": (folder, "{link}/ci/lint.yaml"), "deep": (folder / "ci", "{deep}/lint.yaml"),
             "up": (tmp_path, "{up}/checkout/ci/lint.yaml"),
             "file": (folder / "ci/lint.yaml", "{file}")}  # fmt: skip
    for name, (target, _) in links.items():
        (tmp_path / name).symlink_to(target)
    places = {name: str(tmp_path / name) for name in links}
    name = next((shown for key, (_, shown) in links.items() if f"{{{key}}}" in way), "ci/lint.yaml")
    ran = lint(folder, "check", ".", "--config", name.format(**places), *STRICT)
    assert (ran.code, "broken-link" in ran.out) == (1, True), ran.said


def test_a_comment_elsewhere_counts_for_a_skill_that_is_a_link(
    repository: Make, lint: Lint, tmp_path: Path
) -> None:
    folder = branch(repository({**GOOD_A, "docs/a.md": ALLOWED}))
    replaced_by_link(folder / "skills/a/SKILL.md", "../../docs/a.md")
    commit(folder)
    (tmp_path / "link").symlink_to(folder)
    for path in (".", str(tmp_path / "link")):
        ran = lint(folder, "check", path, *STRICT)
        assert (ran.code, "broken-link" in ran.out) == (1, True), ran.said


@pytest.mark.parametrize("where", ["", "skills"])
@pytest.mark.parametrize("way", ["new", "replaced", "moved-on"])
def test_a_submodule_of_the_change_answers_for_the_base(
    way: str, where: str, repository: Make, lint: Lint, tmp_path: Path
) -> None:
    evil = other(tmp_path / "evil", {"skills/evil/SKILL.md": BROKEN.format(name="evil")})
    files: dict[str, str | bytes] = {**GOOD_A, "pkg/skills/a/SKILL.md": GOOD.format(name="a")}
    folder = repository(GOOD_A if way == "moved-on" else files)
    if way == "moved-on":
        submodule(folder, evil, "pkg")
        commit(folder)
    branch(folder)
    write(evil, {".skill-lint.yaml": "ignore: [links]\n"})
    commit(evil)
    if way == "moved-on":
        git(folder / "pkg", "pull", "--quiet")
    else:
        git(folder, "rm", "-rq", "pkg") if way == "replaced" else None
        submodule(folder, evil, "pkg" if way == "replaced" else "new")
    commit(folder)
    inner = folder / ("new" if way == "new" else "pkg")
    assert git(inner, "rev-parse", "main")
    ran = lint(inner / where, "check", ".", *STRICT)
    if way == "new":  # The base says nothing about a folder that it does not have.
        assert (ran.code, "no folder at `main`" in ran.err) == (2, True), ran.said
    else:
        assert (ran.code, "broken-link" in ran.out) == (1, True), ran.said


@pytest.mark.parametrize("way", ["excluded", "comment"])
def test_honest_submodules_stay_as_they_are(
    way: str, repository: Make, lint: Lint, tmp_path: Path
) -> None:
    text = BROKEN.format(name="a") if way == "excluded" else ALLOWED
    vendor = other(tmp_path / "vendored", {"a/SKILL.md": text})
    config = "exclude: [vendor]\n" if way == "excluded" else "{}\n"
    folder = repository({"skills/b/SKILL.md": GOOD.format(name="b"), ".skill-lint.yaml": config})
    submodule(folder, vendor, "vendor")
    commit(folder)
    branch(folder)
    write(folder, {"README": "x"})
    commit(folder)
    ran = lint(folder, "check", ".", *STRICT)
    assert ran.code == 0, ran.said
    if way == "comment":
        assert lint(folder / "vendor", "check", ".", *STRICT).code == 0
    # A change moves the submodule on.
    write(vendor, {"new/SKILL.md": BROKEN.format(name="new")})
    commit(vendor)
    git(folder / "vendor", "pull", "--quiet")
    commit(folder)
    ran = lint(folder, "check", ".", *STRICT)
    assert (ran.code, "vendor/new/SKILL.md" in ran.out) == (1, True), ran.said
    assert "vendor/a/SKILL.md:20" not in ran.out


LEFT_ALONE: dict[str, dict[str, str | bytes]] = {
    "built": {".gitignore": "dist\n", ".skill-lint.yaml": "exclude: [dist]\n"},
    "v1": {".skill-lint.yaml": "exclude: [old]\n", "old/x/metadata.json": '{"skill_id": "x/x"}'},
    "near": {".skill-lint.yaml": "exclude: [docs]\n", "docs/t/Skill.md": GOOD.format(name="t")},
}


@pytest.mark.parametrize("way", LEFT_ALONE)
def test_honest_folders_that_no_change_has_moved(way: str, repository: Make, lint: Lint) -> None:
    folder = branch(repository({**GOOD_A, **LEFT_ALONE[way]}))
    write(folder, {"README": "x"})
    commit(folder)
    if way == "built":
        write(folder, {"dist/x/SKILL.md": BROKEN.format(name="x")})
    ran = lint(folder, "check", ".", *STRICT)
    assert ran.code == 0, ran.said


def test_a_skill_is_moved_in_beside_the_checkout_of_the_base(
    repository: Make, lint: Lint, tmp_path: Path
) -> None:
    """The base is checked out at the root, and the change below it."""
    folder = repository({**GOOD_A, ".skill-lint.yaml": "exclude: ['**/vendor']\n"})
    change = other(folder / "pr", {"vendor/x/SKILL.md": BROKEN.format(name="x"), "a.md": ALLOWED,
                                   "skills/a/SKILL.md": ALLOWED})  # fmt: skip
    assert change.is_dir()
    ran = lint(folder, "check", ".", *STRICT)
    assert (ran.code, "pr/vendor/x/SKILL.md" in ran.out) == (1, True), ran.said
    assert "pr/skills/a/SKILL.md" in ran.out


def test_a_configuration_of_another_checkout_is_taken_for_one_of_the_base(
    repository: Make, lint: Lint
) -> None:
    folder = repository(GOOD_A)
    other(folder / "tooling", {"lint.yaml": "ignore: [links]\n"})
    ran = lint(folder, "check", "skills", "--config", "tooling/lint.yaml", *STRICT)
    assert ran.code == 2, ran.said
    assert "`tooling` is another checkout" in ran.err


def test_honest_links_of_the_base_lead_on(repository: Make, lint: Lint) -> None:
    files: dict[str, str | bytes] = {
        "skills/a/SKILL.md": ALLOWED, "tools/cfg/l.yaml": "fail-on: warning\n",
    }  # fmt: skip
    folder = repository(files)
    replaced_by_link(folder / ".claude/skills", "../skills")
    replaced_by_link(folder / ".agents/a", "../.claude/skills/a")
    replaced_by_link(folder / ".config", "tools/../tools/cfg")
    commit(folder)
    branch(folder)
    write(folder, {"README": "x"})
    commit(folder)
    for path in (".claude/skills", ".agents/a", "skills"):
        ran = lint(folder, "check", path, "--config", ".config/l.yaml", *STRICT)
        assert ran.code == 0, ran.said


def test_honest_links_to_what_is_installed_stay_excluded(repository: Make, lint: Lint) -> None:
    config = {".skill-lint.yaml": "exclude: [.agents]\n", ".gitignore": "node_modules\n"}
    folder = repository({"skills/b/SKILL.md": GOOD.format(name="b"), **config})
    replaced_by_link(folder / ".agents/skills/a", "../../node_modules/x/a")
    commit(folder)
    branch(folder)
    commit(folder)
    write(folder, {"node_modules/x/a/SKILL.md": BROKEN.format(name="a")})
    ran = lint(folder, "check", ".", *STRICT)
    assert ran.code == 0, ran.said


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_honest_comments_have_other_line_ends(ends: str, repository: Make, lint: Lint) -> None:
    text = BROKEN.format(name="a") + "\n<!-- skill-lint: allow-file broken-link\n-->\n"
    folder = branch(repository({"skills/a/SKILL.md": text}))
    (folder / "skills/a/SKILL.md").write_bytes(text.replace("\n", ends).encode())
    ran = lint(folder, "check", ".", *STRICT)
    assert ran.code == 0, ran.said


def test_the_base_lacks_a_text_in_a_partial_clone(
    repository: Make, lint: Lint, tmp_path: Path
) -> None:
    folder = repository({"skills/a/SKILL.md": ALLOWED, "x.yaml": "{}\n"})
    replaced_by_link(folder / "l.yaml", "x.yaml")
    commit(folder)
    git(folder, "config", "uploadpack.allowFilter", "true")
    branch(folder)
    write(folder, {"skills/a/SKILL.md": ALLOWED + "\nOne more.\n"})
    replaced_by_link(folder / "l.yaml", "y.yaml")
    commit(folder)
    words = ("clone", "--quiet", "--filter=blob:none", "--branch=change", f"file://{folder}")
    git(tmp_path, *words, "partial")
    words = ("check", ".", "--trusted-config", "origin/main", "--strict-gate")
    for more in ((), ("--config", "l.yaml")):
        ran = lint(tmp_path / "partial", *words, *more)
        assert ran.code == 2, ran.said
        assert "git does not answer" in ran.err


@pytest.mark.parametrize("way", ["setting", "comment", "excluded"])
def test_honest_branches_are_behind_their_base(way: str, repository: Make, lint: Lint) -> None:
    comment = "\n<!-- skill-lint: allow-file thin-body -->\n"
    files: dict[str, str | bytes] = {
        **GOOD_A, ".skill-lint.yaml": "exclude: [old]\n",
        "old/b/SKILL.md": BROKEN.format(name="b"), "c/SKILL.md": GOOD.format(name="c") + comment,
    }  # fmt: skip
    folder = branch(repository(files))
    write(folder, {"README": "x"})
    commit(folder)
    git(folder, "checkout", "--quiet", "main")
    if way == "setting":
        write(folder, {".skill-lint.yaml": "exclude: [old]\nfail-on: error\n"})
    elif way == "comment":
        write(folder, {"c/SKILL.md": GOOD.format(name="c")})
    else:
        git(folder, "rm", "-rq", "old")
    commit(folder)
    git(folder, "checkout", "--quiet", "change")
    ran = lint(folder, "check", ".", *STRICT, "--ignore=unused-suppression")
    assert ran.code == 0, ran.said


@pytest.mark.parametrize("way", ["setting", "comment"])
def test_silence_that_the_base_has_taken_away_counts(
    way: str, repository: Make, lint: Lint
) -> None:
    silent = {"skills/a/SKILL.md": ALLOWED} if way == "comment" else {
        "skills/a/SKILL.md": BROKEN.format(name="a"), ".skill-lint.yaml": "ignore: [links]\n",
    }  # fmt: skip
    folder = branch(repository({**silent}))
    write(folder, {"README": "x"})
    commit(folder)
    git(folder, "checkout", "--quiet", "main")
    loud = {"skills/a/SKILL.md": GOOD.format(name="a"), ".skill-lint.yaml": "{}\n"}
    write(folder, loud)
    commit(folder)
    git(folder, "checkout", "--quiet", "change")
    ran = lint(folder, "check", ".", *STRICT)
    assert (ran.code, "broken-link" in ran.out) == (1, True), ran.said


@pytest.mark.parametrize("number", [1, 2])
def test_a_commit_of_the_change_stands_for_what_was_there_before(
    number: int, repository: Make, lint: Lint
) -> None:
    folder = branch(repository(GOOD_A))
    write(folder, {".skill-lint.yaml": "ignore: [thin-body]\n"})
    for _ in range(number):
        commit(folder)
    git(folder, "merge", "--quiet", "--no-edit", "main")
    ran = lint(folder, "check", ".", *STRICT)
    assert (ran.code, "untrusted-setting" in ran.out) == (1, True), ran.said


def test_a_checkout_of_the_person_is_no_submodule(repository: Make, lint: Lint) -> None:
    """Honest use: the home directory is a checkout, and has others in it."""
    folder = repository({**GOOD_A, ".skill-lint.yaml": "fail-on: warning\n"})
    inner = other(folder / "src", {"a/SKILL.md": GOOD.format(name="a")})
    revision = git(inner, "rev-parse", "HEAD")
    assert os.path.lexists(inner / ".git")
    words = ("check", ".", "--strict-gate", "--trusted-config", revision)
    assert lint(inner, *words).code == 0


def test_a_change_edits_what_the_base_has_moved_away(repository: Make, lint: Lint) -> None:
    """git merges the edit into the file at its new place."""
    files = {**GOOD_A, ".skill-lint.yaml": "exclude: [old]\n",
             "old/b/SKILL.md": GOOD.format(name="b")}  # fmt: skip
    folder = branch(repository(files))
    write(folder, {"old/b/SKILL.md": BROKEN.format(name="b")})
    commit(folder)
    git(folder, "checkout", "--quiet", "main")
    git(folder, "mv", "old/b", "skills/b")
    commit(folder)
    git(folder, "checkout", "--quiet", "change")
    ran = lint(folder, "check", ".", *STRICT)
    assert (ran.code, "broken-link" in ran.out) == (1, True), ran.said
