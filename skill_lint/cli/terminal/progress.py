"""A progress bar, for people who wait longer than a second in front of a terminal."""

import os
import sys
import time
from typing import Any

WAIT = 1.0
"""Seconds before the bar appears; most runs are over by then."""


class Progress:
    """Called with the number of skills done and their total. Shows nothing to pipes and servers."""

    def __init__(self) -> None:
        self.begin = time.monotonic()
        self.wanted = sys.stderr.isatty() and not os.environ.get("CI")
        self.bar: Any = None

    def __call__(self, done: int, total: int) -> None:
        if self.wanted and self.bar is None and time.monotonic() - self.begin > WAIT:
            self.bar = _bar(total)
            self.wanted = self.bar is not None
        if self.bar is not None:
            self.bar.update(done - self.bar.n)

    def close(self) -> None:
        """Take the bar away, before anything else is printed."""
        if self.bar is not None:
            self.bar.close()


def _bar(total: int) -> Any:
    try:
        # Late: most runs need none, and not everybody has it.
        from tqdm import tqdm
    except ImportError:
        return None
    return tqdm(total=total, unit=" skills", leave=False, dynamic_ncols=True)
