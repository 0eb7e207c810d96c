"""`skill-lint explain RULE`: explain what a rule wants, and why.

The pages are files that docs/generate.py writes from the rules' docstrings; no rule is imported.
"""

import os
from collections.abc import Sequence

from skill_lint.cli.error import UsageError
from skill_lint.cli.options.appearance import columns
from skill_lint.reporters.wrap import prose

PAGES = os.path.join(os.path.dirname(__file__), "explanations")  # noqa: PTH118, PTH120


def run(words: Sequence[str]) -> int:
    is_name = len(words) == 1 and not words[0].startswith("-")
    name = _page_name(words[0] if is_name else _parsed(words))
    known = [page.removesuffix(".txt") for page in sorted(os.listdir(PAGES))]  # noqa: PTH208
    if name not in known:
        # Lazy import: printing a page does not need it.
        from skill_lint.text.spelling import nearest

        guess = nearest(name, known)
        hint = f"; did you mean `{guess}`?" if guess else "; `skill-lint rules` lists them"
        raise UsageError(f"there is no rule `{name}`{hint}")
    with open(os.path.join(PAGES, f"{name}.txt"), encoding="utf-8") as page:  # noqa: PTH118, PTH123
        print(prose(page.read(), columns()), end="")
    return 0


def _page_name(word: str) -> str:
    """The name of the page about a rule or a metric, of which JSON has longer names."""
    name = word.replace("_", "-").replace(" ", "-")
    return name.removeprefix("has-").removeprefix("uses-") if "_" in word else name


def _parsed(words: Sequence[str]) -> str:
    """The rule's name, from words that are more than a name, or wrong."""
    # Lazy import: printing a page does not need it.
    from skill_lint.cli.parser import Parser

    parser = Parser(prog="skill-lint explain", description="Explain what a rule wants, and why.")
    parser.add_argument("rule", metavar="RULE")
    name: str = parser.parse_args(words).rule
    return name
