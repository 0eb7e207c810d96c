"""Attacks on where a report, a badge, a graph, the baseline or a configuration is written."""

import json
import os
import resource
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, GOOD, PATIENCE, TREE, Lint, git, write

Make = Callable[[Mapping[str, str | bytes]], Path]

OLD = b"precious\n" * 100
WRITERS = {
    "json": ["check", "--output", "json={}"],
    "sarif": ["check", "--output", "sarif={}"],
    "text": ["check", "--output", "text={}"],
    "the second of two": ["check", "--output", "text=first.txt", "--output", "markdown={}"],
    "report of fix": ["fix", "--output", "junit={}"],
    "baseline": ["baseline", "--update", "--baseline", "{}"],
    "badge": ["score", "--badge", "{}"],
    "graph": ["graph", "--output", "html={}"],
}
"""Each command that writes a file that the person names."""
REPORTS = {name: words for name, words in WRITERS.items() if name != "baseline"}


def into(words: list[str], path: object) -> list[str]:
    return [word.format(path) for word in words]


@pytest.fixture
def checkout(repository: Make) -> Path:
    return repository({"a/SKILL.md": BROKEN.format(name="a")})


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """A file outside of the checkout, which must stay as it is."""
    file = tmp_path / "outside" / "victim"
    file.parent.mkdir()
    # The baseline would be read first, so it is a valid one.
    file.write_text('{"version": 1, "entries": {}}\n')
    return file


def commit(checkout: Path) -> None:
    git(checkout, "add", "--all", "--force")
    git(checkout, "commit", "--quiet", "--message=More")


def unchanged(folder: Path, before: dict[str, bytes]) -> bool:
    return files(folder) == before


