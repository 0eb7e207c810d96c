"""Which rule is silent where another one reports the same fault: one fault is one finding.

This table is the only home of that. A rule reports all that it finds, and the engine drops what
another rule says. So a rule speaks again if the other one is turned off. It stays silent if a
comment suppresses the other's finding, and it is never silent for a finding that is less severe.
"""

from typing import Literal, NamedTuple

Where = Literal["place", "cause", "skill"]
"""Which findings are the same fault.

`place`: those that share a character, or an empty place. `cause`: those about the same key or path,
or about what the reporting one covers. `skill`: all of one skill.
"""


class Silence(NamedTuple):
    """`silent` are the rules that do not report what one of `reports` reports, and `why` says so.

    `why` is a sentence for the docs.
    """

    reports: tuple[str, ...]
    silent: tuple[str, ...]
    where: Where
    why: str


_IN_FRONTMATTER = (
    "allowed-tools-grammar",
    "allowed-tools-type",
    "compatibility-type",
    "cut-off-value",
    "description-markup",
    "description-type",
    "duplicate-key",
    "empty-compatibility",
    "empty-description",
    "frontmatter-not-mapping",
    "invalid-yaml",
    "key-case",
    "license-type",
    "long-compatibility",
    "long-description",
    "long-name",
    "metadata-values",
    "missing-description",
    "missing-name",
    "name-format",
    "name-mismatch",
    "name-type",
    "padded-delimiter",
    "placeholder-text",
    "portable-name",
    "unknown-key",
    "unportable-yaml",
    "untriggered-description",
)
"""What only the frontmatter could say."""

SILENCES = (
    Silence(
        ("missing-frontmatter", "late-frontmatter", "unclosed-frontmatter"),
        _IN_FRONTMATTER,
        "skill",
        "A client sees no frontmatter, so nothing in it counts yet.",
    ),
    Silence(
        ("unknown-key",),
        ("key-case", "unportable-yaml"),
        "cause",
        "A key that no client reads needs another name or place, whatever its form and value.",
    ),
    Silence(
        (
            "allowed-tools-type",
            "compatibility-type",
            "description-type",
            "license-type",
            "metadata-type",
            "metadata-values",
            "name-type",
        ),
        ("unportable-yaml",),
        "place",
        "A value of the right type is no list or mapping in brackets.",
    ),
    Silence(
        ("allowed-tools-grammar",),
        ("unportable-yaml",),
        "place",
        "The value is to be written anew.",
    ),
    Silence(
        ("name-format",),
        ("long-name", "name-mismatch"),
        "cause",
        "The right name is that of the directory, and the message gives it.",
    ),
    Silence(
        ("name-mismatch",),
        ("long-name",),
        "cause",
        "The name of the directory is short enough.",
    ),
    Silence(
        ("name-mismatch",),
        ("portable-name",),
        "cause",
        "The name of the directory has no letters beyond a-z and 0-9.",
    ),
    Silence(
        ("name-format", "name-mismatch"),
        ("placeholder-text",),
        "place",
        "The message gives the name that belongs there.",
    ),
    Silence(
        ("placeholder-text",),
        ("description-markup", "untriggered-description"),
        "place",
        "The text of a template is replaced as a whole.",
    ),
    Silence(
        ("cut-off-value",),
        ("untriggered-description",),
        "cause",
        "What is cut off may say when to use the skill.",
    ),
    Silence(
        ("untriggered-description",),
        ("missing-when-to-use",),
        "skill",
        "Nothing says when to use the skill, and a description that does is enough.",
    ),
    Silence(
        ("empty-body", "thin-body"),
        (
            "few-examples",
            "missing-overview",
            "missing-quick-start",
            "missing-when-to-use",
            "v1-sections",
        ),
        "skill",
        "A body of a line or two has no sections yet.",
    ),
    Silence(
        ("unclosed-fence",),
        ("fence-without-language",),
        "place",
        "What looks like an opening line may be the end of another fence.",
    ),
    Silence(
        ("link-to-skill",),
        ("broken-link",),
        "place",
        "The link leads out of the skill into another one, where the file is missing.",
    ),
    Silence(
        ("broken-link", "wrong-case-link"),
        ("backslash-link",),
        "place",
        "The path is written anew.",
    ),
    Silence(
        ("misspelt-subdirectory",),
        ("broken-mention",),
        "cause",
        "The mention has the right name of the folder, and is true once that is renamed.",
    ),
    Silence(
        ("broken-link", "broken-mention"),
        ("no-progressive-disclosure", "orphan-file"),
        "cause",
        "The file, or a file of the folder, is named by a wrong path.",
    ),
    Silence(
        ("no-progressive-disclosure",),
        ("orphan-file",),
        "cause",
        "The body names nothing in the folder, so SKILL.md leads to none of its files.",
    ),
    Silence(
        ("empty-subdirectory",),
        ("misspelt-subdirectory", "unknown-subdirectory"),
        "cause",
        "An empty folder is deleted, whatever its name.",
    ),
    Silence(
        ("skill-file-name",),
        ("missing-skill-file",),
        "place",
        "The file with the similar name is what is wrong.",
    ),
    Silence(
        ("skill-id-format",),
        ("skill-id-mismatch",),
        "place",
        "An id of another form is the path of no directory.",
    ),
    Silence(
        ("missing-skill-file",),
        ("dangling-symlink",),
        "cause",
        "The SKILL.md that is missing is what the link should lead to.",
    ),
    Silence(
        ("metadata-symlink",),
        ("dangling-symlink", "escaping-symlink"),
        "cause",
        "The link is to be replaced by a file, wherever it leads.",
    ),
    Silence(
        ("empty-capabilities",),
        ("weight-mismatch",),
        "skill",
        "No weight fits an empty list.",
    ),
)
