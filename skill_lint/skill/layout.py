"""The subdirectories of a skill in the golden standard. Source: its migration guide."""

RECOGNISED = ("references", "guides", "templates", "scripts", "examples")

ALLOWED = ("assets", "images", "static", "agents", "evals")
"""Folders of the later standard and the open specification; clients use the last two."""

LEGACY = {
    "capabilities": "the standard keeps such files in `references/`",
    "resources": "the standard keeps such files in `references/`, `templates/` or `assets/`",
    "tests": "the standard keeps such files in `examples/`, or outside the skill",
}
"""Folders of the older format, and where their content belongs."""

SUCCESSORS = {"capabilities": "references", "resources": "references"}
"""Folders of the older format whose content always belongs in the same folder."""