def files(folder: Path) -> dict[str, bytes]:
    """The content of each file, but for the cache."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".skill_lint_cache" not in path.parts
    }


# Symbolic links in the checkout.


def link_itself(checkout: Path, victim: Path) -> str:
    (checkout / "out").symlink_to(victim)
    return "out"


def relative_link(checkout: Path, victim: Path) -> str:
    (checkout / "out").symlink_to(os.path.relpath(victim, checkout))
    return "out"


def folder_on_the_way(checkout: Path, victim: Path) -> str:
    (checkout / "reports").symlink_to(victim.parent)
    return f"reports/{victim.name}"


def new_file_in_a_linked_folder(checkout: Path, victim: Path) -> str:
    (checkout / "reports").symlink_to(victim.parent)
    return "reports/new"


def link_to_nothing_yet(checkout: Path, victim: Path) -> str:
    (checkout / "out").symlink_to(victim.parent / "new")
    return "out"


def chain_of_links(checkout: Path, victim: Path) -> str:
    (checkout / "one").symlink_to("two")
    (checkout / "two").symlink_to("sub/three")
    (checkout / "sub").mkdir()
    (checkout / "sub" / "three").symlink_to(victim)
    return "one"


def link_behind_dots(checkout: Path, victim: Path) -> str:
    (checkout / "sub").mkdir()
    (checkout / "out").symlink_to(victim)
    return "sub/../out"


def dots_behind_a_link(checkout: Path, victim: Path) -> str:
    below = victim.parent / "below"
    below.mkdir()
    (checkout / "sub").symlink_to(below)
    return f"sub/../{victim.name}"


def by_its_absolute_path(checkout: Path, victim: Path) -> str:
    (checkout / "out").symlink_to(victim)
    return str(checkout / "out")


def from_outside_by_a_link_of_the_person(checkout: Path, victim: Path) -> str:
    (checkout / "out").symlink_to(victim)
    link = checkout.parent / "my-work"
    link.symlink_to(checkout)
    return str(link / "out")


def link_into_git(checkout: Path, victim: Path) -> str:
    (checkout / "out").symlink_to(".git/hooks/post-checkout")
    return "out"


def link_to_a_source(checkout: Path, victim: Path) -> str:
    (checkout / "out").symlink_to("a/SKILL.md")
    return "out"


def link_in_a_submodule(checkout: Path, victim: Path) -> str:
    (checkout / "module").mkdir()
    (checkout / "module" / ".git").write_text("gitdir: ../.git/modules/module\n")
    (checkout / "module" / "out").symlink_to(victim)
    return "module/out"


PLANTED = [
    link_itself, relative_link, folder_on_the_way, new_file_in_a_linked_folder,
    link_to_nothing_yet, chain_of_links, link_behind_dots, dots_behind_a_link,
    by_its_absolute_path, from_outside_by_a_link_of_the_person, link_into_git, link_to_a_source,
    link_in_a_submodule,
]  # fmt: skip


@pytest.mark.parametrize("plant", PLANTED)
@pytest.mark.parametrize("writer", ["json", "baseline"])
def test_a_link_in_the_checkout_leads_the_file_elsewhere(
    plant: Callable[[Path, Path], str], writer: str, checkout: Path, victim: Path, lint: Lint
) -> None:
    path = plant(checkout, victim)
    everything = [files(checkout), files(victim.parent)]
    ran = lint(checkout, *into(WRITERS[writer], path), "a")
    assert [files(checkout), files(victim.parent)] == everything
    assert ran.code == 2
    assert "cannot be written" in ran.err or "cannot be read" in ran.err or "baseline" in ran.err


@pytest.mark.parametrize("writer", WRITERS)
def test_each_writer_is_led_out_by_a_committed_link(
    writer: str, checkout: Path, victim: Path, lint: Lint
) -> None:
    (checkout / "out.txt").symlink_to(victim)
    commit(checkout)
    before = files(victim.parent)
    ran = lint(checkout, *into(WRITERS[writer], "out.txt"), "a")
    assert unchanged(victim.parent, before)
    assert ran.code == 2


def test_a_link_of_an_archive_without_git_leads_the_file_out(
    tmp_path: Path, victim: Path, lint: Lint
) -> None:
    folder = write(tmp_path / "archive", {"a/SKILL.md": GOOD.format(name="a")})
    (folder / "out.json").symlink_to(victim)
    before = files(victim.parent)
    assert lint(folder, "a", "--output", "json=out.json").code == 2
    assert unchanged(victim.parent, before)


def test_a_link_of_the_default_name_leads_the_baseline_out(
    checkout: Path, victim: Path, lint: Lint
) -> None:
    names = [".skill-lint-baseline.json", "skill-lint-baseline.json"]
    for name in names:
        (checkout / name).symlink_to(victim)
    before = files(victim.parent)
    lint(checkout, "baseline", "--update", "a")
    assert unchanged(victim.parent, before)


@pytest.mark.parametrize("kind", ["file", "folder", "dangling"])
def test_a_link_leads_the_new_configuration_out(
    kind: str, checkout: Path, victim: Path, lint: Lint
) -> None:
    words = ["init"]
    if kind == "folder":
        (checkout / "sub").symlink_to(victim.parent)
        words = ["init", "sub"]
    else:
        target = victim if kind == "file" else victim.parent / ".skill-lint.yaml"
        (checkout / ".skill-lint.yaml").symlink_to(target)
    before = files(victim.parent)
    assert lint(checkout, *words).code == 2
    assert unchanged(victim.parent, before)


# Other users, in folders where everybody may write.


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make the files of another user")
@pytest.mark.parametrize("kind", ["link", "link to nothing", "file", "pipe"])
def test_another_user_plants_the_name_in_a_shared_folder(
    kind: str, checkout: Path, victim: Path, tmp_path: Path, lint: Lint
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    place = shared / "x.json"
    if kind == "file":
        place.write_bytes(OLD)
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to(victim if kind == "link" else victim.parent / "new")
    os.chown(place, 65534, 65534, follow_symlinks=False)
    before = files(victim.parent)
    ran = lint(checkout, "a", "--output", f"json={place}")
    assert ran.code == 2
    assert "belongs to another user" in ran.err
    assert unchanged(victim.parent, before)


# A full disk, and other ends in the middle of a write.


@pytest.fixture
def short_of_space(environment: dict[str, str]) -> Lint:
    """Runs the command where no file may pass 1 KB: it fails where a full disk would."""

    def run(folder: Path, *words: str, stdin: bytes = b"", **variables: str) -> object:
        return subprocess.run(
            [sys.executable, "-P", "-m", "skill_lint", *words],
            cwd=folder, env={**environment, **variables}, input=stdin, capture_output=True,
            check=False, timeout=PATIENCE,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024)),
        )  # fmt: skip

    return run  # type: ignore[return-value]


@pytest.mark.parametrize("writer", ["json", "sarif", "the second of two", "baseline", "graph"])
@pytest.mark.parametrize("exists", [True, False])
def test_a_full_disk_costs_the_older_file(
    writer: str, exists: bool, repository: Make, short_of_space: Lint
) -> None:
    texts = {f"{n}/SKILL.md": BROKEN.format(name=f"s{n}") + "\n[y](z.md)" * 40 for n in range(30)}
    checkout = repository(texts)
    old = json.dumps({"version": 1, "entries": {}}).encode()
    if exists:
        (checkout / "out").write_bytes(old)
    ran = short_of_space(checkout, *into(WRITERS[writer], "out"))
    assert ran.returncode == 2, ran  # type: ignore[attr-defined]
    assert b"file too large" in ran.stderr  # type: ignore[attr-defined]
    assert b"Traceback" not in ran.stderr  # type: ignore[attr-defined]
    if exists:
        assert (checkout / "out").read_bytes() == old
    else:
        assert not (checkout / "out").exists()
    assert not list(checkout.rglob("*.tmp"))


def can_mount(folder: Path) -> bool:
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(folder)]
    try:
        return subprocess.run(words, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@pytest.mark.parametrize("writer", ["json", "baseline", "graph"])
def test_a_disk_that_is_really_full_costs_the_older_file(
    writer: str, repository: Make, tmp_path: Path, lint: Lint
) -> None:
    checkout = repository(
        {f"{n}/SKILL.md": BROKEN.format(name=f"s{n}") + "\n[y](z.md)" * 40 for n in range(30)}
    )
    disk = tmp_path / "disk"
    if not can_mount(disk):
        pytest.skip("no disk can be mounted here")
    try:
        old = json.dumps({"version": 1, "entries": {}}).encode()
        (disk / "out").write_bytes(old)
        (disk / "filler").write_bytes(bytes(8192))
        ran = lint(checkout, *into(WRITERS[writer], disk / "out"))
        assert ran.code == 2
        assert "no space left" in ran.err
        assert (disk / "out").read_bytes() == old
        assert sorted(each.name for each in disk.iterdir()) == ["filler", "out"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


# Pipes and devices.


@pytest.mark.parametrize("writer", REPORTS)
def test_a_pipe_in_the_checkout_stops_the_run_for_ever(
    writer: str, checkout: Path, lint: Lint
) -> None:
    os.mkfifo(checkout / "out")
    ran = lint(checkout, *into(WRITERS[writer], "out"), "a")
    assert ran.code == 2
    assert "named pipe in the checkout" in ran.err


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a device")
@pytest.mark.parametrize("kind", ["block", "character"])
def test_a_device_is_written(kind: str, checkout: Path, tmp_path: Path, lint: Lint) -> None:
    """A device that this system does not have: to open it fails, too."""
    mode = stat.S_IFBLK if kind == "block" else stat.S_IFCHR
    device = tmp_path / "device"
    try:
        # /dev/kmsg would put the report into the kernel's log.
        os.mknod(device, mode | 0o600, os.makedev(1, 11) if kind == "character" else 0)
    except PermissionError:
        pytest.skip("no device can be made here")
    ran = lint(checkout, "a", "--output", f"json={device}")
    assert ran.code == 2
    assert "it is a device" in ran.err
    assert not stat.S_ISREG(device.stat().st_mode)


# Files that are more than one.


def test_a_second_name_of_a_file_outside_is_written(
    checkout: Path, victim: Path, lint: Lint
) -> None:
    """A hard link: the name in the checkout is replaced, the other keeps its text."""
    os.link(victim, checkout / "out")
    before = files(victim.parent)
    assert lint(checkout, "a", "--output", "json=out").code == 1
    assert unchanged(victim.parent, before)
    assert json.loads((checkout / "out").read_bytes())


@pytest.mark.parametrize("other", ["out", "./out", "a/../out", "{}/out"])
@pytest.mark.parametrize("command", ["check", "graph"])
def test_two_outputs_to_one_file_lose_the_first(
    other: str, command: str, checkout: Path, lint: Lint
) -> None:
    second = other.format(checkout)
    ran = lint(checkout, command, "a", "--output", "json=out", "--output", f"text={second}")
    assert ran.code == 2
    assert "two outputs" in ran.err
    assert not (checkout / "out").exists()


@pytest.mark.parametrize("writer", REPORTS)
def test_a_report_replaces_the_skill_that_it_is_about(
    writer: str, checkout: Path, lint: Lint
) -> None:
    ran = lint(checkout, *into(WRITERS[writer], "a/SKILL.md"), "a")
    assert ran.code == 2
    assert (checkout / "a" / "SKILL.md").read_text() == BROKEN.format(name="a")


@pytest.mark.parametrize("mode", [0o4755, 0o2755, 0o6777])
def test_a_report_inherits_the_right_to_run_as_another(
    mode: int, checkout: Path, lint: Lint
) -> None:
    (checkout / "out").write_bytes(OLD)
    (checkout / "out").chmod(mode)
    lint(checkout, "a", "--output", "json=out")
    assert stat.S_IMODE((checkout / "out").stat().st_mode) == mode & 0o777


def test_names_of_temporary_files_are_planted(checkout: Path, victim: Path, lint: Lint) -> None:
    """Held before: a planted name is not used, and what is no file of ours is not deleted."""
    links = [checkout / f".skill-lint-{n:016x}.tmp" for n in range(50)]
    for link in links:
        link.symlink_to(victim)
        os.utime(link, (0, 0), follow_symlinks=False)
    (checkout / ".skill-lint-x.tmp").mkdir()
    os.utime(checkout / ".skill-lint-x.tmp", (0, 0))
    before = files(victim.parent)
    assert lint(checkout, "a", "--output", "json=out").code == 1
    assert unchanged(victim.parent, before)
    assert all(link.is_symlink() for link in links)
    assert (checkout / ".skill-lint-x.tmp").is_dir()


# What an honest person does. Each of these held before, but for what its docstring says.


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("where", ["old", "absolute", "above"])
def test_honest_a_file_is_written(
    writer: str, where: str, checkout: Path, tmp_path: Path, lint: Lint
) -> None:
    if where == "old" and writer != "baseline":
        (checkout / "out").write_bytes(OLD)
    path = {"absolute": str(checkout / "out"), "above": "../out"}
    ran = lint(checkout, *into(WRITERS[writer], path.get(where, "out")), "a")
    assert ran.code in (0, 1), ran
    written = checkout / path.get(where, "out")
    assert written.read_bytes() not in (b"", OLD)
    assert not list(tmp_path.rglob("*.tmp"))


def test_honest_links_outside_of_a_checkout_are_followed(
    checkout: Path, tmp_path: Path, lint: Lint
) -> None:
    """`/tmp` is one on macOS; a person's home may be full of them."""
    real = tmp_path / "real"
    real.mkdir()
    (tmp_path / "link").symlink_to(real)
    (real / "latest.json").symlink_to("dated.json")
    assert lint(checkout, "a", "--output", f"json={tmp_path}/link/latest.json").code == 1
    assert (real / "latest.json").is_symlink()
    assert json.loads((real / "dated.json").read_bytes())


