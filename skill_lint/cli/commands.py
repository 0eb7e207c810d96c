"""The subcommands; each is a module of this package with a function `run(words) -> exit code`."""

COMMANDS = {
    "check": "lint skills (the default command)",
    "rules": "list the rules",
    "explain": "say what a rule wants, and why",
    "baseline": "take today's findings as known, and report new ones alone",
    "init": "write a configuration file with comments",
}
