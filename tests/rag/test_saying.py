from dataclasses import replace

from rag.question import understand
from rag.retriever import Retriever
from rag.saying import Speaker, emphasised, plain
from rag.types import Unit


def row(retriever: Retriever, day: str) -> Unit:
    return next(unit for unit in retriever.units if unit.kind == "row" and unit.date == day)


def speaker(retriever: Retriever, text: str) -> Speaker:
    return Speaker(understand(text, retriever.lexicon, retriever.keywords), retriever.lexicon)


def test_values_are_set_in_bold_once_and_not_inside_each_other() -> None:
    assert emphasised("甲见乙，甲走。", ["甲"]) == "**甲**见乙，甲走。"
    assert emphasised("甲、乙、丙到场", ["甲", "乙", "丙"]) == "**甲**、**乙**、**丙**到场"
    assert emphasised("11月24日，24日", ["11月24日", "24日"]).startswith("**11月24日**")


def test_a_sources_own_footnote_marks_are_no_citations() -> None:
    assert plain("3月5日[1]，开放") == "3月5日［1］，开放"


def test_a_row_is_a_sentence_in_either_language(retriever: Retriever) -> None:
    unit = row(retriever, "8月24日")
    assert speaker(retriever, "谁见了大使？").row(unit, ()) == "8月24日，殷勇会见芬兰驻华大使肃海岚"
    said = speaker(retriever, "Who met the ambassador?").row(unit, ())
    assert said == "August 24: Yin Yong (殷勇) met (会见) 芬兰驻华大使肃海岚"


def test_pinyin_is_for_the_corpus_own_people_and_said_with_characters_once(retriever: Retriever) -> None:
    english = speaker(retriever, "Who met him?")
    assert [english.name("殷勇"), english.name("殷勇")] == ["Yin Yong (殷勇)", "Yin Yong"]
    assert english.name("沃纳·保曼") == "沃纳·保曼"


def test_a_plain_tables_row_is_said_with_its_columns(retriever: Retriever, plain_row: Unit) -> None:
    assert speaker(retriever, "签了什么？").row(plain_row, ("6.7",)).endswith("投资额（亿元）：**6.7**")
    alike = replace(plain_row, fields={"件数": "6.7", "投资额（亿元）": "6.7"}, people=("某人",))
    assert speaker(retriever, "投了多少？").row(alike, (), ["投资额（亿元）"]) == "件数：6.7；投资额（亿元）：**6.7**"


def test_a_rows_country_is_not_said_of_the_city_leader(retriever: Retriever) -> None:
    said = speaker(retriever, "谁见了德勤？").row(row(retriever, "3月27日"), ())
    assert "陈吉宁视频会见" in said and said.endswith("（英国）")


def test_what_is_asked_for_of_a_byline_is_in_bold(retriever: Retriever) -> None:
    unit = next(unit for unit in retriever.units if "张一帆" in unit.authors)
    assert f"**【{unit.title}】**" in speaker(retriever, "Which entries did he sign?").signed(unit, of_whom=True)
    assert "**张一帆、" in speaker(retriever, "谁署名？").signed(unit)