def test_honest_the_checkout_is_reached_by_a_link(
    checkout: Path, tmp_path: Path, lint: Lint
) -> None:
    (tmp_path / "work").symlink_to(checkout)
    path = tmp_path / "work" / "out.json"
    assert lint(tmp_path / "work", "a", "--output", f"json={path}").code == 1
    assert json.loads((checkout / "out.json").read_bytes())


@pytest.mark.parametrize("device", ["/dev/null", "/dev/stderr", "/dev/fd/2", "/proc/self/fd/2"])
def test_honest_devices_are_written(device: str, checkout: Path, lint: Lint) -> None:
    ran = lint(checkout, "a", "--output", f"json={device}", "--output", f"concise={device}")
    assert ran.code == 1
    assert ("broken-link" in ran.err) == (device != "/dev/null")
    assert Path(device).exists()


def test_honest_standard_output_is_a_file(checkout: Path, environment: dict[str, str]) -> None:
    """Before, the report and what was printed overwrote each other."""
    script = f"{sys.executable} -P -m skill_lint a --output json=/dev/stdout --quiet > out"
    subprocess.run(["sh", "-c", script], cwd=checkout, env=environment, check=False)
    text = (checkout / "out").read_text()
    end = text.rindex("}") + 1
    assert json.loads(text[:end])
    assert "broken-link" in text[end:]


