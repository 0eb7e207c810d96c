"""Finds the file that a link, or a path named in the prose, of a skill's Markdown stands for."""

import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from skill_lint.markdown.document import Document
from skill_lint.markdown.elements import Link
from skill_lint.skill.link_target import Target, join, read_target
from skill_lint.skill.tree import Tree
from skill_lint.text.path_words import lines_with
from skill_lint.text.source import Source, Span

_WEB = r"(?!https?://|mailto:)"
_LOCAL_LINKS = (
    ("](", re.compile(rf"\]\(\s*<?{_WEB}", re.IGNORECASE)),
    ("]:", re.compile(rf"^[ \t>*+\d.)-]*\[[^\]]{{1,999}}\]:\s*<?{_WEB}", re.I | re.M)),
    ("<", re.compile(r"<[a-z][^<>]*\b(?:href|src)\s*=", re.IGNORECASE)),
)
"""Prefilters: patterns of links that could name a file or a heading, but no web site.

Before each pattern stands a substring of all its matches. Three patterns that each begin with a
fixed text are searched four times as fast as one.
"""
_LOCAL_TEXT = re.compile(
    rf"\]\(\s*<?{_WEB}|<{_WEB}[^<>\s]+[:@]|(?:\]\(|<)[^\s<(]*(?::\d|%3a)", re.IGNORECASE
)
"""The same for text without definitions and HTML. A URL's port can look like a line number."""
_PATH_END = r"[^\s`'\"()\[\]<>{},;:*|$…!?#（），。；：、！？“”‘’《》【】「」]*"
_ANY_FOLDER = r"[A-Za-z0-9_@+.%-]+"
MANY_FOLDERS = 50
"""With more subdirectories than this, paths below any folder are matched, and filtered later."""
_BEFORE_OTHER_SCRIPT = re.compile(r"(\.[A-Za-z0-9]{1,10})[^\x00-\x7f].*$")
"""Text after the suffix of a file: Chinese and Japanese put no space behind a path."""
_WILD = tuple("{<$*[…(")


class Reference(NamedTuple):
    """A link or mention, resolved. `path` is relative to the skill's root and may begin with `..`.

    `written` is the text at `span` in `source`, `target` that text classified. `found` is true if
    `path` exists.
    """

    source: Source
    span: Span
    written: str
    target: Target
    path: str
    found: bool


