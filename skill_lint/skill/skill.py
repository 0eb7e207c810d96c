"""A skill: one directory, with views that are computed once, when first used."""

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal

from skill_lint.filesystem.recorder import Recorder
from skill_lint.limits import DEFAULT, Limits
from skill_lint.markdown.document import Document
from skill_lint.schema import SchemaError, validate
from skill_lint.skill.directory import SkillDirectory
from skill_lint.skill.draft import Draft
from skill_lint.skill.file_name import is_nearly_skill_file, is_skill_file
from skill_lint.skill.frontmatter import Block, Frontmatter, find_block
from skill_lint.skill.link_resolution import Reference, References
from skill_lint.skill.metadata import FILE as METADATA_FILE
from skill_lint.skill.metadata import Metadata, MetadataFile
from skill_lint.skill.reach import Reach
from skill_lint.skill.tree import Tree
from skill_lint.text.source import Source, Span

MARKDOWN = (".md", ".markdown")
_NOT_GUIDANCE = frozenset(
    {"templates", "template", "assets", "examples", "tests", "test", "evals", "fixtures"}
)


class Skill:
    """The directory `root`, shown to people as `path` (POSIX, relative to the run's root).

    `draft` holds changes that are not written yet; `recorder` reads the files. `leads_to` is the
    file outside that its SKILL.md may lead to.
    """

    def __init__(
        self,
        root: Path,
        path: str,
        draft: Draft | None = None,
        *,
        limits: Limits = DEFAULT,
        recorder: Recorder | None = None,
        leads_to: str | None = None,
    ) -> None:
        self.root, self.path, self.limits = root, path, limits
        self.draft = draft or Draft()
        # Without a cache, no record of what was read is needed.
        files = recorder or Recorder(is_recording=False)
        self.directory = SkillDirectory(root, path, self.draft, limits, files, leads_to)

    @cached_property
    def is_checkout(self) -> bool:
        """Whether the skill is a whole repository; anyone may name its directory as they like."""
        return os.path.lexists(os.path.join(self.root, ".git"))  # noqa: PTH118

    def with_draft(self, draft: Draft) -> "Skill":
        """The skill with the changes of another draft."""
        skill = Skill(self.root, self.path, draft, limits=self.limits)
        skill.directory = self.directory.with_draft(draft)
        return skill

    def reopened(self) -> "Skill":
        """The skill as it is on the disk now; everything is read again."""
        leads_to = self.directory.leads_to
        recorder = Recorder(is_recording=False, is_new=self.directory.recorder.is_new)
        skill = Skill(
            self.root, self.path, limits=self.limits, recorder=recorder, leads_to=leads_to
        )
        skill.directory.place = self.directory.place
        return skill

    @property
    def tree(self) -> Tree:
        return self.directory.tree

    @cached_property
    def skill_files(self) -> list[str]:
        """The names in this directory that equal `SKILL.md` in any case, the exact one first."""
        names = {name for name in self.tree.files | self.tree.folders if is_skill_file(name)}
        return sorted(names, key=lambda name: (name != "SKILL.md", name))

    @cached_property
    def nearly_skill_files(self) -> list[str]:
        """The names of files in this directory that only look like `SKILL.md`."""
        return sorted(name for name in self.tree.files if is_nearly_skill_file(name))

    @cached_property
    def source(self) -> Source:
        """SKILL.md, or an empty source if there is none."""
        dangling = sorted(name for name in self.tree.symlinks if is_skill_file(name))
        return self.read([*self.skill_files, *dangling, "SKILL.md"][0])

    def path_of(self, name: str) -> str:
        """The path of a file relative to the run's root, from its name in the skill."""
        return self.directory.path_of(name)

    def name_of(self, path: str) -> str:
        """The name in the skill of a file's path: the opposite of `path_of`."""
        return path if self.path == "." else path.removeprefix(f"{self.path}/")

    def read(self, name: str) -> Source:
        """A file of the skill, read once."""
        return self.directory.read(name)

    @cached_property
    def frontmatter(self) -> Frontmatter:
        return Frontmatter(self.source, self.limits)

    @cached_property
    def metadata(self) -> Metadata:
        """What the frontmatter and metadata.json say, field by field."""
        exists = METADATA_FILE in self.tree.files
        file = MetadataFile(self.read(METADATA_FILE), exists=exists)
        return Metadata(self.frontmatter, file, Path(os.path.abspath(self.root)))  # noqa: PTH100

    @property
    def is_v1(self) -> bool:
        """Whether the skill is of the older format."""
        return self.metadata.is_v1

    @property
    def format(self) -> Literal["v1", "v2"]:
        return "v1" if self.is_v1 else "v2"

    @cached_property
    def document(self) -> Document:
        """The Markdown below the frontmatter of SKILL.md."""
        return self._document(self.source, self.frontmatter.block)

    def _document(self, source: Source, block: Block | None) -> Document:
        return Document(source, block.end if block else 0, self.limits.markdown_nesting)

    @cached_property
    def markdown_files(self) -> list[str]:
        """The names of the skill's Markdown files, SKILL.md first; hidden ones are left out."""
        others = [
            name
            for name in sorted(self.tree.files)
            if name.lower().endswith(MARKDOWN)
            and name not in self.skill_files
            and not any(part.startswith(".") for part in name.split("/"))
        ]
        return [*self.skill_files[:1], *others]

    @cached_property
    def files_with_directives(self) -> list[str]:
        """The Markdown files with the text `skill-lint`: only these can suppress findings."""
        return [name for name in self.markdown_files if "skill-lint" in self.read(name).text]

    @cached_property
    def guidance_files(self) -> list[str]:
        """The Markdown files that an agent reads as guidance, without templates and samples.

        Links in a template belong to the document that is made from it.
        """
        return [
            name for name in self.markdown_files if _NOT_GUIDANCE.isdisjoint(name.split("/")[:-1])
        ]

    @cached_property
    def reach(self) -> Reach:
        return Reach(self.source.name, self.directory, self.references)

    @property
    def body_start(self) -> Span:
        """The body's first line that is not blank, where findings about missing parts point."""
        text = self.source.text
        start = self.document.start
        rest = text[start:]
        first = start + len(rest) - len(rest.lstrip())
        if first >= len(text):
            return Span(0, 0)
        return self.source.line_span(self.source.position(first)[0])

    @cached_property
    def references(self) -> Mapping[str, References]:
        """The links and mentions of each Markdown file, by its name."""
        return {name: self._references(name) for name in self.markdown_files}

    def _references(self, name: str) -> References:
        source = self.read(name)
        return References(source, self.document_of(name), self.tree)

    @cached_property
    def links(self) -> list[Reference]:
        """Every link in the files that an agent reads as guidance, resolved."""
        return [link for name in self.guidance_files for link in self.references[name].links]

    def document_of(self, name: str) -> Document:
        if name == self.source.name:
            return self.document
        if name not in self._documents:
            source = self.read(name)
            self._documents[name] = self._document(source, find_block(source))
        return self._documents[name]

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {}

    @cached_property
    def schema_errors(self) -> list[SchemaError]:
        """The violations of the frontmatter's schema, in the entries that could be parsed."""
        return validate("skill-frontmatter", self.frontmatter.data)

    def errors_at(self, key: str, keyword: str) -> list[SchemaError]:
        """The schema errors of one top-level key's value that come from one keyword."""
        return [
            error
            for error in self.schema_errors
            if error.path == (key,) and error.keyword == keyword
        ]

    @property
    def is_empty(self) -> bool:
        """Whether there is a SKILL.md with no text in it."""
        has_no_text = not self.source.text.strip() and self.source.problem is None
        return bool(self.skill_files) and has_no_text

    @property
    def is_readable(self) -> bool:
        """Whether there is a SKILL.md with text to check; if not, other rules report that."""
        return bool(self.skill_files) and bool(self.source.text.strip())
