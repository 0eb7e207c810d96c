"""Ways to let `--changed-since` and `--new-only` overlook a change, or report what is none."""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.security.conftest import BROKEN, GOOD, Lint, Ran, git, write

Make = Callable[[Mapping[str, str | bytes]], Path]
BAD = "\n[x](gone.md)\n"
SKILL = GOOD.format(name="s")


@pytest.fixture
def checkout(repository: Make) -> Path:
    return repository({"s/SKILL.md": SKILL, "s/references/a.md": "# A\n\nsee\n"})


def new(folder: Path, lint: Lint, revision: str = "HEAD", *words: str) -> Ran:
    options = ("--select", "broken-link", "--output-format", "concise", "--no-cache", "--isolated")
    return lint(folder, "check", "--changed-since", revision, "--new-only", *options, *words)


def found(folder: Path, lint: Lint, revision: str = "HEAD") -> list[str]:
    ran = new(folder, lint, revision)
    assert ran.code in (0, 1), ran.said
    return [
        line.partition(": ")[0] for line in ran.out.splitlines() if " broken-link no file " in line
    ]


def commit(folder: Path) -> None:
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--allow-empty", "--message=x")


ATTRIBUTES = ["-diff", "binary", "diff=x", "-text", "export-ignore", "filter=x", "eol=crlf",
    "text=auto", "linguist-generated -diff -merge", "ident", "working-tree-encoding=UTF-16",
    "diff=x -text"]  # fmt: skip


