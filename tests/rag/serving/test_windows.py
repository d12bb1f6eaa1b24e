from rag.serving import windows
from rag.serving.windows import Windows


def test_a_window_is_of_whom_named_it_first() -> None:
    known = Windows()
    assert known.are_of("eve", ["a", "b"])
    assert known.are_of("adam", ["c"])
    assert not known.are_of("adam", ["c", "a"])
    assert not known.are_of("eve", ["c"])
    assert known.are_of("eve", [])


def test_a_request_that_is_refused_takes_no_window() -> None:
    known = Windows()
    known.are_of("eve", ["a"])
    assert not known.are_of("adam", ["new", "a"])
    assert known.are_of("eve", ["new"])


def test_the_windows_that_were_not_heard_of_longest_are_forgotten() -> None:
    known = Windows()
    known.are_of("eve", ["old"])
    known.are_of("eve", ["heard of"])
    for number in range(windows.MOST - 1):
        known.are_of("eve", [str(number), "heard of"])
    assert known.are_of("adam", ["old"])
    assert not known.are_of("adam", ["heard of"])
