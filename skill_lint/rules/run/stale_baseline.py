"""The baseline has an entry for a finding that no longer exists.

Why: the fault was fixed and its entry stayed. The same fault on the same line would go unnoticed.

Fix: Run `skill-lint baseline --prune`.

Bad:  an entry of .skill-lint-baseline.json for a link that works now
Good: no entry
"""

from collections.abc import Iterator

from skill_lint.report.baseline import StaleEntry
from skill_lint.rule import Finding, rule


@rule("warning")
def stale_baseline(stale: StaleEntry) -> Iterator[Finding]:
    times = f" {stale.number} times" if stale.number > 1 else ""
    entry = stale.entry
    message = f"`{entry.rule}` in `{entry.path}` is in the baseline{times}, but no longer found"
    yield Finding(message, stale.source, stale.span)
