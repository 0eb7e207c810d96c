"""Settings: where they come from, which wins, and what is said of a wrong one."""

import os
from pathlib import Path

import pytest

from docs.generate_presets import FILES
from skill_lint import Config, ConfigError
from skill_lint.cli.main import main
from skill_lint.config.config import ALWAYS, presets
from skill_lint.report.counts import WARNINGS_IN_AGENTSKILLS
from skill_lint.rule import level_of
from skill_lint.rules.registry import load_rules
from skill_lint.schema import validate

SKILL = "---\nname: a\ndescription: Use when testing.\n---\n\n# Title\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("skills/a").mkdir(parents=True)
    Path("skills/a/SKILL.md").write_text(SKILL, encoding="utf-8")
    return tmp_path


def severities(config: Config) -> dict[str, str]:
    return {active.rule.name: active.severity for active in config.active}


def test_the_default_breaks_at_what_breaks_a_skill_and_informs_of_the_golden_standard() -> None:
    found = severities(Config())
    assert found == severities(Config(extends="recommended"))
    assert found["broken-link"] == found["leaked-secret"] == "error"
    assert found["orphan-file"] == found["no-progressive-disclosure"] == "warning"
    assert found["missing-when-to-use"] == found["unknown-subdirectory"] == "info"
    assert "unexplained-suppression" not in found


def test_golden_has_its_musts_as_errors() -> None:
    found = severities(Config(extends="golden"))
    assert found["missing-when-to-use"] == "error"
    assert found["missing-overview"] == found["unknown-subdirectory"] == "warning"


@pytest.mark.smoke
def test_agentskills_is_the_specification_and_the_run_alone() -> None:
    found = severities(Config(extends="agentskills"))
    assert found["name-format"] == "error"
    assert found["broken-link"] == "warning"
    assert found["unused-suppression"] == "warning"
    assert {found[name] for name in ("leaked-secret", "unclosed-fence", "duplicate-name")} == {
        "warning"
    }
    assert not {"missing-when-to-use", "unknown-subdirectory", "orphan-file"} & found.keys()


@pytest.mark.smoke
def test_strict_fails_on_warnings_and_leaves_the_sections_to_golden() -> None:
    assert Config(extends="strict").threshold == "warning"
    found, default = severities(Config(extends="strict")), severities(Config())
    assert found["unexplained-suppression"] == "warning"
    assert {"missing-when-to-use", "missing-overview", "missing-quick-start"}.isdisjoint(found)
    assert found.items() - {("unexplained-suppression", "warning")} <= default.items()


@pytest.mark.parametrize("name", presets())
def test_the_file_of_a_preset_lists_every_rule_and_means_the_preset(name: str) -> None:
    file = Config.load(FILES / f"{name}.yaml")
    assert file.rules.keys() == load_rules().keys()
    assert file.active == Config(extends=name).active
    assert file.threshold == Config(extends=name).threshold


def test_a_rule_that_is_off_in_the_preset_can_be_selected() -> None:
    assert severities(Config(select=("unexplained-suppression",)))["unexplained-suppression"]
    assert severities(Config(extends="strict", select=("sections",)))["missing-overview"] == "info"


def test_the_hint_knows_what_agentskills_makes_of_the_errors_of_the_default() -> None:
    milder = {
        name
        for name, rule in load_rules().items()
        if (level_of(rule.presets["recommended"]), level_of(rule.presets["agentskills"]))
        == ("error", "warning")
    }
    assert milder - {"leaked-secret"} == WARNINGS_IN_AGENTSKILLS


def test_layers_win_from_below_to_above() -> None:
    file = Config(extends="agentskills", rules={"long-body": "off", "few-examples": "error"})
    assert "long-body" not in severities(file)
    assert severities(file)["few-examples"] == "error"
    above = Config(select=("links", "long-body"), ignore=("dead-anchor",)).over(file)
    found = severities(above)
    assert found.keys() == {
        *(name for name, rule in load_rules().items() if rule.family == "links"),
        "long-body",
        *ALWAYS,
    } - {"dead-anchor"}


def test_a_severity_does_not_lose_the_options_below_it() -> None:
    file = Config(rules={"long-body": {"max-lines": 10}})
    above = Config(rules={"long-body": "error"}).over(file)
    active = {each.rule.name: each for each in above.active}["long-body"]
    assert (active.severity, active.options) == ("error", {"max_lines": 10})


def test_what_must_not_be_passed_over_cannot_be_turned_off() -> None:
    assert severities(Config(ignore=("all",))).keys() == ALWAYS


YAML = "extends: agentskills\nrules:\n  long-body: {max-lines: 1}\n"
TOML = 'extends = "agentskills"\n[rules]\nlong-body = {max-lines = 1}\n'
PYPROJECT = '[tool.skill-lint]\nextends = "agentskills"\nrules.long-body.max-lines = 1\n'


