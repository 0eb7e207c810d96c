"""A progress bar in a terminal, for runs that take longer than a second."""

import os
import sys
import time
from typing import Any

WAIT = 1.0
"""Seconds before the bar appears; most runs are over by then."""


class Progress:
    """Called with the number of skills done and their total. Shows nothing in pipes and in CI."""

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
        """Remove the bar, before anything else is printed."""
        if self.bar is not None:
            self.bar.close()


def _bar(total: int) -> Any:
    try:
        # Lazy import: most runs show no bar, and tqdm may not be installed.
        from tqdm import tqdm
    except ImportError:
        return None
    return tqdm(total=total, unit=" skills", leave=False, dynamic_ncols=True)
