"""Check our SARIF with Microsoft's validator, over real skills and over odd ones.

    npm i @microsoft/sarif-multitool
    python tests/support/sarif_gate.py MULTITOOL [CORPUS ...]

where MULTITOOL is node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool.

The validator exits 0 whatever it finds, so its own report is read; anything in it but a note of
taste fails the gate, and so does a file over GitHub's limits.
"""

import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

TASTE = {
    "SARIF2002",  # messages with arguments
    "SARIF2003",  # the version control system
    "SARIF2006",  # addresses that answer, for which it would need the network
    "SARIF2009",  # rules with numbers; ours have names
    "SARIF2013",  # embedded files
}
BODY = "---\nname: {name}\ndescription: Use when testing.\n---\n\n# T\n\n{body}\n"
MOST_RESULTS, MOST_BYTES = 25_000, 10_000_000


def main() -> int:
    multitool, *corpora = sys.argv[1:]
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for name, collection in collections(work, [Path(corpus) for corpus in corpora]):
            file = work / f"{name}.sarif"
            command = [sys.executable, "-m", "skill_lint", ".", "--isolated", "--statistics"]
            subprocess.run([*command, "--output-format=text", f"--output=sarif={file}"],
                           cwd=collection, check=False, capture_output=True)  # fmt: skip
            found = [*limits(file), *problems(multitool, file, work / "report.sarif")]
            failed |= bool(found)
            print(f"{name}: {'; '.join(found) or 'clean'}")
    return int(failed)


def collections(work: Path, corpora: list[Path]) -> list[tuple[str, Path]]:
    odd = ["a b", "漢字", "100%", "🔥", "quo'te"]
    cases: dict[str, dict[str, str]] = {
        "clean": {"clean": "Text.\n\n## When to Use\n\n- Testing\n"},
        "odd-paths": dict.fromkeys(odd, "[x](gone.md) [y](#nowhere)"),
        "thirty-thousand": {"many": "[x](gone.md)\n\n" * 30_000},
    }
    made = []
    for name, skills in cases.items():
        for skill, body in skills.items():
            root = work / name / skill
            root.mkdir(parents=True)
            (root / "SKILL.md").write_text(BODY.format(name=skill, body=body), encoding="utf-8")
        made.append((name, work / name))
    return [*made, *((corpus.name, corpus) for corpus in corpora)]


def limits(file: Path) -> list[str]:
    data = file.read_bytes()
    results = json.loads(data)["runs"][0]["results"]
    found = []
    if len(results) > MOST_RESULTS:
        found.append(f"{len(results)} results")
    if len(gzip.compress(data)) > MOST_BYTES:
        found.append("too large for an upload")
    return found


def problems(multitool: str, file: Path, report: Path) -> list[str]:
    report.unlink(missing_ok=True)
    options = ["--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note", "--log"]
    command = [multitool, "validate", str(file), *options, "ForceOverwrite", "-o", str(report)]
    done = subprocess.run(
        [*command, "--max-file-size-in-kb", "100000"], capture_output=True, text=True, check=False
    )
    if not report.exists():
        return [done.stdout + done.stderr]
    log = json.loads(report.read_text(encoding="utf-8-sig"))
    return sorted(
        {
            f"{result['ruleId']} {result.get('level', 'warning')}"
            for run in log["runs"]
            for result in run.get("results", [])
            if result["ruleId"] not in TASTE
        }
    )


if __name__ == "__main__":
    raise SystemExit(main())