@pytest.mark.parametrize(
    ("name", "text"),
    [(".skill-lint.yaml", YAML), ("skill-lint.toml", TOML), ("pyproject.toml", PYPROJECT)],
)
def test_the_same_keys_work_in_every_file(name: str, text: str) -> None:
    Path(name).write_text(text, encoding="utf-8")
    config = Config.find(Path.cwd() / "skills")
    assert config is not None
    assert config.extends == "agentskills"
    active = {each.rule.name: each for each in config.active}["long-body"]
    assert active.options == {"max_lines": 1}


def test_the_nearest_file_wins_and_a_pyproject_without_the_table_is_none() -> None:
    Path("skill-lint.toml").write_text('extends = "strict"\n', encoding="utf-8")
    Path("skills/pyproject.toml").write_text("[project]\n", encoding="utf-8")
    assert (found := Config.find(Path("skills").absolute())) is not None
    assert found.extends == "strict"
    Path("skills/.skill-lint.yaml").write_text("extends: agentskills\n", encoding="utf-8")
    assert (found := Config.find(Path("skills").absolute())) is not None
    assert found.extends == "agentskills"


def test_excludes_are_relative_to_their_file(capfd: pytest.CaptureFixture[str]) -> None:
    Path("skills/b").mkdir()
    Path("skills/b/SKILL.md").write_text(SKILL, encoding="utf-8")
    Path("skills/.skill-lint.yaml").write_text('exclude: ["b"]\n', encoding="utf-8")
    os.chdir("skills")
    main(["--list-skills"])
    assert capfd.readouterr().out.splitlines() == [
        "a",
        "skipped b: excluded by `b`",
        "1 skill found, 1 skipped",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "extends: golden\nexlude: [x]\n",
            ":2: there is no setting `exlude`; did you mean `exclude`",
        ),
        (
            "rules:\n  borken-link: off\n",
            ":2: there is no rule `borken-link`; did you mean `broken-",
        ),
        (
            "\n\nextends: agentskill\n",
            ":3: `extends` must be one of recommended, golden, agentskills, strict; did",
        ),
        ("ignore: [linkz]\n", ":1: there is no rule or family `linkz`; did you mean `links`?"),
        (
            "rules:\n  long-body: {max-line: 3}\n",
            ":2: there is no option `max-line` of `long-body`",
        ),
        ("rules:\n  long-body: {max-lines: many}\n", ":2: `max-lines` of `long-body` must be a n"),
        ("rules:\n  long-body: {max-lines: true}\n", ":2: `max-lines` of `long-body` must be a n"),
        (
            "rules:\n  long-body: sometimes\n",
            "`rules.long-body` must be error, warning, info or off",
        ),
        ("fail-on: errors\n", ":1: `fail-on` must be one of error, warning"),
        ("exclude: x\n", ":1: `exclude` must be a list"),
        ("- a\n- b\n", "`the configuration` must be a mapping"),
        ("[]\n", "`the configuration` must be a mapping"),
        ("false\n", "`the configuration` must be a mapping"),
        (
            "\nexclude: [a, 2001-01-01]\n",
            ":2: `exclude.1` is a date, a time or binary data: put it",
        ),
        ("llm: {models: {default: !!binary aGk=}}\n", ":1: `llm.models.default` is a date, a time"),
        ("limits:\n  yaml-depth: 9999999999999999\n", ":2: `limits.yaml-depth` has a number that"),
        ("a: b: c\n", "invalid YAML: mapping values are not allowed here"),
    ],
)
def test_a_wrong_file_is_refused_with_line_and_guess(
    text: str, message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    Path(".skill-lint.yaml").write_text(text, encoding="utf-8")
    assert main(["skills"]) == 2
    printed = capfd.readouterr()
    assert ".skill-lint.yaml" in printed.err
    assert message in printed.err
    assert not printed.out


def test_a_wrong_toml_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    Path("skill-lint.toml").write_text("extends = \n", encoding="utf-8")
    assert main(["skills"]) == 2
    assert "skill-lint.toml: invalid TOML: Invalid value (at line 1" in capfd.readouterr().err


OURS = {
    "a table in tool": "[tool]\nskill-lint.fail-on = 'nope'\n",
    "a name in quotes": "[tool.'skill-lint']\nfail-on = 'nope'\n",
    "blanks": "[ tool . skill-lint ]\nfail-on = 'nope'\n",
    "an inline table": "tool.skill-lint = {fail-on = 'nope'}\n",
    "no table": "[tool]\nskill-lint = 5\n",
    "an empty list": "[tool]\nskill-lint = []\n",
    "a number beyond all bounds": "[tool]\nskill-lint.limits.file-bytes = 99999999999999999999\n",
    "a date": "tool.skill-lint.exclude = [2001-01-01]\n",
    "invalid TOML below tool": "[tool]\nskill-lint = {fail-on = }\n",
    "invalid TOML": "[tool.skill-lint]\nfail-on = never\n",
    "a header that is not closed": "[tool.skill-lint\n",
}
"""Every way to write our table into a pyproject.toml; each has a fault."""


@pytest.mark.parametrize("how", OURS)
def test_our_table_is_never_left_out_in_silence(
    how: str, capfd: pytest.CaptureFixture[str]
) -> None:
    Path("pyproject.toml").write_text(OURS[how], encoding="utf-8")
    assert main(["skills"]) == 2
    assert "skill-lint: pyproject.toml" in capfd.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "[tool.other]\nsince = 2001-01-01\nmany = 99999999999999999999\nodd = nan\n",
        f"[tool.other]\ndeep = {'[' * 60}{']' * 60}\n",
    ],
)
def test_what_other_tools_write_into_pyproject_is_not_ours(text: str) -> None:
    Path("pyproject.toml").write_text(
        f"{text}[tool.skill-lint]\nextends = 'strict'\n", encoding="utf-8"
    )
    assert (found := Config.find(Path.cwd())) is not None
    assert found.extends == "strict"


