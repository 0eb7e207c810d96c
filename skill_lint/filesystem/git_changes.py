"""What a git checkout has changed since a revision: files, and lines of them."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from skill_lint.filesystem import git
from skill_lint.filesystem.git import GitError
from skill_lint.lazy_regex import lazy_compile

_TEXTS = (".md", ".markdown", "metadata.json")
_HUNK = lazy_compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


@dataclass(frozen=True)
class Changes:
    """What differs between a revision's merge base with HEAD and the working tree.

    `root` is the checkout's root. `files` are absolute paths; they include deleted files, and both
    names of renamed files. `untracked` are those that git does not track yet.
    """

    root: Path
    base: str
    files: frozenset[Path] = field(default=frozenset())
    untracked: frozenset[Path] = field(default=frozenset())

    @cached_property
    def _hunks(self) -> dict[Path, set[int]]:
        diff = _git(self.root, "diff", "--no-renames", "--no-color", "--no-ext-diff", "-U0",
                    "--src-prefix=a/", "--dst-prefix=b/", self.base)  # fmt: skip
        lines: dict[Path, set[int]] = {}
        for part in re.split(r"^diff --git ", diff, flags=re.MULTILINE)[1:]:
            name = re.search(r"^\+\+\+ (?:\"b/(.*)\"|b/(.*?))\t?$", part, re.MULTILINE)
            if name:
                path = self.root / (_unquoted(name[1]) if name[1] is not None else name[2])
                for start, number in _HUNK.findall(part):
                    first = int(start)
                    lines.setdefault(path, set()).update(range(first, first + int(number or 1)))
        return lines

    def has_line(self, path: Path, line: int) -> bool:
        """Whether a 1-based line of a file is new or changed."""
        return path in self.untracked or line in self._hunks.get(path, ())


def changes_since(revision: str, folder: Path) -> Changes:
    """What changed since `revision` in the checkout that `folder` is in. Raises `GitError`."""
    try:
        top = Path(_git(folder, "rev-parse", "--show-toplevel").rstrip("\n"))
    except GitError as error:
        if error.code is None:
            raise GitError("--changed-since needs git, which is not installed") from None
        raise GitError(f"--changed-since needs a git checkout, and {folder} is in none") from None
    if not _answers(top, "rev-parse", "--verify", "--quiet", "HEAD"):
        raise GitError("--changed-since needs a commit, and this repository has none yet")
    if revision.startswith("-") or not _answers(
        top, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"
    ):
        raise GitError(f"git knows no revision `{revision}` here; fetch it, or check its name")
    try:
        base = _git(top, "merge-base", revision, "HEAD").strip()
    except GitError:
        raise GitError(
            f"`{revision}` and HEAD have no common commit here; if this is a shallow clone, "
            "fetch more of the history (actions/checkout: fetch-depth: 0)"
        ) from None
    changed = _git(top, "diff", "--name-only", "--no-renames", "-z", base)
    untracked = _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    new = frozenset(top / name for name in untracked.split("\0") if name)
    tracked = frozenset(top / name for name in changed.split("\0") if name)
    return Changes(top, base, tracked | new, new)


def is_dirty(folder: Path) -> bool:
    """Whether the folder has changes that are not committed, or files that git does not track."""
    words = ["status", "--porcelain", "--untracked-files=all", "--ignored", "--", "."]
    try:
        lines = git.run(folder, *words).decode(errors="replace").splitlines()
    except GitError:
        return False
    # Ignored caches do not matter, but ignored texts of a skill cannot be restored.
    return any(not line.startswith("!!") or line.rstrip('"').endswith(_TEXTS) for line in lines)


def _git(folder: Path, *words: str) -> str:
    return git.run(folder, *words).decode("utf-8", "surrogateescape")


def _answers(folder: Path, *words: str) -> bool:
    try:
        return bool(_git(folder, *words))
    except GitError:
        return False


def _unquoted(name: str) -> str:
    """The path that git has quoted in a diff, as octal escapes of its UTF-8 bytes."""
    escapes = {"t": "\t", "n": "\n", "r": "\r", '"': '"', "\\": "\\"}
    text = re.sub(
        r"\\([0-7]{3}|.)",
        lambda match: chr(int(match[1], 8)) if len(match[1]) == 3 else escapes.get(match[1], ""),
        name,
    )
    return text.encode("latin-1", "replace").decode("utf-8", "surrogateescape")
