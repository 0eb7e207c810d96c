"""Checkouts and inputs that take over the steps of the action, through its real steps.

Every module of a checkout that is imported leaves a file, and ends its process as if all were well.
"""

import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.security.conftest import BROKEN, GOOD, TREE, git, write
from tests.support.action import Run, run_action

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (TREE / "action.yml").exists(), reason="not in a checkout"),
]

BAD = {"bad/SKILL.md": BROKEN.format(name="bad")}
DEFAULTS = {"python-version": ""}
EVIL = "import os\nopen({marker!r}, 'a').write(__name__ + ' ')\nos._exit(0)\n"


class Attack:
    """A checkout with a broken skill, which the steps of the action must report."""

    def __init__(self, folder: Path, installed: Mapping[str, str]) -> None:
        self.checkout, self.temporary = folder / "work" / "repository", folder / "work" / "_temp"
        self.marker = folder / "marker"
        self.installed = installed
        self.temporary.mkdir(parents=True)
        write(self.checkout, BAD)

    def evil(self, *names: str) -> None:
        """Add modules that leave a file when they are imported."""
        write(self.checkout, dict.fromkeys(names, EVIL.format(marker=str(self.marker))))

    def script(self, *names: str) -> None:
        """Add programs that leave a file when they are run."""
        write(self.checkout, dict.fromkeys(names, f"#!/bin/sh\necho $0 >> {self.marker}\n"))
        for name in names:
            (self.checkout / name).chmod(0o755)

    def run(self, inputs: Mapping[str, str] | None = None, **variables: str) -> Run:
        """Run the steps; all but those of an earlier installation."""
        given = {**DEFAULTS, **(inputs or {})}
        return run_action(TREE, self.checkout, self.temporary, given,
                          known=self.installed, variables=variables)  # fmt: skip

    def fails(self, inputs: Mapping[str, str] | None = None, **variables: str) -> None:
        """Run the steps; nothing of the checkout runs, and the broken skill is reported."""
        ran = self.run(inputs, **variables)
        executed = self.marker.read_text() if self.marker.exists() else ""
        assert not executed, executed
        assert ran.code == 1, ran.log
        assert "::error file=bad/SKILL.md" in ran.log
        assert ran.outputs["exit-code"] == "1"


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the step `install` has put out, in a checkout without an attack."""
    folder = tmp_path_factory.mktemp("installed")
    write(folder / "checkout", {"a/SKILL.md": GOOD.format(name="a")})
    ran = run_action(TREE, folder / "checkout", folder / "temp", DEFAULTS)
    assert ran.code == 0, ran.log
    return {name: value for name, value in ran.known.items() if name.startswith("steps.install.")}


@pytest.fixture
def attack(tmp_path: Path, installed: dict[str, str]) -> Iterator[Attack]:
    yield Attack(tmp_path, installed)
    shutil.rmtree(tmp_path / "work", ignore_errors=True)


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Attack]:
    """An attack on the installation as well."""
    yield Attack(tmp_path, {})
    shutil.rmtree(tmp_path / "work", ignore_errors=True)


INSTALLING = {
    "venv": ["venv.py", "ensurepip.py", "ensurepip/__init__.py", "ensurepip/__main__.py"],
    "pip": ["pip/__init__.py", "pip/__main__.py"],
    "library": ["json.py", "logging/__init__.py", "subprocess.py", "tempfile.py", "shutil.py"],
    "start": ["sitecustomize.py", "usercustomize.py", "site.py", "encodings/__init__.py"],
    "build": ["hatchling/build.py", "hatchling/__init__.py", "setup.py", "install.py", "run.py",
              "inputs.py", "outputs.py", "outside.py", "__main__.py"],
}  # fmt: skip


@pytest.mark.parametrize("kind", INSTALLING)
def test_a_module_at_the_root_runs_while_it_is_installed(new: Attack, kind: str) -> None:
    new.evil(*INSTALLING[kind])
    new.fails()


def test_files_at_the_root_configure_the_installation(new: Attack) -> None:
    wheel(new)
    settings = f"[global]\nno-index = true\nfind-links = {new.checkout}\n"
    new.script("bin/python3", "python3", "pyvenv/bin/python3")
    write(new.checkout, {
        "pip.conf": settings, "pip.ini": settings, "pip/pip.conf": settings,
        "setup.cfg": "[easy_install]\nindex_url = http://127.0.0.1:9\n",
        "pyvenv.cfg": f"home = {new.checkout}/bin\ninclude-system-site-packages = true\n",
        ".pydistutils.cfg": "[easy_install]\nindex_url = http://127.0.0.1:9\n",
        ".python-version": "evil\n", ".tool-versions": "python evil\n",
        "pyproject.toml": "[tool.pip]\n[build-system]\nrequires = ['evil']\n",
        "uv.toml": "index-url = 'http://127.0.0.1:9'\n", "skill_lint.pth": "import evil\n",
    })  # fmt: skip
    new.evil("evil.py", "lib/python3.11/site-packages/sitecustomize.py")
    new.fails()


def wheel(attack: Attack) -> None:
    """Add a build backend of the newest version, which leaves a file when it is imported."""
    info = "hatchling-9.dist-info"
    with zipfile.ZipFile(attack.checkout / "hatchling-9-py3-none-any.whl", "w") as archive:
        archive.writestr("hatchling/__init__.py", "")
        archive.writestr("hatchling/build.py", EVIL.format(marker=str(attack.marker)))
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: hatchling\nVersion: 9\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: x\n")
        archive.writestr(f"{info}/RECORD", "")


VARIABLES: dict[str, dict[str, str]] = {
    "modules": {"PYTHONPATH": "{checkout}"},
    "relative modules": {"PYTHONPATH": ".:"},
    "user base": {"PYTHONUSERBASE": "{checkout}/base"},
    "a file of pip": {"PIP_CONFIG_FILE": "{checkout}/pip.conf"},
    "a relative file of pip": {"PIP_CONFIG_FILE": "pip.conf"},
    "wheels": {"PIP_FIND_LINKS": "{checkout}"},
    "wheels by address": {"PIP_FIND_LINKS": "file://{checkout}"},
    "relative wheels": {"PIP_FIND_LINKS": "."},
    "the person's settings": {"XDG_CONFIG_HOME": "{checkout}"},
    "a home": {"HOME": "{checkout}"},
    "relative programs": {"PATH": ".:bin:{path}"},
    "a start of bash": {"BASH_ENV": "start.sh"},
}


@pytest.mark.parametrize("variables", VARIABLES.values(), ids=VARIABLES)
def test_a_variable_leads_into_the_checkout(new: Attack, variables: dict[str, str]) -> None:
    wheel(new)
    settings = f"[global]\nfind-links = {new.checkout}\n"
    names = ("pip.conf", "pip/pip.conf", ".config/pip/pip.conf", ".pip/pip.conf")
    write(new.checkout, dict.fromkeys(names, settings))
    base = "base/lib/python3.11/site-packages/"
    new.evil("sitecustomize.py", "usercustomize.py", f"{base}usercustomize.py")
    new.script("python3", "bin/python3", "git", "bin/git", "start.sh")
    values = {
        name: value.format(checkout=new.checkout, path=os.environ["PATH"])
        for name, value in variables.items()
    }
    new.fails(None, **values)


def test_honest_settings_of_the_runner_go_on_working(new: Attack, tmp_path: Path) -> None:
    """Held before: the owner of a runner decides where packages come from."""
    ran = new.run(PIP_INDEX_URL="http://127.0.0.1:9/nowhere", PIP_RETRIES="0")
    assert ran.code not in (0, None)
    assert "No matching distribution" in ran.log
    file = write(tmp_path / "owner", {"pip.conf": "[global]\nno-index = true\n"}) / "pip.conf"
    ran = new.run(PIP_CONFIG_FILE=str(file))
    assert ran.code not in (0, None)
    assert "No matching distribution" in ran.log


LINTING = [
    "skill_lint/__init__.py", "skill_lint/__main__.py", "skill_lint.py", "json.py", "yaml.py",
    "yaml/__init__.py", "jsonschema/__init__.py", "frontmatter.py", "markdown_it/__init__.py",
    "sqlite3/__init__.py", "sitecustomize.py", "usercustomize.py", "argparse.py", "runpy.py",
    "pkgutil.py", "importlib/__init__.py", "inputs.py", "outputs.py", "outside.py", "uuid.py",
    "multiprocessing/__init__.py", "re.py", "gc.py", "encodings/utf_8.py", "pathlib.py",
    "collections/__init__.py", "subprocess.py", "_distutils_hack/__init__.py", "typing.py",
]  # fmt: skip


@pytest.mark.parametrize("name", LINTING)
def test_a_module_at_the_root_runs_in_place_of_the_linter(attack: Attack, name: str) -> None:
    package = [f"{name.split('/', maxsplit=1)[0]}/__init__.py"] if "/" in name else []
    attack.evil(name, *package)
    attack.fails()


def test_a_fake_linter_makes_the_step_pass(attack: Attack) -> None:
    write(attack.checkout, {"skill_lint/__init__.py": "", "skill_lint/__main__.py": "pass\n"})
    attack.fails()


def test_a_module_runs_in_the_processes_of_many_skills(attack: Attack) -> None:
    many = {f"skills/s{n}/SKILL.md": GOOD.format(name=f"s{n}") for n in range(120)}
    write(attack.checkout, many)
    attack.evil("skill_lint/__init__.py", "multiprocessing/__init__.py", "json.py", "pickle.py")
    attack.fails()


@pytest.mark.parametrize("path", [".:{path}", "bin:{path}", ":{path}", "{checkout}/bin:{path}"])
def test_a_program_of_the_checkout_is_taken_for_git(attack: Attack, path: str) -> None:
    attack.script("git", "bin/git")
    ran = attack.run(
        {"changed-only": "true"}, GITHUB_BASE_REF="main",
        PATH=path.format(path=os.environ["PATH"], checkout=attack.checkout),
    )  # fmt: skip
    assert not attack.marker.exists()
    assert ran.code == 2, ran.log


def test_a_link_of_the_checkout_leads_the_report_elsewhere(attack: Attack, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (attack.checkout / "out").symlink_to(elsewhere)
    (attack.checkout / "deep").mkdir()
    (attack.checkout / "deep" / "out").symlink_to("../out")
    for file in ("out/x.sarif", "out/new/x.sarif", "./out/x.sarif", "deep/out/a/x.sarif",
                 f"{attack.checkout}/out/x.sarif", "deep/../out/x.sarif"):  # fmt: skip
        ran = attack.run({"sarif-file": file})
        assert ran.code == 2, ran.log
        assert "symbolic link" in ran.log
        assert not list(elsewhere.iterdir()), file


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_committed_report_is_uploaded_in_place_of_the_real_one(
    attack: Attack, tmp_path: Path, kind: str
) -> None:
    secret = write(tmp_path, {"secret": "precious"}) / "secret"
    report = attack.checkout / "x.sarif"
    if kind == "link":
        report.symlink_to(secret)
    else:
        report.write_text("forged")
    ran = attack.run({"sarif-file": "x.sarif", "preset": "nonsense"})
    assert ran.code == 2, ran.log
    assert ran.outputs["sarif-file"] == ""
    ran = attack.run({"sarif-file": "x.sarif"})
    assert ran.outputs["sarif-file"] == "x.sarif"
    assert '"$schema"' in report.read_text()
    assert not report.is_symlink()
    assert secret.read_text() == "precious"


INPUTS = ["preset", "config", "fail-on", "changed-only", "sarif-file", "upload-sarif", "paths"]
CHARACTERS = {
    "line": "\n", "return": "\r", "tab": "\t", "escape": "\x1b", "vertical": "\x0b", "page": "\x0c",
    "group": "\x1d", "delete": "\x7f", "next": "\x85", "csi": "\x9b", "separator": "\u2028",
}  # fmt: skip


@pytest.mark.parametrize("name", INPUTS)
def test_an_input_with_a_control_character_is_obeyed(attack: Attack, name: str) -> None:
    for kind, character in CHARACTERS.items():
        if (name, kind) == ("paths", "line"):
            continue
        value = f"a{character}exit-code=0{character}::stop-commands::x"
        ran = attack.run({name: value})
        assert ran.code == 2, (kind, ran.log)
        assert f"the input `{name}` has a" in ran.log
        assert "stop-commands" not in ran.log
        assert ran.outputs["exit-code"] == "2"
        assert ran.summary == ""


VERSIONS = [
    "1.0 @ https://evil.example/x.whl", "1.0; extra", "1.0,>0", "1.0 --index-url=http://evil",
    "1.0\n--index-url=http://evil", "1.0[x]", "../evil", "$(touch x)", "1.0 # x", "-r x", "==1.0",
    "1.0+local/../x", "1.0\x00", "\u0661.0", "1.0 or", "latest", "1.0*", "@ file:///x",
]  # fmt: skip


@pytest.mark.parametrize("version", [each for each in VERSIONS if "\x00" not in each])
def test_a_version_is_more_than_a_version(new: Attack, version: str) -> None:
    ran = new.run({"version": version})
    assert ran.code == 2, ran.log
    assert "the input `version`" in ran.log
    assert "evil" not in ran.log


@pytest.mark.parametrize("version", ["0.1.0", "v1.2.3", "1.0rc1", "2.0.post1.dev3", "1.*", " 1\n"])
def test_honest_versions_are_asked_for(new: Attack, version: str) -> None:
    """Held before."""
    ran = new.run({"version": version}, PIP_NO_INDEX="1")
    assert "skill-lint==" in ran.log
    assert "takes a version" not in ran.log


@pytest.mark.parametrize("value", ["yes", "1", "on", "tru", "true false"])
@pytest.mark.parametrize("name", ["changed-only", "upload-sarif"])
def test_a_word_that_is_neither_true_nor_false_is_passed_over(
    attack: Attack, name: str, value: str
) -> None:
    ran = attack.run({name: value})
    assert ran.code == 2, ran.log
    assert f"the input `{name}` takes true or false" in ran.log


OPTIONS = ["--exit-zero", "--fail-on=never", "-h", "--list-skills", "--output=text=x", "--version"]


@pytest.mark.parametrize("word", OPTIONS)
def test_honest_paths_that_read_as_options_are_paths(attack: Attack, word: str) -> None:
    """Held before: the paths stand after `--`."""
    write(attack.checkout, {f"{word}/SKILL.md": BROKEN.format(name="x")})
    ran = attack.run({"paths": word})
    assert ran.code == 1, ran.log
    assert f"::error file={word}/SKILL.md" in ran.log.replace("%3A", ":")


@pytest.mark.parametrize("word", ["x --exit-zero", "x --exit-zero --", "--exit-zero"])
@pytest.mark.parametrize("name", ["preset", "config", "fail-on"])
def test_honest_inputs_are_one_word(attack: Attack, name: str, word: str) -> None:
    """Held before."""
    assert attack.run({name: word}).code == 2


NAMES = [
    "a](http://evil.example)", "<img src=x>", "**bold**", "`code`", "www.evil.example", "@someone",
    "a\n# heading", "a\r\n::error::forged", "%0A::error::forged", "::error::forged", "| a | b |",
    "##[error]forged", "WWW.evil.example", "#1", "![x](http://evil.example/x.png)", "~~gone~~",
    "<!-- hidden", "\u202egnp", "&lt;b&gt;", "a,line=1::forged",
]  # fmt: skip
MARKUP = ("](http://evil", "<img", "**bold", "`code`", "www.evil", "WWW.evil", " @someone",
        "\n# head", "[error]", "| a |", " #1", "~~gone", "<!--", "\u202e")  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_a_command_or_markup_of_the_summary(attack: Attack, name: str) -> None:
    write(attack.checkout, {f"skills/{name}/SKILL.md": BROKEN.format(name="x")})
    ran = attack.run()
    assert ran.code == 1, ran.log
    commands = [line for line in ran.log.splitlines() if line.lstrip().startswith("::")]
    assert all(line.startswith(("::error file=", "::warning file=", "::notice file="))
               for line in commands)  # fmt: skip
    assert "%0A::error::forged" not in ran.log.replace("%250A", "")
    # What a backslash stands before is text.
    obeyed = re.sub(r"\\.", "", ran.summary)
    assert not [mark for mark in MARKUP if mark in obeyed], ran.summary


@pytest.mark.parametrize("event", ["pull_request_target", "workflow_run", "issue_comment"])
def test_a_cache_of_a_stranger_is_kept_for_the_default_branch(event: str) -> None:
    text = (TREE / "action.yml").read_text("utf-8")
    step = text.partition("- id: cache")[2].partition("- id: lint")[0]
    assert f'"{event}"' in step.partition("uses:")[0]


def test_honest_use_from_the_checkout_itself(tmp_path: Path) -> None:
    """Held before: with `uses: ./`, the checkout is the action, and its own code runs."""
    attack = Attack(tmp_path, {})
    for name in ("action", "skill_lint", "schemas"):
        shutil.copytree(TREE / name, attack.checkout / name)
    for name in ("action.yml", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"):
        shutil.copy(TREE / name, attack.checkout / name)
    ran = run_action(attack.checkout, attack.checkout, attack.temporary,
                     {**DEFAULTS, "paths": "bad"})  # fmt: skip
    assert ran.code == 1, ran.log
    assert "::error file=bad/SKILL.md" in ran.log


def event(folder: Path, checkout: Path, *, head: object, base: str = "") -> dict[str, str]:
    """The variables of a run for a pull request."""
    sha = base or git(checkout, "rev-parse", "main")
    pull_request = {"base": {"sha": sha, "repo": {"id": 1}}, "head": {"repo": head}}
    file = folder / "event.json"
    file.write_text(json.dumps({"pull_request": pull_request}))
    return {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": str(file)}


FORK: Mapping[str, object] = {"id": 2}
SILENT = {
    "comment": {"bad/SKILL.md": "<!-- skill-lint: allow-file broken-link -->\n"},
    "configuration": {".skill-lint.yaml": "ignore: [broken-link]\n"},
    "exclusion": {"skill-lint.toml": 'exclude = ["bad"]\n'},
}


@pytest.fixture
def pull_request(attack: Attack) -> Attack:
    """A checkout of a branch that adds a broken skill to the owner's `main`."""
    for each in attack.checkout.iterdir():
        shutil.rmtree(each)
    git(attack.checkout, "init", "--quiet", "--initial-branch=main")
    write(attack.checkout, {"good/SKILL.md": GOOD.format(name="good")})
    git(attack.checkout, "add", "--all")
    git(attack.checkout, "commit", "--quiet", "--message=All")
    write(attack.checkout, BAD)
    return attack


