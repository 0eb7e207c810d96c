"""The baseline knows a finding that is not there any more.

Why: the fault was mended and its entry stayed; the same fault on the same line would pass unseen.

Fix: Run `skill-lint baseline --prune`.

Bad:  an entry of .skill-lint-baseline.json for a link that works by now
Good: no entry
"""

from collections.abc import Iterator

from skill_lint.report.baseline import StaleEntry
from skill_lint.rule import Finding, rule


@rule("warning")
def stale_baseline(stale: StaleEntry) -> Iterator[Finding]:
    times = f" {stale.number} times" if stale.number > 1 else ""
    entry = stale.entry
    message = f"`{entry.rule}` in `{entry.path}` is in the baseline{times}, but was not found"
    yield Finding(message, stale.source, stale.span)
