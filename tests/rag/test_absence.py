"""Names that the corpus lacks: told apart from names that it writes otherwise. Small texts, the real model."""

from collections.abc import Callable

import pytest

from rag.assistant import Assistant

TEXT = """【海州国际马拉松举办】11月3日，海州国际马拉松鸣枪开跑，2万名选手参赛。选手李远以2小时11分获男子全程冠军。

（王　淼）

【与爱尔兰都柏林市结好】6月9日，海州市与爱尔兰都柏林市缔结友好城市关系5周年庆祝活动举行。

（杨焕昌）
"""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("海马的男子全程冠军是谁？", "李远"),
    ],
)
def test_a_short_form_may_be_written_out(assistant_of: Callable[[str], Assistant], question: str, answer: str) -> None:
    found = assistant_of(TEXT).ask(question)
    assert not found.abstained
    assert any(answer in citation.quote for citation in found.citations)


@pytest.mark.parametrize(
    "question",
    [
        "第二十届海州国际马拉松有多少选手？",
        "Did IBM sign a memorandum in Haizhou?",
    ],
)
def test_what_is_not_told_stays_untold(assistant_of: Callable[[str], Assistant], question: str) -> None:
    assert assistant_of(TEXT).ask(question).abstained


def test_acronyms_and_places_inside_others(assistant: Assistant) -> None:
    found = assistant.ask("WIPO 中国办事处的 head 是谁？")
    assert any("世界知识产权组织" in citation.quote for citation in found.citations)
    assert assistant.ask("2021年北京与德国柏林市结好多少周年？").abstained  # 都柏林 is not 柏林