@pytest.mark.parametrize("head", [FORK, None], ids=["fork", "deleted-fork"])
@pytest.mark.parametrize("silent", SILENT)
def test_a_pull_request_from_a_fork_turns_its_gate_off(
    silent: str, head: object, pull_request: Attack, tmp_path: Path
) -> None:
    for name, text in SILENT[silent].items():
        file = pull_request.checkout / name
        file.write_text((file.read_text() if file.exists() else "") + text)
    pull_request.fails(None, **event(tmp_path, pull_request.checkout, head=head))


def test_added_silence_from_a_fork_passes(pull_request: Attack, tmp_path: Path) -> None:
    shutil.rmtree(pull_request.checkout / "bad")
    write(pull_request.checkout, {".skill-lint.yaml": "ignore: [links]\n"})
    variables = event(tmp_path, pull_request.checkout, head=FORK)
    assert pull_request.run(None, **variables).code == 1
    assert pull_request.run({"strict-gate": "false"}, **variables).code == 0


def test_a_branch_of_the_owner_is_trusted(pull_request: Attack, tmp_path: Path) -> None:
    """Honest use: who can push to the repository may edit its settings."""
    write(pull_request.checkout, {".skill-lint.yaml": "ignore: [links]\n"})
    variables = event(tmp_path, pull_request.checkout, head={"id": 1})
    assert pull_request.run(None, **variables).code == 0
    assert pull_request.run({"strict-gate": "true"}, **variables).code == 1


@pytest.mark.parametrize("base", ["0" * 40, "--upload-pack=touch marker", "main", "HEAD"])
def test_a_base_that_is_not_there_passes(base: str, pull_request: Attack, tmp_path: Path) -> None:
    variables = event(tmp_path, pull_request.checkout, head=FORK, base=base)
    assert pull_request.run(None, **variables).code == 2


def test_the_base_of_a_shallow_clone_is_fetched(pull_request: Attack, tmp_path: Path) -> None:
    """Honest use: actions/checkout fetches one commit."""
    write(pull_request.checkout, {".skill-lint.yaml": "ignore: [links]\n"})
    variables = event(tmp_path, pull_request.checkout, head=FORK)
    git(pull_request.checkout, "checkout", "--quiet", "-b", "change")
    git(pull_request.checkout, "add", "--all")
    git(pull_request.checkout, "commit", "--quiet", "--message=Change")
    origin = tmp_path / "origin"
    pull_request.checkout.rename(origin)
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=change", f"file://{origin}",
        str(pull_request.checkout))  # fmt: skip
    pull_request.fails(None, **variables)
