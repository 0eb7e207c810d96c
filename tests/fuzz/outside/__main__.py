"""Try odd files on readers: `python -m tests.fuzz.outside [--minutes N] [--seed N] [KIND ...]`.

What fails is kept in the folder of `--keep`, with the command that tries it once more. The same
seed gives the same inputs.
"""

import argparse
import random
from pathlib import Path

from tests.fuzz.outside.kinds import KINDS
from tests.fuzz.outside.session import again, session


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.outside")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"default: {', '.join(KINDS)}")
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--keep", type=Path, default=Path(".fuzz/outside"))
    parser.add_argument("--again", type=Path, metavar="FILE", help="try this input of one KIND")
    parser.add_argument("--dice", type=float, default=0.0, help="how it is tried, with --again")
    given = parser.parse_args()
    kinds = given.kinds or list(KINDS)
    if given.again:
        again(kinds[0], given.again.read_bytes(), given.dice)
        return 0
    print(f"seed {given.seed}", flush=True)
    tried = session(kinds, random.Random(given.seed), given.minutes * 60, given.keep.absolute())
    print(*tried.lines(), sep="\n")
    return int(tried.failures > 0)


raise SystemExit(main())
