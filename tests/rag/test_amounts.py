from rag.amounts import amounts


def test_scaled_numbers_become_digits() -> None:
    assert amounts("约4万名居民，签约88.14亿美元，3千万次") == ["40,000", "8,814,000,000", "30,000,000"]


def test_plain_numbers_are_left_alone() -> None:
    assert amounts("2430件，无") == []