def test_honest_process_substitution(checkout: Path, environment: dict[str, str]) -> None:
    command = (
        f"{sys.executable} -P -m skill_lint a --quiet --output json=>(cat > got); wait; cat got"
    )
    done = subprocess.run(
        ["bash", "-c", command], cwd=checkout, env=environment, capture_output=True, check=True
    )
    assert b'"diagnostics"' in done.stdout


def test_honest_a_pipe_outside_of_the_checkout(checkout: Path, tmp_path: Path, lint: Lint) -> None:
    os.mkfifo(tmp_path / "pipe")
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    assert lint(checkout, "a", "--output", f"json={tmp_path}/pipe").code == 1
    reader.join(PATIENCE)
    assert json.loads(got[0])


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("directory", "is a directory"),
        ("no folder", "no such file or directory"),
        ("file as folder", "not a directory"),
        ("long name", "file name too long"),
        ("long path", "name too long"),
        ("full", "no space left"),
    ],
)
@pytest.mark.parametrize("writer", ["json", "badge"])
def test_honest_what_cannot_be_written_is_said(
    writer: str, kind: str, reason: str, checkout: Path, lint: Lint
) -> None:
    path = {
        "directory": "a",
        "no folder": "no/such/out",
        "file as folder": "a/SKILL.md/out",
        "long name": "x" * 300,
        "long path": "a/../" * 1200 + "x" * 300,
        "full": "/dev/full",
    }[kind]
    ran = lint(checkout, *into(WRITERS[writer], path), "a")
    assert ran.code == 2
    assert reason in ran.err
    assert not (checkout / "no").exists()


