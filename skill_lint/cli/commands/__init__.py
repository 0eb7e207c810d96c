"""The subcommands: each is a module with a function `run`, which returns the exit code.

`run` takes the words of the command line. A command that reads skills also takes the root of the
run; one that keeps its results takes the cache session before that.
"""

COMMANDS = {
    "check": "lint skills (the default command)",
    "validate": "check the golden standard, and say whether it is met",
    "rules": "list the rules",
    "explain": "explain what a rule wants, why, and how to suppress a finding",
    "baseline": "record today's findings, so that only new ones are reported",
    "show": "show the metadata, style, size and files of skills",
    "graph": "show how skills refer to each other, as text, JSON, DOT or HTML",
    "score": "score the quality of skills, and show what would improve it most",
    "fix": "fix what can be fixed; with --llm, ask a language model for the rest",
    "models": "show which language model does which task of `fix --llm`",
    "migrate": "convert skills of the older format v1 (metadata.json) to v2",
    "cache": "show where the cache of results is and its size, or delete it",
    "init": "write a configuration file with comments",
}

WITHOUT_SKILLS = frozenset({"rules", "explain", "init"})
"""Commands that read no skills."""
CACHED = frozenset({"check", "fix", "validate"})
"""Commands that keep their results."""