@pytest.mark.parametrize(
    ("attribute", "place"),
    [
        *((attribute, ".gitattributes") for attribute in ATTRIBUTES),
        ("-diff", "s/.gitattributes"),
        ("-diff", ".git/info/attributes"),
    ],
)
def test_an_attribute_blinds_the_comparison(
    attribute: str, place: str, checkout: Path, lint: Lint
) -> None:
    git(checkout, "config", "diff.x.binary", "true")
    git(checkout, "config", "diff.x.xfuncname", ".*")
    write(checkout, {place: f"*.md {attribute}\n", "s/SKILL.md": SKILL + BAD})
    assert found(checkout, lint) == ["s/SKILL.md:20:5"]
    if "encoding" not in attribute:
        commit(checkout)
        assert found(checkout, lint, "HEAD~1") == ["s/SKILL.md:20:5"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_carriage_returns(end: str, repository: Make, lint: Lint) -> None:
    text = SKILL.replace("\n", end)
    folder = repository({"s/SKILL.md": text.encode() + f"[old](gone.md){end}".encode()})
    added = f"[old](gone.md){end}text{end}[new](gone.md){end}"
    write(folder, {"s/SKILL.md": (text + added).encode()})
    assert found(folder, lint) == ["s/SKILL.md:21:7"]


FLAGS = [("assume-unchanged",), ("skip-worktree",), ("chmod=+x",)]


@pytest.mark.parametrize("flags", FLAGS, ids=str)
def test_a_flag_of_the_index_hides_a_change(flags: tuple[str], checkout: Path, lint: Lint) -> None:
    git(checkout, "update-index", f"--{flags[0]}", "s/SKILL.md")
    write(checkout, {"s/SKILL.md": SKILL + BAD})
    assert found(checkout, lint) == ["s/SKILL.md:20:5"]


SETTINGS = {
    "core.ignoreStat": "true", "core.checkStat": "minimal", "core.trustctime": "false",
    "core.fileMode": "false", "core.symlinks": "false", "core.ignorecase": "true",
    "core.preloadIndex": "true", "core.untrackedCache": "true", "core.quotePath": "false",
    "core.bigFileThreshold": "1", "core.whitespace": "cr-at-eol", "diff.noprefix": "true",
    "diff.mnemonicPrefix": "true", "diff.external": "true", "diff.ignoreSubmodules": "all",
    "diff.orderFile": "/nonexistent", "diff.interHunkContext": "100", "diff.algorithm": "minimal",
    "diff.relative": "true", "diff.renames": "copies", "color.ui": "always",
    "core.autocrlf": "true",
    "status.showUntrackedFiles": "no", "diff.submodule": "log", "diff.wsErrorHighlight": "all",
}  # fmt: skip


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_of_the_repository_hides_a_change(name: str, checkout: Path, lint: Lint) -> None:
    git(checkout, "config", name, SETTINGS[name])
    before = (checkout / "s/SKILL.md").stat()
    git(checkout, "update-index", "--really-refresh", "--force-write-index")
    # Of the same size and with the same times, so that only the bytes tell.
    text = SKILL.replace("Read the form, ask for", "[Read](forms.mdask)for")
    assert len(text) == len(SKILL)
    write(checkout, {"s/SKILL.md": text, "s/new.md": BAD})
    os.utime(checkout / "s/SKILL.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert found(checkout, lint) == ["s/SKILL.md:18:8", "s/new.md:2:5"]


NAMES = [b"\xff.md", b"a\nb.md", b"a\tb.md", b'"q".md', b"-x.md", b" .md", b"a -> b.md",
         "\u00e9\u6f22.md".encode(), b"b/a.md", b":(top)x.md", b"[x]*.md", b"\\x.md"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=str)
def test_a_name_hides_a_change(name: bytes, repository: Make, lint: Lint) -> None:
    path = os.fsdecode(name)
    folder = repository({"s/SKILL.md": SKILL, f"s/{path}": "# A\n\ntext\n"})
    write(folder, {f"s/{path}": "# A\n\ntext\n\n[x](gone.md)\n"})
    assert new(folder, lint).out.count(" broken-link no file ") == 1


def test_a_new_name_differs_only_in_case(checkout: Path, lint: Lint) -> None:
    """The index of a case-insensitive file system."""
    git(checkout, "config", "core.ignorecase", "true")
    write(checkout, {"s/references/A.md": BAD})
    assert found(checkout, lint) == ["s/references/A.md:2:5"]


@pytest.mark.parametrize("way", ["file", "folder", "folder-above"])
def test_a_link_is_turned_to_a_file_that_did_not_change(
    way: str, repository: Make, lint: Lint
) -> None:
    folder = repository({"bad/t/SKILL.md": BROKEN.format(name="t"), "good/t/SKILL.md": SKILL})
    links = {"file": ("l/SKILL.md", "../{}/t/SKILL.md"), "folder": ("l", "{}/t"),
             "folder-above": ("l", "{}")}  # fmt: skip
    name, target = links[way]
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).symlink_to(target.format("good"))
    commit(folder)
    (folder / name).unlink()
    (folder / name).symlink_to(target.format("bad"))
    commit(folder)
    options = ("--select", "broken-link", "--output-format=concise", "--no-cache")
    words = ("check", "l", "--changed-since", "HEAD~1", "--new-only", *options)
    assert "broken-link" in lint(folder, *words).out


def test_bytes_that_are_no_text_hide_where_a_text_changed(checkout: Path, lint: Lint) -> None:
    write(checkout, {"s/SKILL.md": SKILL.encode() + b"\0" * 10_000})
    words = ("check", "--changed-since", "HEAD", "--new-only", "--no-cache", "--isolated")
    assert lint(checkout, *words).code == 1


def test_a_text_is_made_to_take_for_ever(repository: Make, lint: Lint) -> None:
    lines = [f"a{number % 7}\n" for number in range(200_000)]
    folder = repository({"s/SKILL.md": SKILL, "s/a.md": "".join(lines)})
    write(folder, {"s/a.md": "".join(lines[::-1]) + BAD})
    assert found(folder, lint)[-1] == "s/a.md:200002:5"


def test_a_tree_of_a_few_objects_names_countless_files(checkout: Path, lint: Lint) -> None:
    def tree(lines: str) -> str:
        done = subprocess.run(["git", "mktree"], cwd=checkout, input=lines.encode(),
                              capture_output=True, check=True)  # fmt: skip
        return done.stdout.decode().strip()

    below = tree(f"100644 blob {git(checkout, 'rev-parse', 'HEAD:s/SKILL.md')}\tSKILL.md\n")
    for _ in range(9):
        below = tree("".join(f"040000 tree {below}\t{number}\n" for number in range(10)))
    bomb = git(checkout, "commit-tree", below, "-p", "HEAD", "-m", "bomb")
    for words in (("check", "--changed-since", bomb, "--no-cache"), ("score", "--compare", bomb)):
        git(checkout, "update-ref", "HEAD", bomb)
        ran = lint(checkout, *words)
        assert ran.code == 2
        assert "git" in ran.err


@pytest.mark.parametrize("setting", ["true", "input", "false"])
@pytest.mark.parametrize("ends", ["LF", "CRLF"])
def test_other_line_ends_alone_are_no_change(
    setting: str, ends: str, repository: Make, lint: Lint
) -> None:
    """Honest use: a checkout on Windows."""
    stored, here = ("\n", "\r\n") if ends == "CRLF" else ("\r\n", "\n")
    text = (SKILL + BAD).encode()
    folder = repository({"s/SKILL.md": text.replace(b"\n", stored.encode())})
    git(folder, "config", "core.autocrlf", setting)
    write(folder, {"s/SKILL.md": text.replace(b"\n", here.encode())})
    assert "0 skills linted" in lint(folder, "check", "--changed-since", "HEAD", "--no-cache").out
    write(folder, {"s/SKILL.md": (text + b"\n[y](z.md)\n").replace(b"\n", here.encode())})
    assert found(folder, lint) == ["s/SKILL.md:22:5"]


def test_a_file_of_git_lfs_is_unchanged(repository: Make, lint: Lint) -> None:
    """Honest use; a file that differs from what the pointer says is changed."""
    data = b"\0picture"
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize {}\n"
    files = {"s/SKILL.md": SKILL, "s/a.png": pointer.format(hashlib.sha256(data).hexdigest(), 8),
             ".gitattributes": "*.png filter=lfs diff=lfs merge=lfs -text\n"}  # fmt: skip
    folder = repository(files)
    (folder / "s/a.png").write_bytes(data)
    words = ("check", "--changed-since", "HEAD", "--no-cache", "--isolated")
    assert "0 skills linted" in lint(folder, *words).out
    (folder / "s/a.png").write_bytes(data[::-1])
    assert "1 skill linted" in lint(folder, *words).out


def test_a_sparse_checkout_has_not_deleted_anything(checkout: Path, lint: Lint) -> None:
    """Honest use."""
    git(checkout, "sparse-checkout", "set", "--no-cone", "/s/SKILL.md")
    assert not (checkout / "s/references").exists()
    words = ("check", "--changed-since", "HEAD", "--no-cache")
    assert "0 skills linted" in lint(checkout, *words).out


@pytest.mark.parametrize("change", ["committed", "uncommitted", "untracked", "none"])
def test_a_change_is_in_a_submodule(
    change: str, checkout: Path, lint: Lint, tmp_path: Path
) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    git(outer, "init", "--quiet")
    words = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add")
    git(outer, *words, str(checkout), "vendor")
    commit(outer)
    inner = outer / "vendor"
    if change == "untracked":
        write(inner, {"s/b.md": BAD})
    elif change != "none":
        write(inner, {"s/SKILL.md": SKILL + BAD})
    if change == "committed":
        commit(inner)
        commit(outer)
    expected = {"untracked": ["vendor/s/b.md:2:5"], "none": []}
    revision = "HEAD~1" if change == "committed" else "HEAD"
    assert found(outer, lint, revision) == expected.get(change, ["vendor/s/SKILL.md:20:5"])


def test_submodules_lead_back_to_the_checkout(checkout: Path, lint: Lint) -> None:
    """Each search of one would search all of them again."""
    head = git(checkout, "rev-parse", "HEAD")
    for number in range(12):
        name = f"m{number}"
        git(checkout, "update-index", "--add", "--cacheinfo", f"160000,{head},{name}")
        (checkout / name).mkdir()
        if number % 2:
            (checkout / name / ".git").mkdir()
        else:
            (checkout / name).rmdir()
            (checkout / name).symlink_to(".")
    assert new(checkout, lint).code in (0, 1, 2)


def test_a_folder_is_turned_into_a_link_that_leads_out(
    checkout: Path, lint: Lint, tmp_path: Path
) -> None:
    shutil.copytree(checkout / "s/references", tmp_path / "outside")
    shutil.rmtree(checkout / "s/references")
    (checkout / "s/references").symlink_to(tmp_path / "outside")
    words = ("check", "--changed-since", "HEAD", "--no-cache", "--isolated")
    assert "1 skill linted" in lint(checkout, *words).out


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("no-commit", "has none yet"),
        ("shallow", "fetch-depth: 0"),
        ("force-pushed", "git knows no revision"),
        ("unrelated", "have no common commit"),
        ("missing-trees", "git does not answer"),
        ("dubious", "dubious ownership"),
        ("no-git", "git is not installed"),
        ("damaged-index", "git does not answer"),
        ("option", "git knows no revision"),
    ],
)
def test_what_git_cannot_say_is_taken_for_no_change(
    way: str, said: str, checkout: Path, lint: Lint, tmp_path: Path
) -> None:
    folder, revision = checkout, "HEAD"
    variables: dict[str, Any] = {}
    if way == "no-commit":
        git(folder, "update-ref", "-d", "HEAD")
    elif way == "shallow":
        git(folder, "checkout", "--quiet", "-b", "topic")
        commit(folder)
        commit(folder)
        clone = ("clone", "--quiet", "--depth=1", "--no-single-branch", "--branch=topic")
        git(tmp_path, *clone, folder.as_uri(), "shallow")
        folder, revision = tmp_path / "shallow", "origin/main"
    elif way == "force-pushed":
        revision = "0123456789" * 4
    elif way == "unrelated":
        tree = git(folder, "rev-parse", "HEAD^{tree}")
        revision = git(folder, "commit-tree", tree, "-m", "other")
    elif way == "missing-trees":
        tree = git(folder, "rev-parse", "HEAD^{tree}")
        (folder / ".git/objects" / tree[:2] / tree[2:]).unlink()
    elif way == "damaged-index":
        (folder / ".git/index").write_bytes(b"nothing")
    elif way == "option":
        revision = "--upload-pack=x"
    if way == "dubious":
        variables = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    elif way == "no-git":
        variables = {"PATH": str(folder)}
    ran = lint(folder, "check", f"--changed-since={revision}", "--no-cache", **variables)
    assert ran.code == 2
    assert said in ran.err


