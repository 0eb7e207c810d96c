"""The `description` does not say when to use the skill.

Why: an agent reads the description to decide whether to load the skill. "Use when ..." names the
moment; a description of the content does not.

Fix: Add a sentence that begins with "Use when".

Bad:  description: PDF forms.
Good: description: Fills PDF forms. Use when a PDF has fields to fill.
"""

import re
from collections.abc import Iterator

from skill_lint.lazy_regex import lazy_compile
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill

_TRIGGER = lazy_compile(
    r"\b(?:when|whenever|trigger(?:s|ed)?|activat(?:e|es|ed)|invok(?:e|es|ed)|before|after|during|"
    r"use (?:this |the )?(?:skill |it )?(?:for|to|if|on|in|with|as|proactively|automatically)|"
    r"used (?:for|to|by)|must be used|should be used|if (?:the|a|you|users?)|"
    r"(?:quando|cuando|wenn|falls|lorsque|quand|när|когда|kiedy|wanneer|gdy)|"
    r"(?:usar|utilizar|utiliser|verwenden|nutze))\b"
    r"|当|當|时使用|時使用|用于|用於|适用|適用|触发|觸發|使用时|使用場|使用场|需要"
    r"|とき|時に|際に|場合|使用する|トリガー|ために|할 때|사용|경우|트리거",
    re.IGNORECASE,
)


@rule("warning")
def untriggered_description(skill: Skill, *, phrases: tuple[str, ...] = ()) -> Iterator[Finding]:
    text = skill.frontmatter.text("description")
    if text is None or not text.strip() or _needs_no_trigger(skill):
        return
    if _TRIGGER.search(text) or any(phrase.lower() in text.lower() for phrase in phrases):
        return
    message = "`description` does not say when to use the skill"
    span = skill.frontmatter.by_key["description"].span
    yield Finding(message, skill.source, span, cause="description")


def _needs_no_trigger(skill: Skill) -> bool:
    """Whether a client's key says when to use the skill, or hides it from the agent."""
    manual = skill.frontmatter.get("disable-model-invocation")
    if manual is not None and manual.value is True:
        return True
    return skill.frontmatter.get("when_to_use") is not None
