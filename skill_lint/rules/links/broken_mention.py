"""The text names a file in one of the skill's folders, and there is none.

Why: "see `references/api.md`" sends an agent there as a link does.

Fix: Correct the path, or add the file.

Bad:  Read `references/giude.md` first.
Good: Read `references/guide.md` first.
"""

import posixpath
import re
from collections.abc import Iterator

from skill_lint.rule import Finding, rule
from skill_lint.skill import Skill
from skill_lint.skill.references import Reference
from skill_lint.spelling import nearest_path

_NOT_THERE_YET = re.compile(
    r"\b(?:would|could|might|e\.g|for example|examples?|such as|like|no longer|optional(?:ly)?"
    r"|creat\w*|generat\w*|append\w*|add(?:s|ed|ing)?|sav(?:e|es|ed|ing)|writ(?:e|es|ing|ten)"
    r"|output\w*|produc\w*|emit\w*|install\w*|only if|if (?:it |they )?exists?|if present)\b",
    re.IGNORECASE,
)
"""Words of a line that names a file which is made, or only imagined."""


@rule("warning")
def broken_mention(skill: Skill) -> Iterator[Finding]:
    for name in skill.guidance_files:
        # README.md and the like speak to people, about the repository as much as the skill.
        if "/" not in name and name != skill.source.name:
            continue
        for mention in skill.references[name].broken_mentions:
            if _names_a_file(mention):
                guess = nearest_path(mention.path, skill.tree.files, posixpath.dirname(name))
                hint = f"; did you mean `{guess}`?" if guess else ""
                message = f"no file at `{mention.written}`{hint}"
                yield Finding(message, mention.source, mention.span)


def _names_a_file(mention: Reference) -> bool:
    """`scripts/build` may be a command or a route; `scripts/build.sh` is a file, and should be."""
    line = mention.source.line_span(mention.source.position(mention.span.start)[0])
    before = mention.source.text[line.start : mention.span.start]
    after = mention.source.text[mention.span.end : line.end]
    if _NOT_THERE_YET.search(before) or _NOT_THERE_YET.search(after):
        return False
    return "." in mention.written.rpartition("/")[2].strip(".")