@pytest.mark.parametrize(
    "text",
    ['dependencies = ["skill-lint"', 'dependencies = [\n "skill-lint==1",\n "skill-lint"\n'],
)
def test_a_broken_pyproject_that_only_names_us_is_none(text: str) -> None:
    Path("pyproject.toml").write_text(f"[project]\n{text}", encoding="utf-8")
    assert Config.find(Path.cwd()) is None


def test_two_files_in_one_folder_are_refused(capfd: pytest.CaptureFixture[str]) -> None:
    Path("skill-lint.toml").touch()
    Path(".skill-lint.yaml").touch()
    assert main(["skills"]) == 2
    assert "two configurations, `.skill-lint.yaml` and `skill-lint.toml`" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--select", "borken-link"], "did you mean `broken-link`?"),
        (["--severity", "broken-link"], "--severity takes RULE=error"),
        (["--severity", "broken-link=fatal"], "--severity takes RULE=error"),
        (["--preset", "gold"], "there is no preset `gold`"),
        (["--config", "nowhere.yaml"], "nowhere.yaml: cannot be read"),
        (["--output", "jsn=x"], "--output takes FORMAT=FILE"),
        (["-"], "`-`, as the only path, and --stdin-filename FILE go together"),
    ],
)
def test_a_wrong_command_line_is_refused(
    words: list[str], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["skills", *words] if words != ["-"] else words) == 2
    assert message in capfd.readouterr().err


def test_the_library_refuses_names_too() -> None:
    with pytest.raises(ConfigError, match="did you mean `broken-link`"):
        Config(ignore=("broken-links",))


@pytest.mark.smoke
def test_init_writes_a_file_that_changes_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == 0
    assert severities(Config.load(Path(".skill-lint.yaml"))) == severities(Config())
    Path(".skill-lint.yaml").write_text("mine", encoding="utf-8")
    assert main(["init"]) == 2
    assert "exists already" in capfd.readouterr().err
    assert Path(".skill-lint.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("text", ["long-body: off", "long-body: {severity: off, max-lines: 3}"])
def test_off_is_off_though_yaml_reads_it_as_false(text: str) -> None:
    Path(".skill-lint.yaml").write_text(f"rules:\n  {text}\n", encoding="utf-8")
    assert "long-body" not in severities(Config.load(Path(".skill-lint.yaml")))


def test_every_line_of_the_init_file_is_valid() -> None:
    from skill_lint.cli.commands.init import TEMPLATE

    lines = [line.removeprefix("# ") for line in TEMPLATE.splitlines()]
    settings = [line for line in lines if line.startswith((" ", "rules:")) or line[:12].count(":")]
    text = "\n".join(
        line
        for line in settings
        if not line.startswith(("recommended:", "golden:", "agentskills:", "strict:"))
    )
    Path(".skill-lint.yaml").write_text(text, encoding="utf-8")
    config = Config.load(Path(".skill-lint.yaml"))
    assert config.ignore == ("missing-quick-start",)
    assert severities(config)["orphan-file"] == "info"


def test_the_schema_accepts_what_the_loader_accepts() -> None:
    assert validate("config", {"extends": "golden", "rules": {"long-body": {"max-lines": 3}}}) == []
    assert [error.keyword for error in validate("config", {"select": "all"})] == ["type"]
