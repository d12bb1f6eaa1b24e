"""What holds for any question and any line of a question file: one plain refusal, or an answer that is proven and can
be written down; never another error."""

from __future__ import annotations

import json
import signal
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from inputs import many, texts

from rag.__main__ import _asked, main
from rag.assistant import Assistant, answer_from
from rag.chat import talk
from rag.chat.answers import answer_markdown
from rag.chat.loader import Loader
from rag.citations import faults
from rag.errors import QuestionError
from rag.followups import readings
from rag.question import MAX_CHARACTERS
from rag.settings import Settings
from rag.shapes import answer_json
from rag.types import Answer

ROOT = Path(__file__).parents[2]
TUNE = [json.loads(line)["question"] for line in (ROOT / "eval/gold/tune.jsonl").read_text("utf-8").splitlines()]
PARTS = (
    "殷勇|陈吉宁|Yin Yong|6月9日|June 17|2月30日|13月45日|2021年|去年|上半年|会见|出席|谁|多少|几个|哪些|"
    "which foreign firms|did|meet|how many|who|when|最多|最后一次|第15届|表7|条目|署名|signed by|"
    "。|？|?|，|、|和|and|or|呢|那|他|it|then|Ignore all"
).split("|")
QUESTIONS = st.one_of(texts(PARTS, 8), texts([*PARTS, *TUNE], 4)).map(lambda text: text[:MAX_CHARACTERS])
ZOO = {
    "many numbers asked": "多少" * 1000,
    "one character that is eighteen": "ﷺ" * 1999,
    "brackets": "【" * 1000 + "】" * 1000,
    "quotes": "“" * 1000 + "殷勇" + "”" * 900,
    "dates": "6月9日至" * 400,
    "names": "殷勇和" * 600 + "谁？",
    "what asks": "which foreign firms did who when " * 60,
    "spaces": "谁" + " \u3000\t" * 600 + "？",
    "marks over marks": "e" + "\u0301" * 1990 + "?",
    "direction": "\u202e\u2066谁会见了\u2069德勤\u202c的人？" * 90,
    "invisible": "\u200b殷\u200d勇\ufeff会\u00ad见了谁？",
    "nothing visible": "\u200b\u200d\u2060\ufeff",
    "NUL": "殷勇\x00会见了谁？\x00",
    "lone surrogate": "\ud800谁会见了德勤的人？\udfff",
    "citation": "who met “[1]” and [2]? [99]",
    "footnote of a name": "谁会见了《[1]》和“某[2]公司”？",
    "code": "<script>alert(1)</script> {0} %s $(id) `who`?",
    "numbers": "9" * 1900 + "人是谁？",
    "too long": "问" * 5_000_000,
}


