"""Attacks by modules, programs and links of a checkout on the steps of the action."""

import os
import zipfile
from pathlib import Path

import pytest

from tests.security.action.conftest import EVIL, Attack, event
from tests.security.conftest import GOOD, TREE, write

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (TREE / "action.yml").exists(), reason="not in a checkout"),
]


INSTALLING = {
    "venv": ["venv.py", "ensurepip.py", "ensurepip/__init__.py", "ensurepip/__main__.py"],
    "pip": ["pip/__init__.py", "pip/__main__.py"],
    "library": ["json.py", "logging/__init__.py", "subprocess.py", "tempfile.py", "shutil.py"],
    "start": ["sitecustomize.py", "usercustomize.py", "site.py", "encodings/__init__.py"],
    "build": ["hatchling/build.py", "hatchling/__init__.py", "setup.py", "install.py", "run.py",
              "inputs.py", "outputs.py", "outside.py", "__main__.py", "places.py", "since.py",
              "event.py", "base.py", "git.py", "post.py", "github.py", "diff.py"],
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
def test_a_program_of_the_checkout_is_taken_for_git(
    attack: Attack, path: str, tmp_path: Path
) -> None:
    attack.script("git", "bin/git")
    ran = attack.run(
        {"changed-only": "true"},
        **event(tmp_path, attack.checkout, head={"id": 1}, base="1" * 40),
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


def test_a_committed_report_is_uploaded_in_place_of_the_real_one(attack: Attack) -> None:
    report = attack.checkout / "x.sarif"
    report.write_text("forged")
    ran = attack.run({"sarif-file": "x.sarif", "preset": "nonsense"})
    assert ran.code == 2, ran.log
    assert ran.outputs["sarif-file"] == ""
    ran = attack.run({"sarif-file": "x.sarif"})
    assert ran.outputs["sarif-file"] == "x.sarif"
    assert '"$schema"' in report.read_text()


BOTH = pytest.mark.parametrize(
    "inputs", [{}, {"preset": "nonsense"}], ids=["there is a report", "there is none"]
)


@BOTH
def test_a_committed_link_leads_the_report_elsewhere(
    attack: Attack, tmp_path: Path, inputs: dict[str, str]
) -> None:
    secret = write(tmp_path, {"secret": "precious"}) / "secret"
    (attack.checkout / "x.sarif").symlink_to(secret)
    (tmp_path / "way").symlink_to(attack.checkout)
    for name in ("x.sarif", str(tmp_path / "way" / "x.sarif")):
        ran = attack.run({"sarif-file": name, **inputs})
        assert (ran.code, ran.outputs.get("sarif-file", "")) == (2, ""), ran.log
        assert "symbolic link" in ran.log
    assert secret.read_text() == "precious"


@BOTH
@pytest.mark.parametrize("kind", ["file", "link", "folder", "/proc/self/fd/1"])
def test_what_the_workflow_names_for_the_report_is_deleted(
    attack: Attack, tmp_path: Path, kind: str, inputs: dict[str, str]
) -> None:
    """For root in a container, that was `/dev/stdout`."""
    target = write(tmp_path, {"other/target": "old"}) / "other" / "target"
    named = target.with_name("named")
    if kind == "file":
        target.rename(named)
    elif kind == "folder":
        named.mkdir()
    else:
        named.symlink_to(target if kind == "link" else kind)
    before = named.lstat().st_mode
    ran = attack.run({"sarif-file": str(named), **inputs})
    assert named.lstat().st_mode == before
    is_written = not inputs and kind in ("file", "link")
    assert (ran.outputs["sarif-file"] == str(named)) == is_written, ran.outputs
    assert ran.code == (2 if inputs or kind == "folder" else 1), ran.log
    if kind in ("file", "link"):
        assert (named.read_text() == "old") != is_written


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root has others")
def test_honest_a_folder_of_the_runner_for_root_in_a_container(attack: Attack) -> None:
    """Honest use: a cache there is not used, which is no news in each run."""
    os.chown(attack.temporary, 12_345, 12_345)
    ran = attack.run()
    assert ran.code == 1, ran.log
    assert "the cache" not in ran.log
