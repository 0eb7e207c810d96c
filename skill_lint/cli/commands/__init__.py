"""The subcommands: each is a module of this package with a function `run` that gives the exit code.

`run` takes the words of the command line; of a command that reads skills, also the root of the run;
of one that keeps its results, the cache in between.
"""

COMMANDS = {
    "check": "lint skills (the default command)",
    "rules": "list the rules",
    "explain": "say what a rule wants, and why",
    "baseline": "take today's findings as known, and report new ones alone",
    "show": "say what a skill is: its metadata, style, size and files",
    "graph": "show how skills refer to each other, as text or as a page to look at",
    "score": "say how good skills are, and what would help most",
    "fix": "mend what can be mended, and with --llm ask a model for the rest",
    "models": "say which model does which task of `fix --llm`",
    "migrate": "move v1 skills to v2, without losing anything",
    "cache": "say how large the cache of results is, or delete it",
    "init": "write a configuration file with comments",
}

WITHOUT_SKILLS = frozenset({"rules", "explain", "init"})
"""Commands that read no skills."""
CACHED = frozenset({"check", "fix"})
"""Commands that keep their results."""
