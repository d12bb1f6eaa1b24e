from rag.types import Unit
from rag.writing.packing import Record, batches, tokens


def record(number: int, characters: int) -> Record:
    text = "字" * characters
    unit = Unit(id=str(number), kind="entry", title="题", section=None, text=text, authors=(), source="c", lines=(1, 1))
    return Record(number, unit, (text,), (text,))


def numbers(sizes: list[int], budget: int, max_tokens: int = 512, *, exhaustive: bool) -> list[list[int]]:
    packed = [record(number, size) for number, size in enumerate(sizes, 1)]
    groups = batches(packed, budget, max_tokens, lambda one: tokens(one.text), exhaustive=exhaustive)
    assert all(sum(tokens(one.text) for one in group) <= budget for group in groups)
    return [[one.number for one in group] for group in groups]


def test_a_character_is_one_and_a_half_tokens() -> None:
    assert tokens("字" * 10) == 16
    assert tokens(record(1, 20).text) == 38  # "[1] 《题》 " is 4 + 9 + 1 bytes, 20 characters 60: 74 // 2 + 1


def test_a_fact_leaves_out_what_ranks_lowest() -> None:
    assert numbers([20, 20, 20], 80, exhaustive=False) == [[1, 2]]


def test_a_list_takes_as_many_requests_as_it_needs() -> None:
    assert numbers([20, 20, 20], 80, exhaustive=True) == [[1, 2], [3]]
    assert numbers([20, 20, 20], 1000, max_tokens=80, exhaustive=True) == [[1], [2], [3]]


def test_a_record_that_fits_nowhere_is_left_out_and_the_others_stay() -> None:
    assert numbers([20, 90, 20], 80, exhaustive=True) == [[1, 3]]
    assert numbers([90], 80, exhaustive=True) == []
