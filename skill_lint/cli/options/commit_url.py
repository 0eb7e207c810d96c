"""Where GitHub shows the files of the commit that a job runs for."""

import os
import re

_WHOLE = re.compile(
    r"https?://[\w.:-]+/[\w.-]+/[\w.-]+/blob/[0-9a-f]{40}(?:[0-9a-f]{24})?", re.ASCII
)


def commit_url() -> str:
    """The URL of the root of the repository at the commit; empty outside of GitHub Actions."""
    names = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA")
    server, repository, commit = (os.environ.get(name, "") for name in names)
    url = f"{server}/{repository}/blob/{commit}"
    return url if _WHOLE.fullmatch(url) else ""
