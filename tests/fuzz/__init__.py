"""The fuzzer: `python -m tests.fuzz frontmatter`, `… document`, `… fix`."""
