"""What a skill is: its text, its frontmatter, its Markdown, its files, each with positions."""

from skill_lint.skill.skill import Skill
from skill_lint.text.source import Source, Span

__all__ = ["Skill", "Source", "Span"]
