"""The person's own models file, where somebody else could write it."""

import os
import shutil
from pathlib import Path

import pytest

from tests.security.conftest import Lint, write
from tests.security.llm.conftest import (
    FIX,
    Make,
    Recorder,
    got_nothing,
    got_only_its_key,
    refused,
    registered,
    tried,
    write_own,
)

BELOW = ".config/skill-lint/models.yaml"
as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs to give files away"
)


def test_the_home_directory_lies_in_the_checkout(
    checkout: Path, lint: Lint, evil: Recorder
) -> None:
    """As some CI servers set it up, so that caches are found again."""
    write_own(checkout / BELOW, registered(evil))
    write_own(checkout / "cache" / BELOW, registered(evil))
    write_own(checkout / "xdg/skill-lint/models.yaml", registered(evil))
    (checkout.parent / "x").mkdir()
    variables = [
        {"HOME": str(checkout)},
        {"HOME": str(checkout / "cache")},
        {"XDG_CONFIG_HOME": str(checkout / "xdg")},
        {"XDG_CONFIG_HOME": f"{checkout.parent}/x/../checkout/xdg"},
        {"SKILL_LINT_MODELS_FILE": str(checkout / BELOW)},
        {"SKILL_LINT_MODELS_FILE": "/proc/self/cwd/" + BELOW},
    ]
    for each in variables:
        ran = refused(lint, checkout, **each)
        assert "a commit could decide where texts and keys are sent" in ran.err, each
    for each in variables[:5]:
        # From elsewhere, with the checkout as what is linted.
        ran = refused(lint, checkout.parent, "fix", "--llm", str(checkout / "a"), **each)
        assert "a commit could decide where texts and keys are sent" in ran.err, each
    got_nothing(evil)


@pytest.mark.parametrize("value", ["models.yaml", "./models.yaml", "~/models.yaml", "", " "])
def test_the_variable_names_a_file_of_each_repository(
    value: str, checkout: Path, person: Path, lint: Lint, own: Recorder, evil: Recorder
) -> None:
    write_own(checkout / "models.yaml", registered(evil))
    write_own(checkout / "~/models.yaml", registered(evil))
    ran = refused(lint, checkout, SKILL_LINT_MODELS_FILE=value)
    assert "SKILL_LINT_MODELS_FILE" in ran.err
    got_nothing(own, evil)


@pytest.mark.parametrize("value", ["relative", ".", "xdg"])
def test_a_relative_folder_of_configurations(
    value: str, checkout: Path, person: Path, lint: Lint, own: Recorder, evil: Recorder
) -> None:
    """The standard says that a relative one is to be ignored."""
    write_own(checkout / value / "skill-lint/models.yaml", registered(evil))
    tried(lint, checkout, XDG_CONFIG_HOME=value)
    got_only_its_key(own)
    got_nothing(evil)


@pytest.mark.parametrize("link", ["file", "folder", "two steps", "checkout by a link"])
def test_a_link_of_the_person_into_the_repository(
    link: str, checkout: Path, home: Path, lint: Lint, evil: Recorder
) -> None:
    theirs = write_own(checkout / "conf/models.yaml", registered(evil))
    folder = home / ".config/skill-lint"
    folder.parent.mkdir()
    if link == "folder":
        folder.symlink_to(theirs.parent)
    else:
        folder.mkdir()
        target = theirs
        if link == "two steps":
            (home / "step").symlink_to(theirs)
            target = home / "step"
        if link == "checkout by a link":
            (home / "way").symlink_to(checkout)
            target = home / "way/conf/models.yaml"
        (folder / "models.yaml").symlink_to(target)
    for words in (FIX, ("models", "--check")):
        assert "a commit could decide where" in refused(lint, checkout, *words).err
    (home / "again").symlink_to(checkout)
    assert "a commit could decide where" in refused(lint, home / "again").err
    got_nothing(evil)


def test_an_archive_brings_a_home_directory(
    tmp_path: Path, checkout: Path, lint: Lint, evil: Recorder
) -> None:
    archive = tmp_path / "archive"
    shutil.copytree(checkout / "a", archive / "a")
    write_own(archive / "skill-lint/models.yaml", registered(evil))
    assert "a commit could" in refused(lint, archive, XDG_CONFIG_HOME=str(archive)).err
    got_nothing(evil)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o602, 0o660, 0o666, 0o777])
def test_others_read_or_write_the_file(
    mode: int, checkout: Path, person: Path, lint: Lint, own: Recorder
) -> None:
    person.chmod(mode)
    ran = refused(lint, checkout)
    assert f"is open to other users of this machine: run `chmod 600 {person}`" in ran.err
    got_nothing(own)


