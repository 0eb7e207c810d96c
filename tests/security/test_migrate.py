"""Tries to let `migrate` destroy what no commit could bring back, or take unknown for clean."""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.security.conftest import GOOD, Lint, git, write

Make = Callable[[Mapping[str, str | bytes]], Path]
FILES: dict[str, str | bytes] = {
    "old/SKILL.md": GOOD.format(name="old") + "\n[api](resources/api.md)\n",
    "old/metadata.json": '{"skill_id": "a/old", "version": "1.0.0"}\n',
    "old/resources/api.md": "# API\n",
    "old/resources/data.bin": b"\0\1\r\n",
}


@pytest.fixture
def checkout(repository: Make) -> Path:
    return repository(FILES)


def state(folder: Path) -> dict[str, bytes]:
    files = (each for each in sorted(folder.rglob("*")) if each.is_file())
    return {str(each.relative_to(folder)): each.read_bytes() for each in files}


def refused(folder: Path, lint: Lint, *said: str, **variables: Any) -> None:
    before = state(folder / "old")
    ran = lint(folder, "migrate", "old", **variables)
    assert state(folder / "old") == before
    assert ran.code == 1, ran.said
    for words in ("--allow-dirty", *said):
        assert words in ran.out
    assert lint(folder, "migrate", "old", "--dry-run", **variables).code == 0


def migrated(folder: Path, lint: Lint, *words: str) -> None:
    ran = lint(folder, "migrate", "old", *words)
    assert ran.code == 0, ran.said
    assert not (folder / "old/metadata.json").exists()


def blob(folder: Path) -> Path:
    """The file of git's own object with metadata.json."""
    name = git(folder, "rev-parse", "HEAD:old/metadata.json")
    file = folder / ".git/objects" / name[:2] / name[2:]
    file.chmod(0o644)
    return file


def index(folder: Path, change: Callable[[bytes], bytes]) -> None:
    file = folder / ".git/index"
    file.write_bytes(change(file.read_bytes()))


def set_to(folder: Path, *settings: str) -> None:
    for each in settings:
        git(folder, "config", *each.split("="))


def moved(folder: Path, put: Callable[[Path], object]) -> None:
    """Take the git folder away, and put something else in its place."""
    (folder / ".git").rename(folder.parent / "gone")
    put(folder / ".git")


