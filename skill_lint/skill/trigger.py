"""Whether an agent can learn from a skill's listing when to use the skill."""

import re
from collections.abc import Sequence

from skill_lint.lazy_regex import lazy_compile
from skill_lint.skill.skill import Skill

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


def lacks_trigger(skill: Skill, phrases: Sequence[str] = ()) -> bool:
    """Whether there is a `description`, and neither it nor a client's key says when.

    `phrases` are more words, in any case, that say when. A skill that no agent loads by itself
    needs none.
    """
    text = skill.frontmatter.text("description")
    if text is None or not text.strip() or _needs_no_trigger(skill):
        return False
    return not (_TRIGGER.search(text) or any(each.lower() in text.lower() for each in phrases))


def _needs_no_trigger(skill: Skill) -> bool:
    """Whether a client's key says when to use the skill, or hides it from the agent."""
    manual, when = (
        skill.frontmatter.get(key) for key in ("disable-model-invocation", "when_to_use")
    )
    if manual is not None and manual.value is True:
        return True
    return when is not None and bool(str(when.value or "").strip())