def test_honest_mode_and_owner_are_kept(checkout: Path, lint: Lint) -> None:
    out = checkout / "out"
    out.write_bytes(OLD)
    out.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(out, 1234, 1234)
    before = out.stat()
    assert lint(checkout, "a", "--output", "json=out").code == 1
    after = out.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode, before.st_uid, before.st_gid,
    )  # fmt: skip


def test_honest_a_new_file_has_the_mode_of_the_umask(
    checkout: Path, environment: dict[str, str]
) -> None:
    script = f"umask 027; {sys.executable} -P -m skill_lint a --output json=out"
    subprocess.run(["sh", "-c", script], cwd=checkout, env=environment, check=False)
    assert stat.S_IMODE((checkout / "out").stat().st_mode) == 0o640


def test_honest_a_file_that_is_mounted_is_written(
    checkout: Path, tmp_path: Path, lint: Lint
) -> None:
    """As by `docker run -v $PWD/out.json:/work/out.json`: it cannot be replaced."""
    inside, mounted = checkout / "out.json", tmp_path / "mounted.json"
    inside.touch()
    mounted.write_bytes(OLD)
    try:
        words = ["mount", "--bind", str(mounted), str(inside)]
        if subprocess.run(words, capture_output=True, check=False).returncode:
            pytest.skip("nothing can be mounted here")
    except OSError:
        pytest.skip("nothing can be mounted here")
    try:
        assert lint(checkout, "a", "--output", "json=out.json").code == 1
        assert json.loads(mounted.read_bytes())
    finally:
        subprocess.run(["umount", str(inside)], check=True)


@pytest.mark.skipif(not (TREE / "skill_lint").is_dir(), reason="not in a checkout")
def test_honest_a_worktree_and_a_submodule(repository: Make, tmp_path: Path, lint: Lint) -> None:
    checkout = repository({"a/SKILL.md": BROKEN.format(name="a")})
    git(checkout, "worktree", "add", "--quiet", str(tmp_path / "tree"))
    assert lint(tmp_path / "tree", "a", "--output", "json=out").code == 1
    assert json.loads((tmp_path / "tree" / "out").read_bytes())
