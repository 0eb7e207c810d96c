"""Hostile folders: what stands where a file is expected, and where links lead."""

import os
import socket
from collections.abc import Mapping
from pathlib import Path

from tests.hostile.make import GOOD, Case, Make, case, files, good, link, skill, sparse

TRAP = b"open('executed', 'w').close()\nraise SystemExit('a file of the skill was executed')\n"
"""What nothing may import or run; `every.py` watches for it as well."""
TRAPS = (
    "yaml.py", "json.py", "re.py", "markdown_it/__init__.py", "skill_lint/__init__.py", "conftest.py",
    "jsonschema.py", "sitecustomize.py", "usercustomize.py", "setup.py", "scripts/run.py", "_yaml.py",
)  # fmt: skip


def pipe(name: str) -> Case:
    return case(good(lambda root: os.mkfifo(root / name)))


def only(*steps: Make, linted: int = 1) -> Case:
    """A folder without a SKILL.md."""

    def make(root: Path) -> None:
        for step in steps:
            step(root)

    return case(make, linted=linted)


def _socket(name: str) -> Make:
    def make(root: Path) -> None:
        here = Path.cwd()
        os.chdir(root)  # A socket's path must be short.
        try:
            with socket.socket(socket.AF_UNIX) as server:
                server.bind(name)
        finally:
            os.chdir(here)

    return make


