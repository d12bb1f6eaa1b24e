import pytest

from rag.attendance import ANY_NUMBER, attendance, without_number


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("表5中只有一位领导出席的活动有哪些？", (1, 1)),
        ("七位市领导共同出席的活动是什么？", (7, 7)),
        ("市领导到了5位及以上的国际活动有几场？", (5, ANY_NUMBER)),
        ("Which events had only one leader present?", (1, 1)),
        ("Which meetings did three or more city leaders join?", (3, ANY_NUMBER)),
        ("哪两位市领导出席了开幕式？", None),
        ("市领导会见了26位负责人吗？", None),
        ("Which two officials were there?", None),
        ("那位领导是谁？", None),
    ],
)
def test_a_number_of_leaders_bounds_how_many_a_record_names(text: str, bounds: tuple[int, int] | None) -> None:
    assert attendance(text) == bounds


def test_that_number_is_no_word_to_look_for() -> None:
    assert "5" not in without_number("市领导到了5位及以上的国际活动")
    assert without_number("市领导会见了26位负责人") == "市领导会见了26位负责人"
