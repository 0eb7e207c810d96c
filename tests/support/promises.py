"""What must hold of every skill and of every fix, whatever is in the files."""

from collections import Counter
from collections.abc import Iterable, Sequence

from skill_lint import Config
from skill_lint.diagnostic import Diagnostic
from skill_lint.discovery.roots import SkillRoot
from skill_lint.edits.apply import apply, compatible
from skill_lint.engine.check import check
from skill_lint.fixing.loop import FixResult, fix_skill
from skill_lint.markdown.document import Document
from skill_lint.skill import Skill

RULES = Config(select=("all",)).active
INTERNAL_ERROR = next(each for each in RULES if each.rule.name == "internal-error")
HIDING = {
    "cut-off-value", "description-type", "empty-description", "invalid-yaml", "late-frontmatter",
    "license-type", "missing-when-to-use", "name-format", "name-mismatch", "name-type",
    "skill-file-name", "unclosed-fence", "unclosed-frontmatter", "unknown-key",
}  # fmt: skip
"""Once they are fixed, a value or a section can be judged for the first time, or again."""
BEHIND = {
    "dead-anchor": {"backslash-link", "broken-link", "legacy-subdirectory", "wrong-case-link"},
    "version-format": {"metadata-type"},
}
"""What can be found only after something else is fixed."""


def check_bounds(found: Document) -> None:
    source = found.source
    spans = [link.whole for link in found.links] + [code.span for code in found.code_spans]
    spans += [heading.span for heading in found.headings] + found.list_items
    spans += [fence.span for fence in found.fences] + [each.span for each in found.sections]
    for start, end in spans:
        assert 0 <= start <= end <= len(source.text)
    for heading in found.headings:
        assert source.position(heading.span.start)[0] == heading.line
    for comment in found.comments:
        assert source.slice(comment.span) == f"<!--{comment.text}-->"


def check_places(skill: Skill, families: Sequence[str] | None = None) -> list[Diagnostic]:
    """Every rule of these families speaks, none fails, and all of it is inside the text."""
    active = [each for each in RULES if families is None or each.rule.family in families]
    found = check(skill, [*active, INTERNAL_ERROR])
    for each in found:
        assert each.rule != "internal-error", each.details
        source = skill.read(skill.name_of(each.path))
        edits = each.fix.edits if each.fix else ()
        for region in (each.region, *(edit.region for edit in edits)):
            start, end = source.span(region)
            assert 0 <= start <= end <= len(source.text)
    return found


def everything(_: Skill, diagnostics: Sequence[Diagnostic]) -> Iterable[Diagnostic]:
    return [each for each in diagnostics if each.fix and each.suppression is None]


def only_safe(skill: Skill, diagnostics: Sequence[Diagnostic]) -> Iterable[Diagnostic]:
    return [
        each for each in everything(skill, diagnostics) if each.fix and each.fix.safety == "safe"
    ]


def counts(skill: Skill) -> Counter[str]:
    return Counter(each.rule for each in check(skill, RULES))


def judge(root: SkillRoot, *, safe: bool) -> FixResult:
    """Mend a skill in memory, hold it against everything that must be true, and give it back."""
    eligible = only_safe if safe else everything
    before = Skill(root.path, root.shown)
    found = sorted(check(before, RULES), key=lambda each: each.sort_key)
    check_one_pass(before, compatible(before, list(eligible(before, found))))
    repair = fix_skill(root, RULES, eligible)
    new = counts(repair.after) - counts(repair.before)
    fixed = {each.rule for each in repair.fixed}
    unexplained = [name for name in new if fixed.isdisjoint(BEHIND.get(name, ()))]
    assert not unexplained or fixed & HIDING, f"new findings: {new}"
    for key, entry in repair.before.frontmatter.by_key.items():
        start, end = entry.key_span.start, max(entry.key_span.end, entry.span.end)
        lines = {repair.before.source.position(at)[0] for at in (start, end)}
        touched = any(
            edit.region.line <= max(lines) and edit.region.end_line >= min(lines)
            for each in repair.fixed
            if each.fix
            for edit in each.fix.edits
        )
        if entry.node and not touched and not fixed & {"late-frontmatter"}:
            now = repair.after.frontmatter.get(key)
            assert now is not None
            assert repr(now.value) == repr(entry.value)
    return repair


def check_one_pass(skill: Skill, chosen: Sequence[Diagnostic]) -> None:
    """Outside the edits every character is as it was; undone, they give back the input."""
    fixes = [each.fix for each in chosen if each.fix]
    draft = apply(skill, fixes)
    for name, content in draft.texts.items():
        was, now = skill.read(draft.on_disk(name)), content.decode()
        edits = sorted(
            (was.span(edit.region), edit.text)
            for fix in fixes
            for edit in fix.edits
            if skill.name_of(edit.path) == was.name
        )
        undone, at, end = [], 0, 0
        for span, text in edits:
            gap = was.text[end : span.start]
            assert now[at : at + len(gap)] == gap
            assert now[at + len(gap) : at + len(gap) + len(text)] == text
            undone += [gap, was.slice(span)]
            at, end = at + len(gap) + len(text), span.end
        assert now[at:] == was.text[end:]
        assert "".join([*undone, now[at:]]) == was.text