@as_root
def test_the_file_of_another_user(checkout: Path, person: Path, lint: Lint, own: Recorder) -> None:
    os.chown(person, 4321, 4321)
    assert "belongs to another user" in refused(lint, checkout).err
    got_nothing(own)


DAMAGED = {
    "cut off": "models:\n  registry:\n    mine: {model: m, base_url_de",
    "no YAML": "models: [\n",
    "a list": "- models\n",
    "a text": "models\n",
    "a key twice": "models: {}\nmodels: {}\n",
    "another version": "version: 2\nmodels: {}\n",
    "a version that is no number": "version: one\n",
    "a key of a later version": "models: {registry: {mine: {model: m, fallback: x}}}\n",
    "a key in the file": "models: {registry: {mine: {model: m, api_key: word-of-file}}}\n",
    "a deep one": f"models: {'{a: ' * 5_000}\n",
    "aliases": "a: &a [x]\nb: &b [*a, *a]\nmodels: *b\n",
    "bytes": "\udcff",
    "a wrong number": "models: {registry: {mine: {model: m, timeout: .nan}}}\n",
    "a wrong price": "models: {registry: {mine: {model: m, prices: {input: -1, output: 0}}}}\n",
}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_file(what: str, checkout: Path, person: Path, lint: Lint, own: Recorder) -> None:
    person.write_text(DAMAGED[what], encoding="utf-8", errors="surrogateescape")
    for words in (FIX, ("models",)):
        ran = refused(lint, checkout, *words)
        assert ran.err.count("\n") == 1
        assert "models.yaml" in ran.err
        assert "word-of-file" not in ran.err
    got_nothing(own)


@pytest.mark.parametrize("kind", ["folder", "pipe", "dangling", "loop", "/dev/zero", "huge"])
def test_what_is_no_file(kind: str, checkout: Path, home: Path, lint: Lint) -> None:
    file = home / BELOW
    file.parent.mkdir(parents=True)
    if kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file, 0o600)
    elif kind == "huge":
        file.touch(0o600)
        os.truncate(file, 1 << 40)
    else:
        file.symlink_to({"dangling": "nowhere", "loop": file.name}.get(kind, kind))
    assert "models.yaml" in refused(lint, checkout).err


def test_the_variable_names_no_file(checkout: Path, person: Path, lint: Lint) -> None:
    ran = refused(lint, checkout, SKILL_LINT_MODELS_FILE=str(checkout.parent / "gone.yaml"))
    assert "gone.yaml: cannot be read: no such file" in ran.err


def test_the_workflow_names_a_file_of_the_checkout(
    checkout: Path, lint: Lint, evil: Recorder
) -> None:
    """In CI, a pull request could change the file, and nobody reads a notice."""
    write_own(checkout / "ci/models.yaml", registered(evil))
    for name in ("ci/models.yaml", str(checkout / "ci/models.yaml"), "../checkout/ci/models.yaml"):
        ran = refused(lint, checkout, *FIX, "--models", name, CI="true")
        assert "in CI (`CI` is set), name one outside of it" in ran.err
    got_nothing(evil)


def test_honest_the_person_names_a_file_of_the_checkout(
    checkout: Path, lint: Lint, own: Recorder
) -> None:
    """Guards honest use: the command line is the person's word, and a notice says what it means."""
    write(checkout, {"skill-lint-models.yaml": registered(own)})
    ran = tried(lint, checkout, *FIX, "--models", "skill-lint-models.yaml")
    assert "1 proposed" in ran.out
    assert "lies in the checkout" in ran.err
    got_only_its_key(own)


def test_honest_places_of_the_persons_file(
    checkout: Path, home: Path, lint: Lint, own: Recorder, repository: Make
) -> None:
    """Guards honest use: a folder for all dotfiles that is a checkout, and a file elsewhere."""
    dotfiles = home / "dotfiles"
    write_own(dotfiles / "models.yaml", registered(own))
    write(dotfiles, {".git/HEAD": "x"})
    (home / ".config/skill-lint").mkdir(parents=True)
    (home / BELOW).symlink_to(dotfiles / "models.yaml")
    assert "1 proposed" in tried(lint, checkout).out
    (home / BELOW).unlink()
    elsewhere = write_own(home / "else/where.yaml", registered(own))
    assert (
        "mine: m at" in tried(lint, checkout, "models", SKILL_LINT_MODELS_FILE=str(elsewhere)).out
    )
    write_own(home / BELOW, registered(own))
    write(home, {".claude/skills/a/SKILL.md": (checkout / "a/SKILL.md").read_text()})
    assert "mine: m at" in tried(lint, home, "models").out
    assert "mine: m at" in tried(lint, home / ".claude/skills", "models").out
