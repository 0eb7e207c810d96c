"""Texts of other writing systems: what passes the gate, and what only looks like another."""

import pytest

from skill_lint.llm.gate.invented import invented
from skill_lint.llm.gate.letters import disguised
from skill_lint.text.lookalikes import as_it_looks

HONEST = {
    "russian": ("Заполняет формы PDF и находит поля", "Задача: заполнить форму. Её поля: З, О, Р."),
    "japanese": ("PDFフォームに入力する", "ノートの入力。PDFのフォームを使う"),
    "chinese": ("填写 PDF 表单，处理字段", "需要填写PDF表单时使用。字段为空〇个，处理"),
    "greek": ("Συμπληρώνει φόρμες PDF", "Όταν μια φόρμα έχει πεδία"),
    "arabic": ("يملأ نماذج PDF", "عندما يحتوي النموذج على حقول"),
    "german": ("Füllt Formulare aus", "Wenn ein größeres Formular Felder für Straßen hat …"),
    "signs": ("Fills forms — of “PDF”", "Fills forms – all of them – “at once”… and lists them"),
}
"""What was sent, and an answer, which nothing is wrong with."""


@pytest.mark.parametrize("language", HONEST)
def test_an_honest_answer_passes(language: str) -> None:
    sent, answer = HONEST[language]
    assert [str(each) for each in disguised([answer], sent)] == []
    assert [str(each) for each in invented([answer], sent)] == []


@pytest.mark.parametrize("answer", ["Fоrms", "З000 forms", "раypal", "ｆorms", "x²", "𝐟orms"])
def test_a_look_alike_is_found_even_if_the_skill_is_russian(answer: str) -> None:
    assert list(disguised([answer], "Заполняет формы, forms of PDF"))


def test_as_it_looks() -> None:
    assert as_it_looks("ｅxаmple。com") == "example.com"
    assert (
        as_it_looks("evil․test, evil[.]test, evil (dot) test") == "evil.test, evil.test, evil.test"
    )
    assert as_it_looks("bin∕sh ‐‐force ٣") == "bin/sh --force 3"
