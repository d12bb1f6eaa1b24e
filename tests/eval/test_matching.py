import pytest

from eval.matching import any_in, contains, normalise, plain


@pytest.mark.parametrize(
    ("text", "needle"),
    [
        ("会见了德勤全球董事长", "德勤"),
        ("李　娜 和 夏晓露", "李娜和夏晓露"),
        ("“守望相助，共筑平安路”", '"守望相助,共筑平安路"'),
        ("收集22,796个样本", "22796"),
        ("met Visa on May 18", "visa"),
        ("on April 6, 2021", "April 6"),
        ("第五届中国——中东欧", "中国—中东欧"),
        ("the joint innovation centre", "joint innovation cent"),
        ("8次：4月6日", "8"),
        ("There are 8 meetings.", "8"),
    ],
)
def test_contains_what_it_says(text: str, needle: str) -> None:
    assert any_in(normalise(text), [needle])


@pytest.mark.parametrize(
    ("text", "needle"),
    [
        ("11月7日", "1月7日"),
        ("in 14 countries", "4"),
        ("4月6日", "4"),
        ("2021年", "2021"),
        ("on April 4", "4"),
        ("见表4", "4"),
        ("88.14亿", "88"),
        ("5.14亿", "14"),
        ("advisa", "visa"),
        ("April 16", "April 1"),
    ],
)
def test_no_part_of_another_number_or_word(text: str, needle: str) -> None:
    assert not any_in(normalise(text), [needle])


def test_a_later_place_may_fit_where_the_first_does_not() -> None:
    assert contains(normalise("4月6日共4次"), "4")


def test_plain_takes_markdown_and_citation_numbers_away() -> None:
    text = "2 meetings\n1. **Visa** met [12]\n- 穆迪 [3]"
    assert plain(text) == "2 meetings\nVisa met \n穆迪 "
