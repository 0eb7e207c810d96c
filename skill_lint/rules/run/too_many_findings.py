"""A file has more findings than the limit, and some are left out.

Why: nobody reads ten thousand findings, and servers refuse them. Errors are kept before warnings,
and findings at the top of the file before those below. The message counts those that are left out.

Fix: Fix what is reported and lint again, or set `findings-per-file` under `limits`.

Bad:  a table of 20,000 links to files that are not there
Good: the files, or a list of their names without links
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, Overflow, rule


@rule("warning")
def too_many_findings(overflow: Overflow) -> Iterator[Finding]:
    total = sum(overflow.left.values())
    parts = [
        f"{number:,} {severity}{'s' * (number != 1)}"
        for severity, number in overflow.left.items()
        if number
    ]
    message = (
        f"{total:,} more findings in this file are left out ({', '.join(parts)}): "
        f"the limit is {overflow.most:,}"
    )
    yield Finding(message, overflow.source)
