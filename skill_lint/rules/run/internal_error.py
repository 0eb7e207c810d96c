"""A rule of skill-lint failed on a skill.

Why: this is a bug of skill-lint, never of the skill. The other rules still ran. The exit code is 2,
because the report is not complete.

Fix: Report the bug, with the output of `--verbose` and the skill if you can share it.

Bad:  a rule raises an exception
Good: every rule runs to its end on every skill
"""

from collections.abc import Iterator

from skill_lint.rule import Crash, Finding, rule


@rule("error")
def internal_error(crash: Crash) -> Iterator[Finding]:
    what = f"the rule `{crash.rule}` failed" if crash.rule else "the skill could not be examined"
    message = f"{what}: {crash.error}"
    yield Finding(message, crash.source, details=crash.trace)
