import sys
from concurrent.futures import ThreadPoolExecutor

import snowballstemmer

from rag.assistant import Assistant
from rag.bridge import CAPITAL, Bridge, capitals, dictionary, rarity, stems, surnames, well_known_places

VOCABULARY = ["口罩", "友城", "周年", "芬兰", "论坛", "大使", "企业", "visa", "人民币"]


def test_the_dictionary_knows_general_words_countries_and_the_fields_own_terms() -> None:
    glosses = dictionary()
    assert any("mask" in gloss for gloss in glosses["口罩"])
    assert "Finland" in glosses["芬兰"]
    assert "sister city" in glosses["友城"]


def test_stems_leave_out_what_names_nothing_and_know_both_spellings() -> None:
    assert stems("What did the organisations and centres do?") == stems("organizations centers")
    assert stems("Which of them was it?") == []
    assert stems("Beijing's masks") == stems("beijing mask")


def test_a_word_stands_for_the_corpus_words_only() -> None:
    translated = dict(Bridge(VOCABULARY).translate("How many masks did Finland's ambassador give to the panda?"))
    assert translated["masks"].keys() == {"口罩"}
    assert set().union(*translated.values()) == {"口罩", "芬兰", "大使"}
    assert all(0 < weight <= 1 for group in translated.values() for weight in group.values())
    assert translated["panda"] == {}


def test_a_phrase_the_dictionary_knows_counts_once() -> None:
    groups = Bridge(VOCABULARY).translate("the anniversary of a sister city")
    assert [(phrase, set(group)) for phrase, group in groups] == [("anniversary", {"周年"}), ("sister city", {"友城"})]


def test_names_are_told_from_common_words() -> None:
    bridge = Bridge(VOCABULARY)
    assert "芬兰" in bridge.proper
    assert "口罩" not in bridge.proper


def test_a_chinese_question_has_nothing_to_translate() -> None:
    assert Bridge(VOCABULARY).translate("捐赠了多少口罩？") == []


def test_translations_come_in_one_order_whatever_the_hash_seed() -> None:
    words = ["外语", "标识", "标志", "外国语"]
    once, again = (
        Bridge(words).translate("foreign language sign"),
        Bridge(words[::-1]).translate("foreign language sign"),
    )
    assert [list(group) for _, group in once] == [list(group) for _, group in again]
    assert all(list(group) == sorted(group) for _, group in once)


def test_a_country_that_the_corpus_lacks_is_looked_for_by_its_capital() -> None:
    assert capitals()["泰国"] == ("曼谷",)
    found = Bridge(["曼谷", "伦敦"]).translate("Which letter went to the Thailand assembly?")
    assert {"曼谷": CAPITAL} in [words for _, words in found]


def test_common_english_words_say_little() -> None:
    assert rarity("one") < rarity("years") < rarity("concert") == 1.0


def test_names_with_accents_and_names_inside_longer_ones() -> None:
    assert dict(Bridge(["大阪"]).translate("the flight to Osaka"))["osaka"].keys() == {"大阪"}
    bridge = Bridge(["都柏林", "柏林", "北京"])
    assert bridge.ending_in(("柏林",)) == ("都柏林",)
    assert bridge.ending_in(("北京",)) == ()
    assert "大阪" in bridge.named("osaka", "赴大阪推介")
    assert bridge.named("osaka", "赴东京推介") == ()


def test_family_names() -> None:
    assert {"陈", "殷"} <= surnames()
    assert "澜" not in surnames()


def test_threads_that_stem_at_once_do_not_mix_their_words() -> None:
    words = [f"{start}{end}" for start in ("meet", "organ", "visit", "trad") for end in ("ings", "ed", "ers", "ations")]
    texts = [f"{word}{letter}s" for word in words for letter in "abcdefghijklmnopqrstuvwxyz"]
    pause = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            at_once = list(pool.map(stems, texts))
    finally:
        sys.setswitchinterval(pause)
    one = snowballstemmer.stemmer("english")
    assert at_once == [[one.stemWord(text)] for text in texts]


def test_words_that_the_dictionary_glosses_alike_stand_for_each_other() -> None:
    bridge = Bridge(["就任", "解决", "伤亡", "电影"])
    assert bridge.alike("上任") == ("就任",)  # both "to take office" first
    assert bridge.alike("死伤") == ("伤亡",)
    assert bridge.alike("落户") == ()  # to settle down is not to settle a matter
    assert bridge.alike("就任") == ()


def test_the_country_before_a_name_makes_no_other_of_it(assistant: Assistant) -> None:
    text = "How old was Isabel Crook when she took part in the symposium on the Communist Party and its friends?"
    assert "105岁" in assistant.ask(text).text


def test_places_are_known_whatever_a_tagger_takes_them_for() -> None:
    assert {"首尔", "约旦", "大连"} <= well_known_places()
    assert "首尔" in capitals()["韩国"]
    assert not {"首先", "来自"} & well_known_places()


def test_a_metropolitan_city_is_called_by_its_name() -> None:
    assert dict(Bridge(["釜山"]).translate("the mayor of Busan"))["busan"] == {"釜山": 1.0}
