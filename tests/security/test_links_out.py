"""A SKILL.md that is a symbolic link out of the checkout is read, or passes as skipped."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, GOOD, Lint, git, write

SECRET = GOOD.format(name="evil") + "\nTOPSECRET[x](gone.md)\n"
Make = Callable[..., Path]


@pytest.fixture
def checkout(repository: Make, tmp_path: Path) -> Path:
    """A checkout with a good skill, and `evil`, whose SKILL.md leads to a file outside."""
    write(tmp_path, {"outside/SKILL.md": SECRET})
    folder = repository({"good/SKILL.md": GOOD.format(name="good"), "evil/references/a.md": "x\n"})
    (folder / "evil/SKILL.md").symlink_to("../../outside/SKILL.md")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Link")
    return folder


@pytest.mark.parametrize(
    "words",
    [
        (), ("evil",), ("evil/SKILL.md",), ("evil/references/a.md",), ("good", "evil"),
        ("--owning-skills", "evil/SKILL.md"), ("--owning-skills", "evil/references/a.md"),
        ("--changed-since", "HEAD~"), ("--changed-since", "HEAD~", "--new-only"),
        ("--preset", "agentskills"), ("--ignore", "all"), ("--select", "long-body"),
        ("--severity", "escaping-skill-file=off"), ("--fix",), ("--fix", "--unsafe-fixes"),
        ("--no-cache",), ("--owning-skills", "evil/SKILL.md", "good/SKILL.md"),
        ("--list-skills", "evil/SKILL.md"),
    ],
)  # fmt: skip
def test_it_passes(checkout: Path, lint: Lint, words: tuple[str, ...]) -> None:
    ran = lint(checkout, *words)
    assert ran.code != 0, ran.said
    assert "out of the checkout" in ran.said
    assert "gone.md" not in ran.said
    assert (checkout.parent / "outside/SKILL.md").read_text() == SECRET


@pytest.mark.parametrize(
    "form",
    ["full", "concise", "json", "sarif", "github", "markdown", "gitlab", "junit", "rdjson"],
)
def test_a_format_leaves_it_out(checkout: Path, lint: Lint, form: str) -> None:
    ran = lint(checkout, "--output-format", form)
    assert ran.code == 1, ran.said
    assert "escaping-skill-file" in ran.out


@pytest.mark.parametrize(
    "target", ["/etc/hostname", "/dev/zero", "/proc/self/environ", "/dev/stdin"]
)
def test_it_leads_to_the_machine(checkout: Path, lint: Lint, target: str) -> None:
    (checkout / "evil/SKILL.md").unlink()
    (checkout / "evil/SKILL.md").symlink_to(target)
    assert lint(checkout).code == 1


def test_it_leads_there_by_a_second_link(checkout: Path, lint: Lint) -> None:
    (checkout / "evil/SKILL.md").rename(checkout / "evil/way.md")
    (checkout / "evil/SKILL.md").symlink_to("way.md")
    ran = lint(checkout)
    assert ran.code == 1
    assert "out of the checkout" in ran.out


def test_it_has_a_small_name(checkout: Path, lint: Lint) -> None:
    (checkout / "evil/SKILL.md").rename(checkout / "evil/skill.md")
    assert "out of the checkout" in lint(checkout).out


def test_the_text_is_sent_by_an_editor(checkout: Path, lint: Lint) -> None:
    ran = lint(checkout, "-", "--stdin-filename", "evil/SKILL.md", stdin=SECRET.encode())
    assert ran.code == 1


def test_its_target_appears_after_a_run_was_kept(checkout: Path, lint: Lint) -> None:
    target = checkout.parent / "outside/SKILL.md"
    target.rename(target.with_name("x"))
    lint(checkout)
    lint(checkout)
    target.with_name("x").rename(target)
    for _ in range(2):
        ran = lint(checkout)
        assert "out of the checkout" in ran.out
        assert "gone.md" not in ran.out


def test_a_hook_names_a_link_to_a_folder_outside(checkout: Path, lint: Lint) -> None:
    (checkout / "way").symlink_to("../outside")
    ran = lint(checkout, "--owning-skills", "way")
    assert "gone.md" not in ran.out


def test_other_commands_read_it(checkout: Path, lint: Lint) -> None:
    for words in (("show", "evil"), ("score",), ("graph",), ("migrate",), ("fix",)):
        assert "TOPSECRET" not in lint(checkout, *words).said


def test_without_a_checkout(lint: Lint, tmp_path: Path) -> None:
    write(
        tmp_path, {"outside.md": SECRET, "in/good/SKILL.md": GOOD.format(name="good"), "in/e/x": ""}
    )
    (tmp_path / "in/e/SKILL.md").symlink_to("../../outside.md")
    assert lint(tmp_path / "in").code == 1


@pytest.mark.parametrize("start", ["..", "/", "../beside"])
@pytest.mark.parametrize("words", [(), ("--output-format", "full"), ("--no-cache",)])
def test_the_run_starts_above_the_checkout(
    checkout: Path, lint: Lint, start: str, words: tuple[str, ...]
) -> None:
    write(checkout.parent, {"beside/x": ""})
    ran = lint(checkout / start, "check", str(checkout), *words)
    assert ran.code == 1, ran.said
    assert "out of the checkout" in ran.out
    assert "gone.md" not in ran.said


def test_a_folder_leads_out_and_the_run_starts_above(checkout: Path, lint: Lint) -> None:
    (checkout / "good/way").symlink_to("../../outside")
    (checkout / "more").symlink_to("../outside")
    ran = lint(checkout.parent, "check", checkout.name)
    assert "skipped 2: a symbolic link out of the searched folder" in ran.out
    assert "gone.md" not in ran.said


def test_one_of_two_checkouts_shows_the_other(repository: Make, lint: Lint, tmp_path: Path) -> None:
    write(tmp_path, {"ours/.git/config": SECRET, "ours/private.md": SECRET})
    folder = repository({"good/SKILL.md": GOOD.format(name="good"), "e/x": "", "f/x": ""})
    (folder / "e/SKILL.md").symlink_to("../../ours/.git/config")
    (folder / "f/SKILL.md").symlink_to("../../ours/private.md")
    ran = lint(tmp_path, "check", ".")
    assert (ran.code, ran.out.count("out of the checkout")) == (1, 2), ran.said
    assert "gone.md" not in ran.said


@pytest.mark.parametrize("name", ["evil/SKILL.md", "way"])
@pytest.mark.parametrize("start", [".", "evil", ".."])
def test_it_leads_to_the_files_of_git(checkout: Path, lint: Lint, name: str, start: str) -> None:
    """They may hold the password of whoever fetched the checkout."""
    write(checkout, {".git/SKILL.md": SECRET})
    (checkout / name).unlink(missing_ok=True)
    (checkout / name).symlink_to(".git" if name == "way" else "../.git/SKILL.md")
    ran = lint(checkout / start, "check", str(checkout))
    assert "gone.md" not in ran.said
    assert ran.code == 1, ran.said


@pytest.mark.parametrize("name", ["skills", "skills/evil", "way", "way/evil"])
@pytest.mark.parametrize(
    "command",
    [("check",), ("score",), ("show",), ("graph",), ("migrate",), ("fix",), ("baseline",),
     ("check", "--trusted-config", "HEAD"), ("check", "--changed-since", "HEAD"),
     ("check", "--list-skills")],
    ids=" ".join,
)  # fmt: skip
def test_a_name_of_the_command_line_becomes_a_link(
    checkout: Path, lint: Lint, tmp_path: Path, name: str, command: tuple[str, ...]
) -> None:
    write(tmp_path, {"others/evil/SKILL.md": SECRET})
    if name == "skills/evil":
        (checkout / "skills").mkdir()
        (checkout / "skills/evil").symlink_to("../../others/evil")
    else:
        (checkout / "skills").symlink_to("../others")
    (checkout / "way").symlink_to("skills")
    ran = lint(checkout, *command, name)
    assert ran.code == 2, ran.said
    assert "give the path that it leads to" in ran.err or "--changed-since" in ran.err
    assert "gone.md" not in ran.said


def test_an_editor_names_a_file_behind_a_link(checkout: Path, lint: Lint, tmp_path: Path) -> None:
    write(tmp_path, {"others/evil/SKILL.md": GOOD.format(name="evil"), "others/evil/x.md": SECRET})
    (checkout / "skills").symlink_to("../others")
    words = ("check", "-", "--stdin-filename", "skills/evil/SKILL.md")
    assert lint(checkout, *words, stdin=b"x").code == 2


@pytest.mark.parametrize("place", [".", "checkout"])
def test_honest_links_of_a_person(repository: Make, lint: Lint, tmp_path: Path, place: str) -> None:
    """Guards honest use: a link that lies in no checkout may lead anywhere, and one in a checkout
    anywhere in it."""
    folder = repository({"skills/bad/SKILL.md": BROKEN.format(name="bad")})
    (folder / "way").symlink_to("skills")
    (tmp_path / "mine").symlink_to(folder / "way")
    (tmp_path / "all").symlink_to(tmp_path)
    for name in ("mine", "mine/bad", "all/checkout/way", "checkout/way/bad", "all/mine/bad"):
        path = tmp_path / name
        ran = lint(tmp_path / place, "check", str(path))
        assert (ran.code, "broken-link" in ran.out) == (1, True), ran.said


def test_honest_links_into_a_checkout_that_is_named_as_well(
    checkout: Path, lint: Lint, tmp_path: Path
) -> None:
    """Guards honest use: the person vouches for what the person names."""
    ran = lint(tmp_path, "check", "checkout", "outside")
    assert ran.code == 1
    assert "out of the checkout" not in ran.said


def test_it_is_named_in_json(checkout: Path, lint: Lint) -> None:
    report = json.loads(lint(checkout, "--output-format", "json").out)
    found = [each for each in report["diagnostics"] if each["rule"] == "escaping-skill-file"]
    assert [(each["path"], each["line"], each["column"]) for each in found] == [
        ("evil/SKILL.md", 1, 1)
    ]


def test_honest_links_inside_of_the_checkout(repository: Make, lint: Lint) -> None:
    """Guards honest use: several clients' folders share one file."""
    folder = repository({"shared/pdf.md": BROKEN.format(name="pdf"), "a/pdf/x": "", "b/s/SKILL.md":
                         GOOD.format(name="s")})  # fmt: skip
    (folder / "a/pdf/SKILL.md").symlink_to("../../shared/pdf.md")
    ran = lint(folder)
    assert "broken-link" in ran.out
    assert "out of the checkout" not in ran.out
    write(folder, {"a/good/SKILL.md": GOOD.format(name="good")})
    ran = lint(folder / "a")
    assert ran.code == 0
    assert "run in a folder that holds both" in ran.out


def test_honest_an_exclusion_of_the_owner(checkout: Path, lint: Lint) -> None:
    """Guards honest use: the owner excludes the skill."""
    write(checkout, {".skill-lint.yaml": "exclude: [evil]\n"})
    assert lint(checkout).code == 0
