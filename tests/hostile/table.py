"""The cases and what becomes of each, as docs/robustness.md lists them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.hostile.cases import CASES, GROUPS

PAGE = Path(__file__).parent.parent.parent / "docs" / "robustness.md"
BEGIN, END = "<!-- Written by `python -m tests.hostile`; do not edit. -->\n", "<!-- End. -->\n"
USUAL = frozenset(
    "can-migrate few-examples long-body missing-overview missing-quick-start missing-when-to-use "
    "thin-body v1-sections".split()
)
"""What is said of any skill that is as short as a case, or as long."""


def verdict(found: Sequence[str]) -> str:
    """The rules that speak of a case, without those that speak of its length."""
    telling = [f"`{name}`" for name in found if name not in USUAL]
    return ", ".join(telling) or "nothing wrong"


def row(name: str, said: str) -> str:
    return f"| {name} | {said} |"


def whole(verdicts: Mapping[str, str]) -> str:
    lines = [f"{len(CASES)} cases.", ""]
    for title, cases in GROUPS.items():
        lines += [f"### {title}", "", "| case | what is found |", "|---|---|"]
        lines += [row(name, verdicts[name]) for name in cases]
        lines.append("")
    return "\n".join(lines) + "\n"


def written() -> str:
    """The part of the page between its marks."""
    return PAGE.read_text("utf-8").partition(BEGIN)[2].partition(END)[0]


def write(verdicts: Mapping[str, str]) -> None:
    text = PAGE.read_text("utf-8")
    head, tail = text.partition(BEGIN)[0], text.partition(END)[2]
    PAGE.write_text(f"{head}{BEGIN}\n{whole(verdicts)}{END}{tail}", encoding="utf-8")
