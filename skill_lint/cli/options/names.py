"""Names of files that would be read as options.

A hook runs its command with the options of the user and then the names of files, so that nothing
tells a file `--exit-zero` from the option. Imports little, because it runs before anything is read.
"""

import os
from collections.abc import Iterator, Sequence

from skill_lint.filesystem.paths import upwards

OPTION = "--owning-skills"
"""The option that says that the names on the command line come from a repository."""


def given_names(words: Sequence[str]) -> bool:
    """Whether the words of a command line are names from a repository: `OPTION` is among them."""
    return OPTION in before_names(words)


def before_names(words: Sequence[str]) -> Sequence[str]:
    """The words in which options may stand: those before `--`, which ends the options."""
    return words[: words.index("--")] if "--" in words else words


def like_options(words: Sequence[str]) -> list[str]:
    """The words that begin with `-` and are names of files, folders or links, even dangling ones.

    A name is looked for in the working directory and in the folders above it, up to the root of
    the checkout, because git prints names relative to its root.
    """
    ends_options = ["--"] if "--" in words else []
    doubtful = [word for word in (*before_names(words), *ends_options) if word.startswith("-")]
    folders = list(_folders()) if doubtful else []
    return [
        word
        for word in dict.fromkeys(doubtful)
        if any(os.path.lexists(os.path.join(folder, word)) for folder in folders)  # noqa: PTH118
    ]


def _folders() -> Iterator[str]:
    """The working directory, and the folders above it in the same checkout."""
    here = os.getcwd()  # noqa: PTH109
    found = []
    for folder in upwards(here):
        found.append(folder)
        if os.path.lexists(os.path.join(folder, ".git")):  # noqa: PTH118
            return iter(found)
    return iter([here])


def refusal(names: Sequence[str]) -> str:
    """Why a run with these names of files ends."""
    # Lazy import: few runs are refused.
    from skill_lint.reporters.escape import visible
    from skill_lint.text.plural import count

    more = f" (and {count(len(names) - 1, 'other name')} like it)" if len(names) > 1 else ""
    return (
        f"`{visible(names[0])}`{more} is the name of a file or folder here, and it reads as an "
        f"option. Rename it, or keep it from the hook: `exclude: ^-` in .pre-commit-config.yaml. "
        f"If you meant the option, rename the file all the same, because with {OPTION} the two "
        "cannot be told apart"
    )
