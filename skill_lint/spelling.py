"""Which known word a person probably meant."""

import difflib
import posixpath
import re
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], closeness: float = 0.8) -> str | None:
    """The known word that `word` is most likely a misspelling of, if one is close.

    `closeness` is the share of letters in common, from 0 to 1, that counts as close.
    """
    matches = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=closeness)
    return matches[0] if matches else None


def nearest_path(path: str, known: Iterable[str], folder: str = "") -> str | None:
    """The known path that `path` probably means, written relative to `folder`.

    That is the one file of the same name elsewhere, or else one whose path is nearly the same.
    """
    paths, name = list(known), posixpath.basename(path)
    same_name = [each for each in paths if posixpath.basename(each) == name]
    ending = posixpath.splitext(path)[1]
    alike = [each for each in paths if posixpath.splitext(each)[1] == ending]
    guess = same_name[0] if len(same_name) == 1 else nearest(path, alike, closeness=0.9)
    return posixpath.relpath(guess, folder) if guess else None


def kebab(name: str) -> str:
    """A name in lowercase words joined by hyphens: `PDF_Forms` and `pdfForms` are `pdf-forms`."""
    if not re.search(r"[\s_.-]", name):
        name = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", "-", name)
    return re.sub(r"[^\w]+|_+", "-", name).strip("-").lower()
