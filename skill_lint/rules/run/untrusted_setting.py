"""A change adds or edits a file of settings: a configuration or a baseline.

Why: whoever sends a change could turn off the rules that it breaks. With `--trusted-config`,
settings are read as they stand at the trusted revision, and what the change makes of them does not
count. This rule runs only with that option, and cannot be turned off.

Fix: Leave the settings to a change of their own, or ask a maintainer to review them: they count
once they are merged.

Bad:  a pull request with a skill and a new line in .skill-lint.yaml
Good: a pull request with the skill alone
"""

from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.text.source import Source


@rule("warning")
def untrusted_setting(source: Source) -> Iterator[Finding]:
    yield Finding("this change edits settings; those of the trusted revision are used", source)
