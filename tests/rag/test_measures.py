from rag.measures import after_number, before_number, numbers


def found(text: str) -> list[str]:
    return [match.group() for match in numbers(text)]


def test_numbers_come_with_measure_and_scale_but_without_dates_and_years() -> None:
    assert found("2021年6月9日，约4万名居民领到2430件证，签约88.14亿美元。") == ["约4万名", "2430件", "88.14亿美元"]
    assert found("140余家使团的近150位外交官") == ["140余家", "近150位"]
    assert found("共签约11个项目，附近3家") == ["11个", "3家"]
    assert found("比上年下降61.6%") == ["61.6%"]
    assert found("12月6日至7日，无事。") == []


def test_what_another_number_counts_stands_beside_none() -> None:
    text = "40部作品和10余家单位获奖。"
    assert [after_number(text, match.end()) for match in numbers(text)] == ["作品", "单位获奖"]
    assert [before_number(text, match.start()) for match in numbers(text)] == ["", ""]
    assert before_number("发布消息5条、安全提醒3条。", 11) == "发布消息5条、安全提醒"