@pytest.mark.parametrize(
    "name", ["../out.md", "s/../../out.md", ".git/hooks/x", "s/.GIT/x", "//out.md"]
)
def test_a_tree_has_names_that_lead_out(
    name: str, checkout: Path, lint: Lint, tmp_path: Path
) -> None:
    blob = git(checkout, "rev-parse", "HEAD:s/SKILL.md")

    def tree(parts: list[str]) -> bytes:
        mode, what = (b"100644", bytes.fromhex(blob)) if len(parts) == 1 else (
            b"40000", bytes.fromhex(stored(tree(parts[1:]))))  # fmt: skip
        return mode + b" " + parts[0].encode() + b"\0" + what

    def stored(data: bytes) -> str:
        file = tmp_path / "object"
        file.write_bytes(data)
        words = ("hash-object", "-w", "-t", "tree", "--literally", str(file))
        return git(checkout, *words)

    skill = stored(tree(["SKILL.md"]))
    good = b"40000 s\0" + bytes.fromhex(skill)
    bad = tree(name.split("/"))
    root = stored(bad + good if bad > good else good + bad)
    evil = git(checkout, "commit-tree", root, "-p", "HEAD", "-m", "evil")
    ran = lint(checkout, "score", "--compare", evil)
    assert ran.code in (0, 2)
    left = [each for each in tmp_path.iterdir() if each.name == "out.md"]
    assert not left


@pytest.mark.parametrize("attributes", ["* export-ignore", "*.md export-subst", "* filter=x"])
def test_attributes_change_what_a_skill_was(attributes: str, repository: Make, lint: Lint) -> None:
    folder = repository({"s/SKILL.md": SKILL.replace("PDF", "$Format:%s$ PDF"),
                         ".gitattributes": f"{attributes}\n"})  # fmt: skip
    git(folder, "config", "filter.x.smudge", "true")
    ran = lint(folder, "score", "--compare", "HEAD", "--output-format=json")
    skill = json.loads(ran.out)["skills"][0]
    assert skill["before"] == skill["total"]
