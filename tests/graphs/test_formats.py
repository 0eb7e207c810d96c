"""`skill-lint graph`: what it shows in each format, and that no text of a skill gets loose."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from skill_lint.cli.main import main
from skill_lint.schema import load
from tests.support.chromium import opened

EVIL = '</script><img src=x onerror=alert(1)>\\u001b[31m\\"];evil[label=\\"x'

WHERE = """(() => {
  const node = document.querySelector('[data-node="NUMBER"]');
  const at = node.querySelector("rect").getBoundingClientRect();
  return [at.x + at.width / 2, at.y + at.height / 2, node.querySelector("title").textContent];
})()"""


def skill(
    path: str, *, name: str = "", description: str = "", body: str = "", **lists: Any
) -> None:
    folder = Path(path)
    folder.mkdir(parents=True, exist_ok=True)
    name = name or folder.name
    description = description or f"About {name}."
    text = f'---\nname: "{name}"\ndescription: "{description}"\n---\n\n# Title\n\n{body}\n'
    (folder / "SKILL.md").write_text(text, encoding="utf-8")
    if lists:
        data = {"skill_id": folder.name, **lists}
        (folder / "metadata.json").write_text(json.dumps(data), encoding="utf-8")


@pytest.fixture
def collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A collection with all that a graph marks."""
    monkeypatch.chdir(tmp_path)
    skill("skills/ring-one", dependencies=["ring-two"])
    skill("skills/ring-two", dependencies=["ring-one", "gone/away"], see_also=["pdf-forms"])
    skill("skills/pdf-forms", body="See [x](../pdf-merge/SKILL.md#top), [y](references/used.md).")
    for name in ("used", "unused"):
        path = Path(f"skills/pdf-forms/references/{name}.md")
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# {name}\n")
    skill("skills/pdf-merge", body="When forms are meant, take `pdf-forms` or pdf-forms.")
    for name in ("oncall", "runbooks"):
        skill(f"skills/{name}", description=f"Runbooks and playbooks for on-call incidents, {name}")
    skill("skills/alone", name=EVIL, description=EVIL)
    return tmp_path


def graph(capfd: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["graph", ".", "--isolated", *words]) == 0
    return capfd.readouterr().out


@pytest.mark.usefixtures("collection")
def test_the_tree_shows_what_names_what(capfd: pytest.CaptureFixture[str]) -> None:
    text = graph(capfd)
    assert "├── references/used.md\n" in text
    assert "├── references/unused.md  (orphan: nothing leads to it)\n" in text
    assert "└── → skills/pdf-merge  (link)\n" in text
    assert "└── → skills/pdf-forms  (mention ×2)\n" in text
    assert "→ gone/away  (dependency, missing)\n" in text
    assert re.search(r"≈ skills/runbooks  \(\d\d% alike: .*playbooks", text)
    assert "cycle of dependencies: ring-one → ring-two → ring-one\n" in text
    assert text.endswith(
        "7 skills, 5 references, 1 missing target, 1 cycle, 1 overlap, 1 orphan file, "
        "3 skills without a reference\n"
    )
    assert "\x1b" not in text


@pytest.mark.smoke
@pytest.mark.usefixtures("collection")
def test_json_follows_its_schema(capfd: pytest.CaptureFixture[str]) -> None:
    import jsonschema

    data = json.loads(graph(capfd, "--output-format", "json"))
    jsonschema.Draft202012Validator(load("graph")).validate(data)
    assert data["cycles"] == [["skills/ring-one", "skills/ring-two"]]
    assert [each["path"] for each in data["skills"] if each["alone"]] == [
        f"skills/{name}" for name in ("alone", "oncall", "runbooks")
    ]


@pytest.mark.usefixtures("collection")
def test_dot_holds_each_skill_once_and_lets_no_text_out(capfd: pytest.CaptureFixture[str]) -> None:
    text = graph(capfd, "--output-format", "dot")
    assert re.findall(r"^    (s\d+) \[label=", text, re.MULTILINE) == [f"s{n}" for n in range(7)]
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)
    assert "evil" not in outside
    assert outside.count("{") == outside.count("}") == 2


@pytest.mark.smoke
@pytest.mark.usefixtures("collection")
def test_files_are_written_in_the_format_of_their_ending(capfd: pytest.CaptureFixture[str]) -> None:
    printed = graph(capfd, "-o", "a.html", "-o", "a.json", "--output", "dot=picture", "-o", "a.txt")
    assert printed.startswith("7 skills, ")
    assert printed.count("\n") == 1
    assert Path("a.html").read_text().startswith("<!doctype html>")
    assert json.loads(Path("a.json").read_text())["version"] == 1
    assert Path("picture").read_text().startswith("digraph")
    assert Path("a.txt").read_text().endswith(printed)


@pytest.mark.usefixtures("collection")
@pytest.mark.parametrize("word", ["a.svg", "svg=a", "html=", "none/a.html"])
def test_a_file_that_cannot_be_is_exit_2(word: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", ".", "-o", word]) == 2
    assert word.partition("=")[0] in capfd.readouterr().err


@pytest.mark.usefixtures("collection")
def test_the_same_skills_give_the_same_bytes(capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("text", "json", "dot", "html"):
        assert graph(capfd, "--output-format", name) == graph(capfd, "--output-format", name)


@pytest.mark.slow
def test_the_page_works_in_a_browser(
    collection: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert main(["graph", ".", "--isolated", "-o", "page.html"]) == 0
    profile = tmp_path_factory.mktemp("chromium")
    with opened(collection / "page.html", profile) as page:
        assert page.run("document.querySelectorAll('.node').length") == 8
        assert page.run("document.querySelectorAll('.node.cycle').length") == 2
        assert page.run("document.querySelectorAll('.node.missing').length") == 1
        assert page.run("document.querySelectorAll('#graph .edge.overlap').length") == 1
        number = page.run("document.querySelectorAll('.node').length")
        for index in range(number):
            x, y, title = page.run(WHERE.replace("NUMBER", str(index)))
            page.click(x, y)
            assert page.run("document.querySelector('#panel p').textContent") == title
            assert page.run("document.querySelectorAll('.node.chosen').length") == 1
        before = page.run("document.querySelector('#graph > g').getAttribute('transform')")
        page.run("document.getElementById('nearer').click()")
        page.call(
            "Input.dispatchMouseEvent", type="mouseWheel", x=300, y=400, deltaX=0, deltaY=-120
        )
        after = page.run("document.querySelector('#graph > g').getAttribute('transform')")
        assert before != after
        assert page.run("document.querySelectorAll('img').length") == 0
        assert page.complaints == []
        assert [url for url in page.requests if not url.startswith(("file:", "data:"))] == []