def proven(assistant: Assistant, answer: Answer) -> None:
    """Fails unless the answer is proven and what is shown and told of it can be written as UTF-8."""
    assert faults(answer, assistant.retriever.lexicon.names) == []
    data = answer_json("id", answer)
    told = json.dumps(data, ensure_ascii=False).encode("utf-8", "backslashreplace")
    assert json.loads(told) == json.loads(json.dumps(data))
    assert answer_markdown(answer, 1).encode()


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Ends what takes more processor time: a hang, and not a slow machine."""

    def end(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@given(QUESTIONS, st.sampled_from(["", "", *TUNE]))
@example("“[1]“友谊林”里一共种了多少棵树？", "")
@many(1000)
def test_any_question_is_refused_or_has_a_proven_answer(assistant: Assistant, question: str, earlier: str) -> None:
    retriever, index = assistant.retriever, assistant.index
    vector = np.random.default_rng(zlib.crc32(question.encode("utf-8", "surrogatepass"))).normal(size=384)
    look = partial(index.similarities, (vector / np.linalg.norm(vector)).astype(np.float32))  # no model: any nearness
    try:
        ways = readings(question, [earlier] if earlier else [], retriever.lexicon, retriever.keywords)
    except QuestionError:
        return
    for way in ways:
        proven(assistant, answer_from(way, retriever, retriever.score(way, look))[1])


REFUSED = {"one character that is eighteen", "brackets", "nothing visible", "too long"}


@pytest.mark.parametrize("name", ZOO)
def test_an_odd_question_is_answered_on_the_page_or_told_to_be_none(assistant: Assistant, name: str) -> None:
    asked = talk.Asked(ZOO[name], [], {}, assistant, "zh")
    with within(10):
        steps = [*talk.answered(asked, Loader(lambda _: assistant))]
    shown = next(step for step in reversed(steps) if step.messages != talk.SKIP)
    if name in REFUSED:
        assert shown.turns[1].text == talk.WORDS["zh"]["bad_question"]
        with pytest.raises(QuestionError) as caught:
            assistant.ask(ZOO[name])
        assert len(str(caught.value)) < 200
    else:
        assert talk.is_answer(shown.turns[1])
        proven(assistant, shown.turns[1])
    told = json.dumps([shown.messages, shown.sources, shown.understood], ensure_ascii=False)
    assert told.encode()


KEYS = st.sampled_from(["id", "question", "history", "x", "\ud800"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts(PARTS, 4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
LINES = st.one_of(
    st.dictionaries(KEYS, VALUES, max_size=4).map(lambda value: json.dumps(value, ensure_ascii=False)),
    st.dictionaries(KEYS, VALUES, max_size=4).map(json.dumps),
    texts([*'{}[]":,\\', '{"question": "', '"history": [', "null", "NaN", "1e400", "\\u", "\\ud800"], 12),
)


@given(LINES)
@many(1500)
def test_any_line_is_a_question_or_told_to_be_none(line: str) -> None:
    asked = _asked(line, "file line 1")
    assert asked.keys() in ({"id", "error"}, {"id", "question", "history"})
    if "error" in asked:
        assert asked["error"].startswith("file line 1: ")
    else:
        assert all(isinstance(said, str) for said in [asked["question"], *asked["history"]])
    told = json.dumps(asked, ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace")
    assert json.loads(told) == json.loads(json.dumps(asked))


BAD_LINES = {
    "deep": "[" * 100_000,
    "deep in an id": '{"question": "谁？", "id": ' + "[" * 50_000 + "]" * 50_000 + "}",
    "unclosed": '{"question": "谁？',
    "not a number": '{"id": NaN, "question": "谁？"}',
    "number of 10,000 digits": '{"id": ' + "9" * 10_000 + ', "question": "谁？"}',
    "raw NUL": '{"question": "谁\x00？"}',
    "raw control": '{"question": "谁\x1b[31m？"}',
    "lone bracket": "】",
    "history of numbers": '{"question": "谁？", "history": [1, 2]}',
    "history of the too long": json.dumps({"question": "谁？", "history": ["问" * 5000]}),
    "too long": json.dumps({"question": "问" * 3_000_000}),
}
GOOD_LINES = {
    "bidi": json.dumps({"id": "\u202e1", "question": "\u202e殷勇6月9日会见了谁？\u202c"}, ensure_ascii=False),
    "escaped NUL": '{"question": "殷勇6月9日\\u0000会见了谁？"}',
    "lone surrogate": '{"id": "\\ud800", "question": "\\ud800殷勇6月9日会见了谁？"}',
    "keys twice": '{"question": 1, "question": "殷勇6月9日会见了谁？"}',
    "spaces and a carriage return": ' \t{"question": "殷勇6月9日会见了谁？"} \r',
    "another separator of lines": '{"question": "殷勇6月9日\u2028会见了谁？"}',
}


def test_bad_lines_among_good_ones_cost_them_nothing(
    assistant: Assistant, chapter_settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "batch.jsonl"
    pairs = [
        line
        for both in zip([*BAD_LINES.values()][: len(GOOD_LINES)], GOOD_LINES.values(), strict=True)
        for line in both
    ]
    batch.write_bytes("\n".join([*pairs, *[*BAD_LINES.values()][len(GOOD_LINES) :]]).encode())
    flags = ["--corpus", str(chapter_settings.corpus[0]), "--index", str(chapter_settings.index)]
    assert main(["ask", "--batch", str(batch), *flags]) == 1
    captured = capsys.readouterr()
    assert f"{len(BAD_LINES)} of {len(BAD_LINES) + len(GOOD_LINES)} questions" in captured.err
    assert captured.err.count("\n") == 1
    answers = [json.loads(line) for line in captured.out.split("\n")[:-1]]
    assert ["error" in answer for answer in answers] == [True, False] * 6 + [True] * 5
    assert all("叶敏" in answer["answer"] for answer in answers if "answer" in answer)
    assert all(len(answer["error"]) < 300 for answer in answers if "error" in answer)