def emptied(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


UNANSWERED: dict[str, Callable[[Path], object]] = {
    "dubious-ownership": lambda _: None,
    "no-git": lambda _: None,
    "only-a-git-of-the-checkout": lambda folder: write(folder, {"bin/git": "#!/bin/sh\n"}),
    "damaged-index": lambda folder: index(folder, lambda data: data[:40]),
    "index-of-nothing": lambda folder: index(folder, lambda _: b"nothing"),
    "index-with-an-unknown-extension": lambda folder: index(
        folder, lambda data: data[:-20] + b"xxxx\0\0\0\0" + b"\0" * 20
    ),
    "newer-format": lambda folder: set_to(folder, "core.repositoryformatversion=9"),
    "unknown-extension": lambda folder: set_to(
        folder, "core.repositoryformatversion=1", "extensions.unheardOf=true"
    ),
    "broken-configuration": lambda folder: write(folder, {".git/config": "[core\n"}),
    "bare": lambda folder: set_to(folder, "core.bare=true"),
    "head-of-nothing": lambda folder: write(folder, {".git/HEAD": "nothing\n"}),
    "missing-branch": lambda folder: write(folder, {".git/HEAD": "ref: refs/heads/nothing\n"}),
    "missing-objects": lambda folder: emptied(folder / ".git/objects"),
    "missing-blob": lambda folder: blob(folder).unlink(),
    "damaged-blob": lambda folder: os.truncate(blob(folder), 8),
    "git-file-to-nowhere": lambda folder: moved(
        folder, lambda place: place.write_text("gitdir: nowhere\n")
    ),
    "empty-git-folder": lambda folder: moved(folder, Path.mkdir),
    "dangling-git-link": lambda folder: moved(folder, lambda place: place.symlink_to("nowhere")),
}


def unanswered(folder: Path, way: str) -> dict[str, str]:
    """Make git give no answer; returns the variables that the way needs."""
    UNANSWERED[way](folder)
    if way == "dubious-ownership":
        return {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    if way in ("no-git", "only-a-git-of-the-checkout"):
        (folder / "bin").mkdir(exist_ok=True)
        for each in (folder / "bin").iterdir():
            each.chmod(0o755)
        return {"PATH": str(folder / "bin")}
    return {}


@pytest.mark.parametrize("way", UNANSWERED)
def test_git_gives_no_answer_about_an_uncommitted_change(
    way: str, checkout: Path, lint: Lint
) -> None:
    with (checkout / "old/metadata.json").open("a") as file:
        file.write(" ")
    variables = unanswered(checkout, way)
    refused(checkout, lint, **variables)


@pytest.mark.parametrize("way", UNANSWERED)
def test_git_gives_no_answer_about_what_may_be_clean(way: str, checkout: Path, lint: Lint) -> None:
    refused(checkout, lint, **unanswered(checkout, way))


def test_git_waits_in_each_of_many_checkouts(checkout: Path, lint: Lint) -> None:
    """It waits half a minute for each pipe; the second one is not tried."""
    for name in ("one", "two", "three"):
        write(checkout / name, FILES)
        git(checkout / name, "init", "--quiet")
        (checkout / name / ".git/HEAD").unlink()
        os.mkfifo(checkout / name / ".git/HEAD")
    before = state(checkout / "three/old")
    ran = lint(checkout, "migrate", "one", "two", "three")
    assert ran.code == 1, ran.said
    assert ran.out.count("git did not answer") == 3
    assert ran.out.count("is not asked again") == 2
    assert state(checkout / "three/old") == before


@pytest.mark.parametrize("variable", ["GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
                                      "GIT_WORK_TREE", "GIT_CEILING_DIRECTORIES"])  # fmt: skip
@pytest.mark.parametrize("value", ["/nonexistent", "{other}"])
def test_a_variable_of_a_hook_makes_git_answer_for_another_repository(
    variable: str, value: str, checkout: Path, lint: Lint, tmp_path: Path
) -> None:
    shutil.copytree(checkout, tmp_path / "other")
    with (checkout / "old/metadata.json").open("a") as file:
        file.write(" ")
    git(tmp_path / "other", "add", "--all")
    refused(checkout, lint, **{variable: value.format(other=tmp_path / "other/.git")})


def changed(folder: Path, name: str = "old/SKILL.md") -> None:
    """A change of the same size, with the same times, so that only the bytes tell."""
    file = folder / name
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"API", b"APJ").replace(b"PDF", b"PDQ"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("name", ["old/SKILL.md", "old/resources/api.md"])
@pytest.mark.parametrize(
    "way",
    ["assume-unchanged", "skip-worktree", "ignoreStat", "checkStat", "trustctime", "same-times",
     "staged-instead", "fsmonitor-valid", "replaced-object"],
)  # fmt: skip
def test_a_flag_makes_git_overlook_a_change(
    way: str, name: str, checkout: Path, lint: Lint
) -> None:
    settings = {
        "ignoreStat": ("core.ignoreStat", "true"),
        "checkStat": ("core.checkStat", "minimal"),
        "trustctime": ("core.trustctime", "false"),
    }
    if way in settings:
        git(checkout, "config", *settings[way])
        git(checkout, "update-index", "--force-write-index", "--really-refresh")
    if way in ("assume-unchanged", "skip-worktree"):
        git(checkout, "update-index", f"--{way}", name)
    changed(checkout, name)
    if way == "staged-instead":
        git(checkout, "add", name)
    elif way == "fsmonitor-valid":
        git(checkout, "-c", "core.fsmonitor=true", "update-index", "--fsmonitor-valid", name)
    elif way == "replaced-object":
        new = git(checkout, "hash-object", "-w", "--no-filters", name)
        git(checkout, "replace", git(checkout, "rev-parse", f"HEAD:{name}"), new)
    refused(checkout, lint, "has uncommitted changes", name.removeprefix("old/"))


@pytest.mark.parametrize(
    "name", ["metadata.json", "SKILL.md", "resources/api.md", "resources/data.bin"]
)
@pytest.mark.parametrize("way", ["untracked", "ignored", "excluded", "staged-only"])
def test_no_commit_has_a_file(way: str, name: str, repository: Make, lint: Lint) -> None:
    files = {each: data for each, data in FILES.items() if each != f"old/{name}"}
    folder = repository(files | {"README.md": "text\n"})
    write(folder, {f"old/{name}": FILES[f"old/{name}"]})
    if way == "ignored":
        (folder / ".gitignore").write_text(f"{Path(name).name}\n")
    elif way == "excluded":
        (folder / ".git/info/exclude").write_text(f"{Path(name).name}\n")
    elif way == "staged-only":
        git(folder, "add", "--all")
    refused(folder, lint, f"`{name}` is in no commit")
    if way == "untracked":
        migrated(folder, lint, "--allow-dirty")


def test_there_is_no_repository(tmp_path: Path, lint: Lint) -> None:
    write(tmp_path / "plain", FILES)
    refused(tmp_path / "plain", lint, "is in no git repository")
    migrated(tmp_path / "plain", lint, "--allow-dirty")


def test_there_is_no_commit(tmp_path: Path, lint: Lint) -> None:
    write(tmp_path / "plain", FILES)
    git(tmp_path / "plain", "init", "--quiet")
    git(tmp_path / "plain", "add", "--all")
    refused(tmp_path / "plain", lint, "no commit yet")


POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 4\n"


@pytest.mark.parametrize("driver", ["lfs", "x"])
@pytest.mark.parametrize("place", [".gitattributes", "old/.gitattributes", ".git/info/attributes"])
def test_a_file_is_behind_a_filter(driver: str, place: str, checkout: Path, lint: Lint) -> None:
    write(checkout, {"old/resources/data.bin": POINTER})
    git(checkout, "add", "--all")
    git(checkout, "commit", "--quiet", "--message=LFS")
    write(checkout, {place: f"*.bin filter={driver} diff={driver} -text\n",
                     "old/resources/data.bin": b"data"})  # fmt: skip
    refused(checkout, lint, f"the filter `{driver}`", "data.bin")


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
@pytest.mark.parametrize("stored", [b"\r\n", b"\n"])
@pytest.mark.parametrize("setting", ["true", "input", "false"])
def test_other_line_ends_alone_are_clean(
    end: bytes, stored: bytes, setting: str, repository: Make, lint: Lint
) -> None:
    """Honest use: `core.autocrlf`, `eol`, and editors."""
    texts = {name: data.encode() if isinstance(data, str) else data for name, data in FILES.items()}
    bodies = {
        name: data.replace(b"\n", stored) for name, data in texts.items() if b"\0" not in data
    }
    folder = repository(texts | bodies)
    git(folder, "config", "core.autocrlf", setting)
    write(folder, {name: texts[name].replace(b"\n", end) for name in bodies})
    migrated(folder, lint)


def test_a_binary_file_differs_in_bytes_that_look_like_line_ends(
    checkout: Path, lint: Lint
) -> None:
    write(checkout, {"old/resources/data.bin": b"\0\1\n"})
    refused(checkout, lint, "data.bin")


@pytest.mark.parametrize("name", ["LICENSE", "old/scripts/run.py", "other/SKILL.md"])
def test_files_that_it_does_not_touch_may_be_changed(name: str, checkout: Path, lint: Lint) -> None:
    """Honest use."""
    write(checkout, {name: "uncommitted\n"})
    migrated(checkout, lint)


def submodule(folder: Path, to: Path) -> Path:
    to.mkdir()
    git(to, "init", "--quiet")
    words = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add")
    git(to, *words, str(folder), "vendor")
    return to / "vendor"


def with_sha256(folder: Path, to: Path) -> Path:
    shutil.copytree(folder, to, ignore=shutil.ignore_patterns(".git"))
    git(to, "init", "--quiet", "--object-format=sha256")
    return committed(to)


def committed(folder: Path) -> Path:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=x")
    return folder


def partial(folder: Path, to: Path) -> Path:
    git(folder, "config", "uploadpack.allowFilter", "true")
    git(folder, "clone", "--quiet", "--filter=blob:none", folder.as_uri(), str(to))
    return to


def after(folder: Path, *words: str) -> Path:
    git(folder, *words)
    return folder


ORDINARY: dict[str, Callable[[Path, Path], Path]] = {
    "worktree": lambda here, to: after(here, "worktree", "add", "--quiet", str(to)) and to,
    "submodule": submodule,
    "sha256": with_sha256,
    "packed": lambda here, _: after(here, "gc", "--quiet"),
    "shallow": lambda here, to: (
        after(here, "clone", "--quiet", "--depth=1", here.as_uri(), str(to)) and to
    ),
    "names": lambda here, _: committed(
        write(here, {os.fsdecode(b"old/resources/\xff\n \xc3\xa9.txt"): "text\n"})
    ),
    "detached": lambda here, _: after(here, "checkout", "--quiet", "--detach"),
    "partial": partial,
    "case-insensitive": lambda here, _: after(here, "config", "core.ignorecase", "true"),
}


@pytest.mark.parametrize("way", ORDINARY)
def test_an_ordinary_checkout_is_migrated(
    way: str, checkout: Path, lint: Lint, tmp_path: Path
) -> None:
    """Honest use."""
    migrated(ORDINARY[way](checkout, tmp_path / "copy"), lint)


def test_a_skill_is_named_through_a_link(checkout: Path, lint: Lint) -> None:
    """Honest use."""
    (checkout / "link").symlink_to("old")
    assert lint(checkout, "migrate", "link").code == 0
    assert not (checkout / "old/metadata.json").exists()


@pytest.mark.parametrize("way", ["changed", "no-answer"])
def test_a_model_writes_what_no_commit_could_bring_back(
    way: str, checkout: Path, lint: Lint
) -> None:
    write(checkout, {"skill-lint-models.yaml": "models: {}\n"})
    git(checkout, "update-index", "--assume-unchanged", "old/SKILL.md")
    changed(checkout)
    if way == "no-answer":
        unanswered(checkout, "damaged-index")
    before = state(checkout / "old")
    ran = lint(checkout, "fix", "--llm", "old", "--apply", "--yes-unread")
    assert ran.code == 2
    assert "--allow-dirty" in ran.err
    assert state(checkout / "old") == before
