"""A changed file is overlooked, because the skill that it is part of is not seen."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, GOOD, Lint, git, write

Make = Callable[[Mapping[str, str]], Path]
BAD = "\n[x](gone.md)\n"
OTHER = {"skills/b/SKILL.md": GOOD.format(name="b")}


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Change")


@pytest.fixture
def shared(repository: Make) -> Path:
    """A checkout with a SKILL.md that is a link to a page of the documentation."""
    folder = repository({**OTHER, "docs/a.md": GOOD.format(name="a"), "skills/a/x": ""})
    (folder / "way").symlink_to("docs")
    (folder / "skills/a/SKILL.md").symlink_to("../../docs/a.md")
    commit(folder)
    return folder


@pytest.mark.parametrize("target", ["../../docs/a.md", "../../way/a.md", "next.md"])
@pytest.mark.parametrize("words", [(), ("--new-only",)])
def test_the_text_of_a_skill_lies_elsewhere(
    target: str, words: tuple[str, ...], shared: Path, lint: Lint
) -> None:
    (shared / "skills/a/SKILL.md").unlink()
    (shared / "skills/a/SKILL.md").symlink_to(target)
    (shared / "skills/a/next.md").symlink_to("../../docs/a.md")
    commit(shared)
    write(shared, {"docs/a.md": GOOD.format(name="a") + BAD})
    commit(shared)
    ran = lint(shared, "check", ".", "--changed-since", "HEAD~1", *words)
    assert (ran.code, "1 skill linted" in ran.out) == (1, True), ran.said


def test_the_text_of_a_skill_lies_in_a_submodule(
    repository: Make, lint: Lint, tmp_path: Path
) -> None:
    inner = repository({"a.md": GOOD.format(name="a")})
    outer = write(tmp_path / "outer", {**OTHER, "skills/a/x": ""})
    git(outer, "init", "--quiet")
    words = ("-c", "protocol.file.allow=always", "submodule", "--quiet", "add")
    git(outer, *words, str(inner), "docs")
    (outer / "skills/a/SKILL.md").symlink_to("../../docs/a.md")
    commit(outer)
    write(outer / "docs", {"a.md": GOOD.format(name="a") + BAD})
    assert lint(outer, "check", ".", "--changed-since", "HEAD").code == 1


@pytest.mark.parametrize("names", [("docs/a.md",), ("docs/a.md", "skills/b/SKILL.md")])
def test_a_hook_names_the_text_of_a_skill(names: tuple[str, ...], shared: Path, lint: Lint) -> None:
    write(shared, {"docs/a.md": GOOD.format(name="a") + BAD})
    ran = lint(shared, "check", "--owning-skills", *names)
    assert (ran.code, f"{len(names)} skill" in ran.out) == (1, True), ran.said


WAYS = {
    "a link to a folder": ({"docs/current": "{}", "skills/a/SKILL.md": "../../docs/current/a.md"},
                           "docs/current"),
    "a link to a file": ({"docs/l.md": "{}/a.md", "skills/a/SKILL.md": "../../docs/l.md"},
                         "docs/l.md"),
    "a link in the skill": ({"docs/current": "{}", "skills/a/SKILL.md": "next.md",
                             "skills/a/next.md": "../../docs/current/a.md"}, "docs/current"),
    "a link to a skill": ({"lib/a": "../docs/{}/a", "skills/a": "../lib/a"}, "lib/a"),
    "a link above skills": ({"lib": "docs/{}", "skills/a": "../lib/a"}, "lib"),
}  # fmt: skip
"""The links on the way to a skill, and which of them is turned from `old` to `new`."""
ASKED = [("--changed-since", "main"), ("--changed-since", "main", "--new-only"),
         ("--owning-skills", "{}")]  # fmt: skip


def link(folder: Path, name: str, target: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(target)


@pytest.fixture
def versions(repository: Make) -> Path:
    """A checkout with two versions of a page and of a skill; the new ones have an error."""
    good, bad = GOOD.format(name="a"), BROKEN.format(name="a")
    return repository({**OTHER, "docs/old/a.md": good, "docs/new/a.md": bad,
                       "docs/old/a/SKILL.md": good, "docs/new/a/SKILL.md": bad,
                       ".skill-lint.yaml": "exclude: [docs]\n"})  # fmt: skip


@pytest.mark.parametrize("turned", ["new", "gone", "out"])
@pytest.mark.parametrize("words", ASKED, ids=lambda each: each[0])
@pytest.mark.parametrize("way", WAYS)
def test_a_link_on_the_way_is_turned(
    way: str, words: tuple[str, ...], turned: str, versions: Path, lint: Lint, tmp_path: Path
) -> None:
    links, name = WAYS[way]
    if turned != "new" and "SKILL.md" not in str(links):
        pytest.skip("there is no skill any more")
    for each, target in links.items():
        link(versions, each, target.format("old"))
    commit(versions)
    git(versions, "checkout", "--quiet", "-b", "change")
    write(tmp_path / "out", {"a.md": "TOPSECRET [x](gone.md)\n"})
    link(versions, name, links[name].format(str(tmp_path / "out") if turned == "out" else turned))
    commit(versions)
    ran = lint(versions, "check", ".", "--trusted-config", "main")
    found = [
        rule
        for rule in ("broken-link", "missing-skill-file", "escaping-skill-file")
        if rule in ran.out
    ]
    assert (ran.code, len(found)) == (1, 1), ran.said
    paths = ["skills"] if words[0] == "--changed-since" else []
    options = [each.format(name) for each in words]
    ran = lint(versions, "check", *paths, *options, "--trusted-config", "main")
    assert (ran.code, found[0] in ran.out) == (1, True), ran.said
    assert "TOPSECRET" not in ran.said


@pytest.mark.parametrize("words", ASKED[::2], ids=lambda each: each[0])
def test_a_link_of_a_skill_leads_out_by_one_elsewhere(
    words: tuple[str, ...], repository: Make, lint: Lint
) -> None:
    folder = repository(
        {
            "skills/a/SKILL.md": GOOD.format(name="a") + "\n[x](x.md)\n",
            "skills/a/references/x.md": "text\n",
            "lib/references/x.md": "evil\n",
        }
    )
    link(folder, "way", "skills/a/references")
    link(folder, "skills/a/x.md", "../../way/x.md")
    commit(folder)
    git(folder, "checkout", "--quiet", "-b", "change")
    link(folder, "way", "lib/references")
    commit(folder)
    ran = lint(folder, "check", *(each.format("way") for each in words), "--fail-on=warning")
    assert (ran.code, "escaping-symlink" in ran.out) == (1, True), ran.said


@pytest.mark.parametrize("words", ASKED, ids=lambda each: each[0])
def test_the_text_of_a_skill_is_deleted(words: tuple[str, ...], shared: Path, lint: Lint) -> None:
    git(shared, "checkout", "--quiet", "-b", "change")
    git(shared, "rm", "--quiet", "docs/a.md")
    paths = ["."] if words[0] == "--changed-since" else []
    ran = lint(shared, "check", *paths, *(each.format("docs/a.md") for each in words))
    assert (ran.code, "missing-skill-file" in ran.out) == (1, True), ran.said


@pytest.mark.parametrize("name", ["a.txt", "a", "a.md.in", "a.MD", "Makefile"])
def test_the_text_of_a_skill_has_any_name(name: str, shared: Path, lint: Lint) -> None:
    link(shared, "skills/a/SKILL.md", f"../../docs/{name}")
    write(shared, {f"docs/{name}": BROKEN.format(name="a")})
    commit(shared)
    ran = lint(shared, "check", "--owning-skills", f"docs/{name}")
    assert (ran.code, "broken-link" in ran.out) == (1, True), ran.said


@pytest.mark.parametrize(
    "names", [("skills/p",), ("skills/p/SKILL.md",), ("skills/p/SKILL.md", "skills/p"),
              ("skills/p/references/x.md", "skills/b/SKILL.md"), ("skills/p/next/SKILL.md",)]
)  # fmt: skip
def test_deleted_files_lie_behind_a_link_out_now(
    names: tuple[str, ...], repository: Make, lint: Lint, tmp_path: Path
) -> None:
    """`git diff --name-only` names them, and so do many lists of changed files."""
    text = GOOD.format(name="p") + "\n[x](TOPSECRET.md)\n"
    write(tmp_path / "private", {"SKILL.md": text, "references/x.md": text, "next/SKILL.md": text})
    folder = repository(OTHER)
    link(folder, "skills/p", str(tmp_path / "private"))
    commit(folder)
    for words in ((), ("--fix",), ("--trusted-config", "HEAD~1", "--strict-gate")):
        ran = lint(folder, "check", "--owning-skills", "--output-format=full", *words, *names)
        assert "TOPSECRET" not in ran.said
        assert "skills/p: a symbolic link out" in ran.said
    assert (tmp_path / "private/SKILL.md").read_text() == text


def test_a_new_link_to_an_excluded_skill(repository: Make, lint: Lint) -> None:
    bad = {"vendor/evil/SKILL.md": BROKEN.format(name="evil")}
    folder = repository({**OTHER, **bad, ".skill-lint.yaml": "exclude: [vendor]\n"})
    link(folder, "skills/evil", "../vendor/evil")
    git(folder, "add", "--all")
    words = ("check", "--owning-skills", "skills/evil")
    ran = lint(folder, *words, "--trusted-config", "main")
    assert (ran.code, "broken-link" in ran.out) == (1, True), ran.said
    # Without a base, whoever commits has excluded it; but not in silence.
    ran = lint(folder, *words)
    assert (ran.code, "skipped skills/evil" in ran.out) == (0, True), ran.said


@pytest.mark.parametrize("rest", ["metadata.json", "references/a.md", "scripts/a.sh"])
def test_the_skill_file_is_deleted(rest: str, repository: Make, lint: Lint) -> None:
    files = {"skills/a/SKILL.md": GOOD.format(name="a"), f"skills/a/{rest}": '{"skill_id": "x/a"}'}
    folder = repository({**OTHER, **files})
    (folder / "skills/a/SKILL.md").unlink()
    commit(folder)
    ran = lint(folder, "check", ".", "--changed-since", "HEAD~1")
    assert ran.code == 1, ran.said
    assert "missing-skill-file" in ran.out


def test_honest_changes_of_other_skills(repository: Make, lint: Lint) -> None:
    """Guards honest use: what did not change is not linted, wherever skills lie in each other."""
    files = {"SKILL.md": BROKEN.format(name="x"), "in/SKILL.md": GOOD.format(name="in"),
             "out/SKILL.md": GOOD.format(name="out"), ".skill-lint.yaml": "exclude: [out]\n",
             "docs/a.md": "text\n"}  # fmt: skip
    folder = repository({**OTHER, **files})
    write(folder, {"in/references/a.md": "text\n", "out/references/a.md": "text\n"})
    commit(folder)
    ran = lint(folder, "check", ".", "--changed-since", "HEAD~1")
    assert ("1 skill linted" in ran.out, ran.code) == (True, 0), ran.said
    ran = lint(folder, "check", "--owning-skills", "out/references/a.md")
    assert ran.code == 0, ran.said


def test_honest_pages_that_are_no_skill(shared: Path, lint: Lint) -> None:
    """Guards honest use: a hook that names other files has nothing to say."""
    write(shared, {"README.md": BAD, "docs/b.md": BAD, "skills/README.md": BAD})
    names = ("README.md", "docs/b.md", "skills/README.md")
    ran = lint(shared, "check", "--owning-skills", *names)
    assert (ran.code, ran.said) == (0, "")


def test_honest_links_on_no_way(versions: Path, lint: Lint) -> None:
    """Guards honest use: a link that leads to no skill concerns none."""
    link(versions, "skills/c", "../docs/old/a")
    write(versions, {"site/old/x.md": "x", "site/new/x.md": "x"})
    link(versions, "site/current", "old")
    commit(versions)
    link(versions, "site/current", "new")
    commit(versions)
    ran = lint(versions, "check", ".", "--changed-since", "HEAD~1")
    assert (ran.code, "0 skills linted" in ran.out) == (0, True), ran.said
    ran = lint(versions, "check", "--owning-skills", "site/current")
    assert (ran.code, ran.said) == (0, "")
