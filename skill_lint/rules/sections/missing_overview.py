"""There is no overview: neither a section of that name nor an opening paragraph.

Why: the golden standard asks for an overview. It tells the agent what the skill covers before any
detail. Prose between the title and the next heading counts.

Fix: Add a sentence or two below the title, or a section `## Overview`.

Bad:
    # PDF forms
    ## Steps
Good:
    # PDF forms
    Reads and fills the fields of PDF forms.
    ## Steps

Options:
    headings: More headings that count as "Overview".
"""

from collections.abc import Iterator

from skill_lint.markdown.headings import says
from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill


@rule("info", golden="warning", strict="off")
def missing_overview(skill: Skill, *, headings: tuple[str, ...] = ()) -> Iterator[Finding]:
    # `v1-sections` checks v1 skills.
    if not skill.is_readable or skill.is_v1:
        return
    names = (
        "overview", "introduction", "purpose", "summary", "about", "what is", "what this",
        "概述", "概览", "概要", "简介", "簡介", "目的", "背景", "はじめに", "개요",
    )  # fmt: skip
    document = skill.document
    if says(document, (*names, *headings)):
        return
    if not any(document.has_content(span) for span in document.opening):
        message = "there is neither an Overview section nor prose below the title"
        yield Finding(message, skill.source, skill.body_start)
