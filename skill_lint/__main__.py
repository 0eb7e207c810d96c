"""`python -m skill_lint` and the `skill-lint` command."""

from skill_lint.cli.main import main


def run() -> None:
    raise SystemExit(main())


if __name__ == "__main__":
    run()
