"""The subdirectories of a skill, by the golden standard. Source: its migration guide."""

RECOGNISED = ("references", "guides", "templates", "scripts", "examples")

ALLOWED = ("assets", "images", "static", "agents", "evals")
"""Of the later standard and the open specification; the last two are kept there by clients."""

LEGACY = {
    "capabilities": "the standard keeps such files in `references/`",
    "resources": "the standard keeps such files in `references/`, `templates/` or `assets/`",
    "tests": "the standard keeps such files in `examples/`, or outside the skill",
}
"""Folders of the older format, with the home of their content."""

SUCCESSORS = {"capabilities": "references", "resources": "references"}
"""Folders of the older format whose content has one home, whatever it is."""
