"""The name of a skill's file: `SKILL.md`, and the names that only look like it."""

import functools
import re

_ENDINGS = {
    *((each,) for each in ("markdown", "mdown", "mkdn", "mkd", "mdwn", "mdx", "mdc")),
    ("md", "md"),
    ("md", "txt"),
}
"""What a name may end with in place of `md`: what `_ALIKE` makes of it is compared."""
_ALIKE = str.maketrans(
    {
        letter: plain
        for plain, letters in {
            # Of letters that Unicode calls different, those that a reader takes for one. Small
            # letters, because names are compared in lower case; `i` and `l` count as one.
            "s": "ѕꮪꓢտꜱ",
            "k": "кκҝқꮶꓗᴋⲕ",
            "l": "i1|ıɩɪιіӏǀլꮖꮮꓡʟꓲⲓɫłƚ",
            "m": "мμмꮇꓟᴍⅿⲙ",
            "d": "ԁꭰꓓᴅꮷđɗɖ",
        }.items()
        for letter in letters
    }
)
_SIGNS = str.maketrans(
    {**dict.fromkeys("。․·٠۔ꓸ܂∙‧⋅•", "."), **dict.fromkeys("\u115f\u1160\u2800", "")}
)
"""Signs that look like a dot, and those that look like nothing."""
_BACKWARDS = re.compile("\u202e([^\u202c]*)\u202c?")
"""What is shown from right to left."""
_OF_TERMINAL = re.compile("\x1b\\[[0-?]*[ -/]*[@-~]")
"""Commands to a terminal, such as that for another colour."""
_SKILL = "skill".translate(_ALIKE)


def is_skill_file(name: str) -> bool:
    """Whether a file name is `SKILL.md`, in any case."""
    return name.lower() == "skill.md" and name.isascii()


@functools.lru_cache(maxsize=4096)
def is_nearly_skill_file(name: str) -> bool:
    """Whether a reader may take a file name for `SKILL.md`, though it is another in any case.

    That is a name with letters that look the same, with characters that nobody sees, or with blanks
    or dots too many; and, with `SKILL` in upper case, another ending of Markdown, or one ending
    more (`SKILL.md.txt`). `SKILLS.md`, `SKILL.zh.md`, `SKILL.md.bak` and `skill.mdx` are others.
    """
    plain = name.isascii() and name.isprintable()
    # Nearly every name ends here.
    if plain and name.lstrip(" ")[:2].lower() != "sk":
        return False
    shown = name if plain else _as_read(name)
    if is_skill_file(name) or shown.startswith("."):
        return False
    parts = ["".join(part.split()) for part in shown.split(".")]
    stem, *endings = [part for part in parts if part] or [""]
    if stem.lower().translate(_ALIKE) != _SKILL:
        return False
    plain_endings = [each.lower().translate(_ALIKE) for each in endings]
    # In lower case, such a name is that of any page about a skill.
    return plain_endings == ["md"] or (stem.isupper() and tuple(plain_endings) in _ENDINGS)


def _as_read(name: str) -> str:
    """A name as a reader sees it: without hidden characters and marks, in plain letters."""
    # Lazy import: few names are not ASCII.
    import unicodedata

    shown = _BACKWARDS.sub(_turned, _OF_TERMINAL.sub("", name))
    letters = unicodedata.normalize("NFKD", shown).translate(_SIGNS)
    return "".join(
        " " if each.isspace() else each
        for each in letters
        if each.isspace() or unicodedata.category(each)[0] not in "CM"
    )


def _turned(backwards: re.Match[str]) -> str:
    """A part that is shown from right to left, but for what is turned once more in it."""
    text, _, forwards = backwards[1].partition("\u202d")
    return forwards + text[::-1]
