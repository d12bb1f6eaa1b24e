from rag.amounts import amounts


def test_scaled_numbers_become_digits() -> None:
    assert amounts("约4万名居民，签约88.14亿美元，3千万次") == [
        "about 40,000",
        "8,814,000,000 US dollars",
        "30,000,000",
    ]


def test_plain_numbers_are_left_alone() -> None:
    assert amounts("2430件，无") == []


def test_what_is_about_so_many_is_said_to_be_about_so_many() -> None:
    assert amounts("约4万名、1万余名、10余万人、超5000万次") == [
        "about 40,000",
        "over 10,000",
        "over 100,000",
        "over 50,000,000",
    ]