def _deep(depth: int, name: str = "d") -> Make:
    """Folders in folders, deeper than a path may be long."""

    def make(root: Path) -> None:
        here = os.open(root, os.O_RDONLY)
        for _ in range(depth):
            os.mkdir(name, dir_fd=here)
            below = os.open(name, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
        os.close(os.open("x.md", os.O_CREAT | os.O_WRONLY, dir_fd=here))
        os.close(here)

    return make


def _many_links(number: int) -> Make:
    def make(root: Path) -> None:
        (root / "references").mkdir()
        (root / "references" / "a.md").write_bytes(b"# A\n")
        for each in range(number):
            (root / "references" / f"l{each}.md").symlink_to(
                "a.md" if each == 0 else f"l{each - 1}.md"
            )

    return make


def _farm(root: Path) -> None:
    """Folders of links to each other: followed, they would be endless."""
    for one in range(10):
        (root / f"f{one}").mkdir()
        for other in range(10):
            (root / f"f{one}" / f"l{other}").symlink_to(f"../f{other}")


def _nested(depth: int) -> Make:
    def make(root: Path) -> None:
        for each in range(depth):
            root = root / f"s{each}"
            root.mkdir()
            (root / "SKILL.md").write_bytes(GOOD % b"s%d" % each)

    return make


def _skills(number: int) -> Make:
    def make(root: Path) -> None:
        for each in range(number):
            files([f"skill-{each}/SKILL.md"], GOOD % b"skill-%d" % each)(root)

    return make


def _siblings(root: Path) -> None:
    """At each depth a skill, and beside it a folder that looks as if it were meant as one."""
    for _ in range(60):
        files(["s/SKILL.md", "d/references/x.md"])(root)
        root = root / "d"


def _odd_names(number: int) -> Make:
    return files([f"references/a file ({n}).md" for n in range(number)])


NAMES = (
    "new\nline.md", "quo\"te'.md", "空 白.md", "esc\x1b[31m.md", "a\u202fb.md", "\u202egnp.md", "##[error]x.md",
    "::error::y.md", "-rf", "--help.md", "$(touch executed).md", "`id`.md", "a;b|c&d.md", "%s%n{0}.md", " .md",
    "...md", "con.md", "a\\b.md", "\x7f\x9b.md", "x" * 251 + ".md", "é" * 120 + ".md", "\U000e0041.md", "<b>.md",
    "a\rb.md", "tab\tx.md", "##vso[x].md", "\u200b.md", "*.md", "[x](y).md", "&amp;.md", "#frag.md", "?q=1.md",
)  # fmt: skip

CASES: Mapping[str, Case] = {
    "directory-named-skill-md": case(lambda root: (root / "SKILL.md").mkdir(), "unreadable-file"),
    "dangling-symlink": case(link("SKILL.md", "nowhere.md"), "missing-skill-file"),
    "looping-symlink": case(link("SKILL.md", "SKILL.md"), "missing-skill-file"),
    "folder-linked-to-itself": case(good(link("references", "."))),
    "escaping-symlink": case(good(link("references/passwd.md", "/etc/passwd")), "escaping-symlink"),
    "pipe-as-reference": case(good(lambda root: os.mkfifo(root / "notes.md")), "unreadable-file"),
    "strange-file-names": case(
        good(files([f"references/{name}" for name in NAMES])), "orphan-file"
    ),
    "name-that-is-no-utf8": case(good(files([b"references/caf\xe9.md"])), "orphan-file"),
    "folder-that-is-no-utf8": case(
        good(files([b"r\xff/x.md", b"references/\xed\xa0\x80.md"])), "unknown-subdirectory"
    ),
    "skill-folder-that-is-no-utf8": case(
        good(files([b"../caf\xe9/SKILL.md"], GOOD % b"cafe")), "name-mismatch", linted=3
    ),
    # Not a file
    "pipe-as-skill-md": case(lambda root: os.mkfifo(root / "SKILL.md"), "unreadable-file"),
    "pipe-as-metadata-json": pipe("metadata.json"),
    "pipe-as-script": case(
        good(
            lambda root: (root / "scripts").mkdir(), lambda root: os.mkfifo(root / "scripts/run.py")
        )
    ),
    "pipe-as-configuration": pipe("pyproject.toml"),
    "pipe-as-metadata-json-alone": only(lambda root: os.mkfifo(root / "metadata.json")),
    "endless-metadata-json-alone": only(link("metadata.json", "/dev/zero")),
    "huge-metadata-json-alone": only(sparse("metadata.json", 4 << 30)),
    "deep-metadata-json-alone": only(files(["metadata.json"], b"[" * 1_000_000)),
    "metadata-json-alone-that-leads-out": only(
        link("metadata.json", "../../outside/metadata.json")
    ),
    "socket-as-reference": case(
        good(lambda root: (root / "references").mkdir(), _socket("references/s.md")),
        "unreadable-file",
    ),
    "socket-as-skill-md": case(_socket("SKILL.md"), "unreadable-file"),
    "device-as-skill-md": case(link("SKILL.md", "/dev/zero"), linted=1),
    "device-as-reference": case(good(link("references/zero.md", "/dev/zero")), "escaping-symlink"),
    "device-as-metadata-json": case(good(link("metadata.json", "/dev/zero")), "escaping-symlink"),
    "standard-input-as-skill-md": case(link("SKILL.md", "/dev/stdin"), linted=1),
    "folder-as-metadata-and-script": case(
        good(
            lambda root: (root / "metadata.json").mkdir(),
            lambda root: (root / "scripts/run.py").mkdir(parents=True),
        )
    ),
    "folder-as-reference": case(
        good(lambda root: (root / "references/api.md").mkdir(parents=True))
    ),
    "file-as-folder": case(good(files(["references", "scripts", "resources"]))),
    "git-as-file": case(good(files([".git"], b"gitdir: /etc\n"))),
    "git-as-pipe": case(good(lambda root: os.mkfifo(root / ".git"))),
    # Size
    "skill-md-of-four-gigabytes": case(sparse("SKILL.md", 4 << 30), "unreadable-file"),
    "reference-of-four-gigabytes": case(
        good(sparse("references/big.md", 4 << 30)), "unreadable-file"
    ),
    "script-of-four-gigabytes": case(
        good(sparse("scripts/big.py", 4 << 30), sparse("assets/big.bin", 4 << 30))
    ),
    "thousand-files": case(
        good(files([f"references/f{n}.md" for n in range(1_000)])), "orphan-file"
    ),
    "ten-thousand-files": case(
        good(files([f"references/f{n}.md" for n in range(10_000)])), "orphan-file", large=True
    ),
    "many-folders": case(good(files([f"f{n}/a.md" for n in range(300)])), "unknown-subdirectory"),
    "many-empty-folders": case(
        good(*((lambda root, n=n: (root / f"f{n}").mkdir()) for n in range(300))),
        "empty-subdirectory",
    ),
    "thousand-files-with-blanks": case(good(_odd_names(1_000)), "orphan-file"),
    "chain-of-files": case(
        good(
            lambda root: (root / "SKILL.md").write_bytes(
                GOOD % b"hostile" + b"\nreferences/f0.md\n"
            ),
            *(files([f"references/f{n}.md"], b"see f%d.md\n" % (n + 1)) for n in range(1_000)),
        )
    ),
    "folders-of-depth-900": case(good(_deep(900)), "unknown-subdirectory"),
    "folders-of-depth-1200": case(good(_deep(1_200)), "unknown-subdirectory", large=True),
    "folders-beyond-the-longest-path": case(good(_deep(60, "d" * 200))),
    "deep-folders-without-a-skill": only(_deep(1_100), files(["references/x.md"]), linted=2),
    # Skills and links
    "skills-in-skills": case(good(_nested(40)), linted=42),
    "a-hundred-skills": case(good(_skills(100)), linted=102),
    "folders-meant-as-skills": only(_siblings, linted=62),
    "case-variants": case(good(files(["skill.md", "Skill.MD", "sKiLl.md"])), "two-skill-files"),
    "case-variants-of-folders": case(
        good(files(["References/a.md", "references/A.md", "REFERENCES/a.MD"]))
    ),
    "chain-of-links": case(good(_many_links(100))),
    "links-in-a-circle": case(
        good(link("a.md", "b.md"), link("b.md", "a.md"), link("c", "d"), link("d", "c")),
        "dangling-symlink",
    ),
    "farm-of-links": case(good(_farm), "empty-subdirectory"),
    "link-to-the-collection": case(
        good(link("references", ".."), link("up", "../..")), "escaping-symlink"
    ),
    "link-to-the-root": case(
        good(link("references", "/"), link("proc.md", "/proc/self/environ")), "escaping-symlink"
    ),
    "link-to-the-good-skill": case(
        good(link("references/good.md", "../../good/SKILL.md")), "escaping-symlink"
    ),
    "skill-md-that-leads-out": case(link("SKILL.md", "../../outside/secret.md"), linted=1),
    "skill-md-that-leads-to-a-device": case(link("SKILL.md", "/dev/random"), linted=1),
    "skill-md-that-leads-to-passwd": case(link("SKILL.md", "/etc/passwd"), linted=1),
    "skill-md-that-leads-out-in-steps": only(
        link("SKILL.md", "x/secret.md"), link("x", "../../outside")
    ),
    "folder-that-leads-out": case(good(link("references", "../../outside")), "escaping-symlink"),
    "link-of-a-strange-name": case(
        good(link("a\x1b[31m.md", "b\x1b]0;x\x07"), link("references/::error::x", "##[y]")),
        "dangling-symlink",
    ),
    # Traps
    "modules-of-python": case(good(files(TRAPS, TRAP))),
    "scripts-that-would-run": case(
        good(
            files(
                ["scripts/run.sh", "run", "Makefile", ".pre-commit-config.yaml"],
                b"#!/bin/sh\ntouch executed\n",
            )
        )
    ),
    # Meanwhile
    "skill-md-removed-meanwhile": case(skill(GOOD % b"hostile"), meanwhile="remove"),
    "skill-md-replaced-by-a-folder": case(skill(GOOD % b"hostile"), meanwhile="folder"),
    "skill-md-replaced-by-a-pipe": case(skill(GOOD % b"hostile"), meanwhile="pipe"),
    "skill-md-replaced-by-a-link-out": case(skill(GOOD % b"hostile"), meanwhile="link"),
    "skill-md-grown-meanwhile": case(skill(GOOD % b"hostile"), meanwhile="grow"),
    "skill-removed-meanwhile": case(good(files(["references/a.md"])), meanwhile="all"),
}
