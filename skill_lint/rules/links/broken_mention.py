"""The text mentions a file in one of the skill's folders, and the file does not exist.

Why: text such as "see `references/api.md`" sends an agent to the file, as a link does.

Fix: Correct the path, or add the file.

Fix safety: Safe if the path of a file differs only in upper and lower case. Unsafe otherwise,
because the only file with a similar name may not be the file that was meant.

Bad:  Read `references/giude.md` first.
Good: Read `references/guide.md` first.
"""

import posixpath
import re
from collections.abc import Iterator

from skill_lint.diagnostic import Fix
from skill_lint.edits.links import pointing
from skill_lint.lazy_regex import lazy_compile
from skill_lint.rule import Finding, rule
from skill_lint.rules.links._meant import meant
from skill_lint.skill import Skill
from skill_lint.skill.link_resolution import Reference
from skill_lint.text.spelling import Guess, Paths

_NOT_THERE = lazy_compile(
    r"\b(?:would|could|might|e\.g|for example|examples?|such as|like|no longer|optional(?:ly)?"
    r"|creat\w*|generat\w*|append\w*|add(?:s|ed|ing)?|sav(?:e|es|ed|ing)|writ(?:e|es|ing|ten)"
    r"|output\w*|produc\w*|emit\w*|install\w*|log(?:s|ged)?|record\w*|stor(?:e|es|ed|ing)"
    r"|only if|if (?:it |they )?exists?|if present|project root|repo(?:sitory)? root"
    r"|(?:other|another|sibling) skills?|skills? and (?:its|their)|in the [\w`*-]+ skill)\b"
    r"|`[\w-]+`\**(?: skill\b| (?:→|->))",
    re.IGNORECASE,
)
"""Words near a file that the skill creates, gives as an example, or that another skill has."""
NEAR = 200
"""Characters before and after a mention that are searched for such words."""
_PHRASE_END = lazy_compile(r" - |[\u2013\u2014:;.]")


@rule("warning", fixable="safe")
def broken_mention(skill: Skill) -> Iterator[Finding]:
    known = Paths(skill.tree.files)
    for name in skill.guidance_files:
        # README.md and similar files are for people, and often about the whole repository.
        if "/" not in name and name != skill.source.name:
            continue
        for mention in skill.references[name].broken_mentions:
            if _is_meant_as_file(mention):
                guess = known.nearest(mention.path)
                hint = ""
                if guess:
                    hint = f"; did you mean `{guess.seen_from(posixpath.dirname(name))}`?"
                yield Finding(
                    f"no file at `{mention.written}`{hint}", mention.source, mention.span,
                    fix=_correction(skill, mention, guess),
                    cause=mention.path,
                    covers=meant(skill.tree, mention.path, guess),
                )  # fmt: skip


def _correction(skill: Skill, mention: Reference, guess: Guess | None) -> Fix | None:
    """The right path, which is certain if only the case differs."""
    if (actual := skill.tree.in_other_case(mention.path)) is not None:
        return pointing(f"Write `{actual}`", mention, actual)
    if guess is None or not guess.only:
        return None
    return pointing(f"Mention `{guess.path}`", mention, guess.path, "unsafe")


def _is_meant_as_file(mention: Reference) -> bool:
    """Whether a mention is a file, as `scripts/build.sh` is. `scripts/build` may be a command."""
    source = mention.source
    number = source.position(mention.span.start)[0]
    line = source.line_span(number)
    start, end = mention.span
    before = source.text[max(line.start, start - NEAR) : start]
    after = _PHRASE_END.split(source.text[end : min(line.end, end + NEAR)])[0]
    if _NOT_THERE.search(before) or _NOT_THERE.search(after):
        return False
    # `**The tests (tests/test_x.py)**` above a fence is the title of a sample.
    following = source.text[line.end : line.end + NEAR].lstrip()
    if following.startswith(("```", "~~~")):
        return False
    return "." in mention.written.rpartition("/")[2].strip(".")
