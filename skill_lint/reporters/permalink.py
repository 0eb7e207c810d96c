"""Links to the lines of files as they are at one commit, on a server such as GitHub."""

import posixpath
from typing import NamedTuple
from urllib.parse import quote

from skill_lint.diagnostic import Region


class Permalinks(NamedTuple):
    """`url` is the repository's root at a commit; the run's paths count from `folder` in it."""

    url: str
    folder: str = ""

    def to(self, path: str, region: Region) -> str:
        """The address of a region; empty for a file that is not in the repository."""
        name = posixpath.normpath(posixpath.join(self.folder, path))
        if name.startswith(("/", "../")) or name in (".", ".."):
            return ""
        # A name that is no UTF-8 keeps its bytes.
        address = f"{self.url}/{quote(name, errors='surrogateescape')}"
        last = f"-L{region.end_line}" if region.end_line > region.line else ""
        # Otherwise GitHub shows Markdown as a page, which has no lines.
        return f"{address}?plain=1#L{region.line}{last}"
