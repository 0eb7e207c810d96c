"""Write the table of docs/secrets.md, from what the two searches take for a secret.

Run: `python docs/secret_table.py`
"""

from collections.abc import Iterator
from pathlib import Path

from skill_lint.text.possible_secrets import RANDOM
from skill_lint.text.secret_formats import BEGINNINGS, STRUCTURES
from skill_lint.text.secrets import KINDS

PAGE = Path(__file__).parent / "secrets.md"
BEGIN, END = "<!-- begin: written by docs/secret_table.py -->\n", "<!-- end -->\n"


def page() -> str:
    """docs/secrets.md with its table as the searches have it now."""
    head, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    return head + BEGIN + "\n" + "".join(rows()) + "\n" + END + rest.partition(END)[2]


def rows() -> Iterator[str]:
    yield "| what it is | `leaked-secret` reports it | a model is never sent it |\n|---|---|---|\n"
    for kind in KINDS:
        yield f"| {kind} | yes | yes |\n"
    named = "a value of a name that says password, secret, token, credential or key"
    for kind in [*BEGINNINGS, *STRUCTURES, named, RANDOM]:
        if kind not in KINDS:
            yield f"| {kind} | | yes |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
