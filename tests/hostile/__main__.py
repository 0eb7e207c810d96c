"""Run every case, and write what becomes of each to docs/robustness.md: `python -m tests.hostile`."""

import subprocess
import tempfile
from pathlib import Path

from tests.hostile import judge, table
from tests.hostile.cases import CASES
from tests.hostile.session import Session


def main() -> None:
    session, verdicts = Session(), dict[str, str]()
    for name, case in CASES.items():
        folder = Path(tempfile.mkdtemp())
        verdicts[name] = table.verdict(judge.read(case, folder, session, judge.QUICK))
        subprocess.run(["rm", "-rf", str(folder)], check=True)
        print(table.row(name, verdicts[name]), flush=True)
    session.close()
    table.write(verdicts)


main()