class References:
    """The references in one Markdown file of a skill."""

    def __init__(self, source: Source, document: Document, tree: Tree) -> None:
        self.source, self.document, self.tree = source, document, tree
        self.folder = posixpath.dirname(source.name) or "."

    @property
    def _prose(self) -> str:
        """The text that the prefilters for links and mentions search, before any parsing."""
        outside = self.document.outside_fences
        return self.document.body if outside is None else outside

    @cached_property
    def links(self) -> list[Reference]:
        """Every link that could name a file or a heading, and some others."""
        # Most files link only to web sites: parsing them would find nothing.
        prose = self._prose
        if not any(needle in prose and pattern.search(prose) for needle, pattern in _LOCAL_LINKS):
            return []
        return [self._resolve(link) for link in self.document.links_with(_is_perhaps_local)]

    def _resolve(self, link: Link) -> Reference:
        target = read_target(link.target)
        path, found = "", False
        if target.kind in ("path", "word"):
            path, found = self._find(target)
        first, slash, _ = target.path.partition("/")
        if target.kind == "word" and slash and first in self.tree.folders:
            target = target._replace(kind="path")
        return Reference(self.source, link.span, link.target, target, path, found)

    def _find(self, target: Target) -> tuple[str, bool]:
        """Where a path leads, from this file's folder or else the root, and whether it exists."""
        path = self._inside(join("" if target.from_root else self.folder, target.path))
        if self.tree.exists(path):
            return path, True
        from_root = join("", target.path)
        if self.tree.exists(from_root):
            return from_root, True
        below = from_root.partition("/")[0] in self.tree.folders
        return from_root if below else path, False

    def _inside(self, path: str) -> str:
        """`../pdf/x.md`, written in the skill `pdf/` itself, leads back into the skill."""
        back = f"../{self.tree.directory_name}/"
        return path.removeprefix(back) if path.startswith(back) else path

    @cached_property
    def broken_mentions(self) -> list[Reference]:
        """Paths in prose and code spans that do not exist, below one of the skill's own folders."""
        folders = self._named_folders
        if not folders:
            return []
        # Trying each of a thousand names at each place of a text would take a day.
        pattern = _mention_of(folders if len(folders) <= MANY_FOLDERS else ())
        lines = lines_with([f"{folder}/" for folder in folders], self._prose)
        matches = filter(self._is_below_folder, pattern.finditer(lines))
        paths = dict.fromkeys(match["path"] for match in matches)
        if all(self._is_there(self._trimmed(path)) for path in paths):
            return []
        return [mention for mention in self._mentions(pattern) if not mention.found]

    def _is_there(self, path: str) -> bool:
        """Whether a mentioned file exists: here, or up to three folders above a nested skill."""
        if self._find(Target("path", path))[1]:
            return True
        return any(self.tree.exists(f"{'../' * levels}{join('', path)}") for levels in (1, 2, 3))

    @property
    def _named_folders(self) -> tuple[str, ...]:
        """The folders whose name occurs in the text with a slash behind it."""
        # A path below references/ should exist, even if the skill has no such folder.
        names, body = {"references", *self.tree.subdirectories}, self.document.body
        return tuple(sorted(name for name in names if f"{name}/" in body))

    def _is_below_folder(self, match: re.Match[str]) -> bool:
        top = match["path"].partition("/")[0]
        return top == "references" or top in self._top_folders

    @cached_property
    def _top_folders(self) -> frozenset[str]:
        return frozenset(self.tree.subdirectories)

    def _trimmed(self, path: str) -> str:
        """A mentioned path without the full stop or the text that follows it directly."""
        path = path.rstrip(".\\")
        if self.tree.exists(join(self.folder, path)) or self.tree.exists(join("", path)):
            return path
        return _BEFORE_OTHER_SCRIPT.sub(r"\1", path)

    def _mentions(self, pattern: re.Pattern[str]) -> Iterator[Reference]:
        links = [link.whole for link in self.document.links]
        taken = _merged([*links, *(comment.span for comment in self.document.comments)])
        for inline in self.document.inlines_with(pattern.search):
            for match in filter(self._is_below_folder, pattern.finditer(inline.content)):
                span = inline.span(Span(*match.span("path")))
                before = bisect_right(taken, span.start, key=lambda other: other.start)
                if before and span.start < taken[before - 1].end:
                    continue
                behind = inline.content[match.end() : match.end() + 2]
                if behind.startswith(_WILD) and behind != "**":
                    continue
                written = self._trimmed(match["path"])
                span = Span(span.start, span.start + len(written))
                target = Target("path", written)
                path, found = self._find(target)[0], self._is_there(written)
                yield Reference(self.source, span, written, target, path, found)


@lru_cache(200)
def _mention_of(folders: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(map(re.escape, folders)) or _ANY_FOLDER
    root = r"(?:\$\{?(?:CLAUDE_SKILL_DIR|SKILL_DIR)\}?/|\{baseDir\}/|\./)?"
    return re.compile(
        rf"(?<![A-Za-z0-9_./\\{{}}<>$~@%'\"-]){root}(?P<path>(?:{either})/{_PATH_END})"
    )


def _is_perhaps_local(text: str) -> bool:
    """Whether text without definitions and HTML may have a link to a file or a heading."""
    # Only six texts in a hundred have one of these substrings.
    return ("](" in text or "<" in text) and _LOCAL_TEXT.search(text) is not None


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Sorted spans of the same characters that do not overlap."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
