import json
from pathlib import Path
from typing import Any

import pytest

from eval import dataset
from eval.dataset import Gold, GoldError
from rag.reading import read_corpus
from rag.settings import DEFAULT_CORPUS
from rag.types import Unit

PAIR: dict[str, Any] = {
    "id": "q1",
    "kind": "row",
    "language": "zh",
    "question": "5月18日殷勇会见了谁？",
    "answerable": True,
    "expect": [["柯如龙"]],
    "forbid": ["叶敏"],
    "units": [["表6/5月18日/殷勇"]],
    "needed": 1,
}


def unit(kind: str, title: str, text: str, **rest: Any) -> Unit:
    return Unit(kind + title + text, kind, title, None, text, (), "s.txt", (1, 1), **rest)  # type: ignore[arg-type]


def row(date: str, person: str, activity: str) -> Unit:
    fields = {"时间": date, "市领导": person, "活动内容": activity}
    cells = {"table": "表6", "fields": fields, "date": date, "people": (person,), "activity": activity}
    return unit("row", "表6 一览表", f"{date} {person} {activity}", **cells)


UNITS = [
    row("5月18日", "殷勇", "视频会见美国Visa亚太区总裁柯如龙"),
    row("6月9日", "殷勇", "会见美国穆迪公司董事总经理叶敏"),
    unit("entry", "市领导会见外资企业高管", "年内，副市长殷勇会见美国特斯拉等6家外资企业高管。"),
    unit("fragment", "", "“中医药抗疫经验分享”等专题展开对话"),
]


def pair(**changes: Any) -> Gold:
    return Gold.model_validate(PAIR | changes)


def write(folder: Path, *lines: str) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_loads_in_order_and_skips_blank_lines(tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps(PAIR), "", json.dumps(PAIR | {"id": "q2", "history": ["谁？"]}))
    assert [gold.id for gold in dataset.load([path])] == ["q1", "q2"]
    assert dataset.load([path])[1].history == ("谁？",)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not JSON"),
        ("[]", "dictionary"),
        (json.dumps(PAIR | {"kind": "riddle"}), "kind"),
        (json.dumps(PAIR | {"expects": []}), "expects"),
        (json.dumps(PAIR | {"question": " "}), "question"),
        (json.dumps(PAIR | {"needed": 2}), "needed"),
        (json.dumps(PAIR | {"answerable": False}), "unanswerable"),
        (json.dumps(PAIR | {"expect": [[]]}), "expect.0"),
        (json.dumps(PAIR), "already taken"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, says: str) -> None:
    path = write(tmp_path, json.dumps(PAIR), line)
    with pytest.raises(GoldError) as caught:
        dataset.load([path])
    assert f"{path}:2: " in str(caught.value)
    assert says in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"nowhere\.jsonl"):
        dataset.load([tmp_path / "nowhere.jsonl"])


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gbk.jsonl"
    path.write_bytes("殷勇".encode("gb18030"))
    with pytest.raises(GoldError, match=r"gbk\.jsonl: not UTF-8"):
        dataset.load([path])


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no questions"):
        dataset.load([write(tmp_path, "")])


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("表6/5月18日", 0),
        ("表6/殷勇/叶敏", 1),
        ("市领导 会见外资企业高管", 2),
        ("entry/特斯拉", 2),
        ("fragment/中医药", 3),
    ],
)
def test_a_key_names_its_unit(key: str, number: int) -> None:
    assert dataset.resolve(key, UNITS) == [UNITS[number]]


@pytest.mark.parametrize(("key", "count"), [("表6/殷勇", 2), ("表5/5月18日", 0), ("表6/8月18日", 0), ("会见", 0)])
def test_a_key_that_is_not_exact_is_told_by_its_count(key: str, count: int) -> None:
    assert len(dataset.resolve(key, UNITS)) == count


def test_a_row_of_plain_figures_is_named_by_any_whole_cell() -> None:
    def school(name: str, count: str) -> Unit:
        return unit("row", "学校一览表", f"{name} {count}", table="表2", fields={"学校": name, "人数": count})

    rows = [school("城东小学", "812"), school("城东小学分校", "81"), school("城西小学", "640")]
    assert dataset.resolve("表2/城东小学", rows) == rows[:1]
    assert dataset.resolve("表2/640", rows) == rows[2:]
    assert dataset.resolve("表2/城西小学/812", rows) == []


def test_a_title_with_a_slash_in_it_is_still_a_title() -> None:
    odd = unit("entry", "表6/5月18日", "text")
    assert dataset.resolve("表6/5月18日", [*UNITS, odd]) == [odd]


def test_a_proven_pair_has_no_problems() -> None:
    assert dataset.check([pair()], UNITS) == []


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"expect": [["彼得森"]]}, "doesn't stand in its units"),
        ({"units": [["表6/5月19日"]]}, "names 0 units"),
        ({"units": [["表6/殷勇"]]}, "names 2 units"),
        ({"forbid": ["柯如龙"]}, "forbidden '柯如龙'"),
        ({"units": [["表6/5月18日"], ["表6/柯如龙"]]}, "two groups"),
    ],
)
def test_what_the_units_do_not_say_is_a_problem(changes: dict[str, Any], says: str) -> None:
    problems = dataset.check([pair(**changes)], UNITS)
    assert any(problem.startswith("q1: ") and says in problem for problem in problems)


def test_a_count_may_be_the_number_of_its_units() -> None:
    counted = {"kind": "count", "units": [["表6/5月18日"], ["表6/6月9日"]], "needed": 2, "forbid": []}
    assert dataset.check([pair(expect=[["2"]], **counted)], UNITS) == []
    assert len(dataset.check([pair(expect=[["3"]], **counted)], UNITS)) == 1


def test_a_question_asked_twice_is_a_problem() -> None:
    assert dataset.check([pair(), pair(id="q2")], UNITS) == ["q2: asks word for word what q1 asks"]
    assert dataset.check([pair(), pair(id="q2", history=["谁？"])], UNITS) == []


def test_both_halves_of_our_gold_have_every_kind_in_the_same_share() -> None:
    tune, held = ([gold.kind for gold in dataset.load([path])] for path in sorted(dataset.GOLD_FOLDER.glob("*.jsonl")))
    assert sorted(tune) == sorted(held)
    assert len(tune) + len(held) >= 200


def test_at_least_fifteen_in_a_hundred_of_our_gold_have_no_answer() -> None:
    golds = dataset.load(dataset.gold_files())
    assert sum(not gold.answerable for gold in golds) >= 0.15 * len(golds)


def test_every_pair_of_our_gold_is_proven_by_the_chapter() -> None:
    golds = dataset.load(dataset.gold_files())
    assert dataset.check(golds, read_corpus(DEFAULT_CORPUS).units) == []


MORE = dataset.GOLD_FOLDER / "more"


@pytest.mark.parametrize("gold", sorted(MORE.glob("*.jsonl")), ids=lambda path: path.stem)
def test_the_strangers_questions_are_proven_too(gold: Path) -> None:
    text = gold.with_suffix(".txt")
    corpus = read_corpus((text,) if text.exists() else DEFAULT_CORPUS)
    assert dataset.check(dataset.load([gold]), corpus.units) == []
