"""Reads the target of a link: a path, an address of another kind, or neither. Looks up no file."""

import posixpath
import re
from typing import Literal, NamedTuple
from urllib.parse import unquote

from skill_lint.lazy_regex import lazy_compile

TargetKind = Literal["path", "anchor", "absolute", "external", "placeholder", "word"]

_ESCAPE = lazy_compile(r"\\([!-/:-@\[-`{-~])")
_SCHEME = lazy_compile(r"[A-Za-z][A-Za-z0-9+-]+:")
_DRIVE = lazy_compile(r"[A-Za-z]:[\\/]")
_SKILL_ROOT = lazy_compile(r"\$\{?(?:CLAUDE_SKILL_DIR|SKILL_DIR)\}?/|\{(?:baseDir|skillDir)\}/")
_PLACEHOLDER = lazy_compile(r"[{}<>$*|…\[\]%]|\.\.\.|^~|\b(?:path/to|your-|example\.(?:md|com))")
_DOMAIN = lazy_compile(
    r"(?:www\.|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|dev|ai|app|co|gov|edu|sh(?=[/:])|cn|jp|de|uk)(?:[/:?#]|$))"
)
_LINE_SUFFIX = re.compile(r"(?::\d+(?:-\d+)?){1,2}$")
_ENDING = re.compile(r"[^/.]\.[A-Za-z0-9]{1,10}$")
_NO_PATH = lazy_compile(r"[@=,;!'\"`()]")


class Target(NamedTuple):
    """A classified target. `path` is decoded, without anchor and query; empty if there is none.

    `from_root` is true if the path is relative to the skill's root, whichever file it stands in.
    """

    kind: TargetKind
    path: str = ""
    anchor: str = ""
    from_root: bool = False


def read_target(written: str) -> Target:
    """Classify a link's target. Only the kinds `path` and `absolute` name files."""
    text = _ESCAPE.sub(r"\1", written.strip())
    if "&" in text:
        # Lazy import: few links contain an entity.
        from html import unescape

        text = unescape(text)
    root = _SKILL_ROOT.match(text)
    if root:
        text = text[root.end() :]
    path, _, anchor = text.partition("#")
    path = unquote(path.partition("?")[0])
    if not text or _DOMAIN.match(text) or text.startswith("//"):
        return Target("external")
    if _DRIVE.match(text) or text.startswith("file:"):
        return Target("absolute", path)
    if _SCHEME.match(text) and not _LINE_SUFFIX.search(path):
        return Target("external")
    if not path:
        return Target("anchor", anchor=unquote(anchor))
    if _PLACEHOLDER.search(path):
        return Target("placeholder", path)
    path = _LINE_SUFFIX.sub("", path)
    if path.startswith("/"):
        return Target("absolute", path, anchor)
    if not _looks_like_path(path):
        return Target("word", path, unquote(anchor), root is not None)
    return Target("path", path, unquote(anchor), root is not None)


def _looks_like_path(path: str) -> bool:
    """`guide.md`, `references/` and `../x/y` are paths; `url`, `MON/WED/FRI`, `#DIV/0!` are not."""
    if path.startswith(("./", "../")) or path.endswith("/") or path == "..":
        return True
    return _ENDING.search(path) is not None and not _NO_PATH.search(path)


def join(folder: str, path: str) -> str:
    """`path`, written in a file of `folder`, as a path relative to the skill's root.

    The root is `.`. Backslashes count as slashes, because another rule reports them.
    """
    return posixpath.normpath(posixpath.join(folder, path.replace("\\", "/")))
